"""Seeded defects of issuance without a card: who decides on what, and for how long."""

from dataclasses import replace
from datetime import datetime

from dpc_conformance.evidence.no_card import NoCardEvent
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.no_card_events import NoCardEvents
from dpc_conformance.reference.issuer.no_card_rules import Application, NoCardRules
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.scene import Scene


class OverTheTelephone(NoCardRules):
    """Does not ask where the applicant is."""

    def appeared(self, application: Application) -> Refusal | None:  # noqa: ARG002
        """See NoCardRules."""
        return None


@fault("help desk issues a credential over the telephone", {"DPC-ISS-NOCARD-01"})
def over_the_telephone(scene: Scene) -> None:
    scene.issuer.no_card.rules = OverTheTelephone()


class WithoutConditions(NoCardRules):
    """Trusts that whoever comes to the desk has been looked at."""

    def conditions(self, application: Application) -> Refusal | None:  # noqa: ARG002
        """See NoCardRules."""
        return None


@fault("operator issues before proofing and adjudication are finished", {"DPC-ISS-NOCARD-01"})
def without_conditions(scene: Scene) -> None:
    scene.issuer.no_card.rules = WithoutConditions()


class NoBiometrics(NoCardEvents):
    """Keeps no record of the comparison."""

    def of_account(self, account: str) -> tuple[NoCardEvent, ...]:
        """See NoCardEvents."""
        return tuple(replace(event, biometric="") for event in super().of_account(account))


@fault("record of an issuance without a card lacks the biometric verification", {"DPC-ISS-NOCARD-01"})
def no_biometrics(scene: Scene) -> None:
    parts = scene.issuer
    parts.no_card.events = NoBiometrics(parts.store, parts.audit, parts.clock)


class ForEver(NoCardRules):
    """Takes a decision for one that carries from then on."""

    def carries(self, event: NoCardEvent, now: datetime) -> Refusal | None:  # noqa: ARG002
        """See NoCardRules."""
        return None


@fault("second credential is issued without a card on the strength of the first record", {"DPC-ISS-NOCARD-02"})
def for_ever(scene: Scene) -> None:
    scene.issuer.no_card.rules = ForEver()
