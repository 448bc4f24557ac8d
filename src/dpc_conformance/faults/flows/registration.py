"""Seeded defects of the registration desk: who may register, and how applicants appear."""

import sqlite3
from dataclasses import replace

from dpc_conformance.evidence.registration import Registration
from dpc_conformance.faults.flows.attacks import TakesPasswords
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.registration_rules import RegistrationRules, Report
from dpc_conformance.reference.issuer.registrations import Registrations
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.scene import Scene


@fault("registration desk takes a name and a password", {"DPC-ISS-RA-01"})
def passwords(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.operator_authenticator = TakesPasswords(parts.operator_authenticator, scene)  # type: ignore[assignment]


@fault("registration desk takes certificates whose keys are in software", {"DPC-ISS-RA-01"})
def software_operators(scene: Scene) -> None:
    parts = scene.issuer
    judge = parts.path_judge(parts.settings.operator_policies | {oids.DERIVED_PIV_AUTH})
    parts.hardware.operator_authenticator = PkiAuthenticator(judge, parts.hardware.operators, parts.clock)


def with_registrations(scene: Scene, kind: type[Registrations]) -> None:
    """The issuer keeps registrations as that kind does."""
    issuer, parts = scene.issuer, scene.issuer.hardware
    parts.registrations = kind(issuer.store, issuer.audit, parts.archive, parts.rules, issuer.clock, issuer.settings)


class WithoutLogOn(Registrations):
    """Does not keep with what an operator logged on."""

    def record(self, row: sqlite3.Row, serials: tuple[str, ...]) -> Registration:
        """See Registrations."""
        return replace(super().record(row, serials), operator_certificate=b"")


@fault("record does not say with what an operator logged on", {"DPC-ISS-RA-01"})
def without_log_on(scene: Scene) -> None:
    with_registrations(scene, WithoutLogOn)


class SelfService(Registrations):
    """Needs nobody at a desk."""

    def cleared(self, sign_in: SignIn) -> Refusal | None:  # noqa: ARG002
        """See Registrations."""
        return None


@fault("self-service hands out hardware credentials", {"DPC-ISS-INPERSON-01"})
def self_service(scene: Scene) -> None:
    with_registrations(scene, SelfService)


class Unsupervised(RegistrationRules):
    """Registers applicants wherever they say that they are."""

    def appeared(self, report: Report) -> Refusal | None:  # noqa: ARG002
        """See RegistrationRules."""
        return None


@fault("applicants are registered at stations without supervision", {"DPC-ISS-INPERSON-01"})
def unsupervised(scene: Scene) -> None:
    scene.issuer.hardware.rules = Unsupervised()
