"""Seeded defects of what follows issuance: the second look, and the end of an account."""

from datetime import datetime

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.recheck import Recheck
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.scene import Scene


class NeverAgain(Recheck):
    """Plans no second look."""

    def plan(self) -> None:
        """See Recheck."""


def _recheck_of(parts: IssuerParts, kind: type[Recheck], revocations: Revocations) -> Recheck:
    return kind(parts.store, parts.audit, parts.judge, revocations, parts.clock, parts.settings)


@fault("issuer does not look at the card's status again", {"DPC-ISS-7DAY-01"})
def never_again(scene: Scene) -> None:
    parts = scene.issuer
    parts.maintenance.recheck = _recheck_of(parts, NeverAgain, parts.revocations)


class Idle(Revocations):
    """Revokes nothing."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.notifier, parts.revoke, parts.clock)

    def of_account(self, account: str, reason: str, why: str) -> None:
        """See Revocations."""

    def of_card(self, piv_certificate: bytes, reason: str, why: str, since: datetime | None = None) -> None:
        """See Revocations."""


@fault("issuer looks again and does not act", {"DPC-ISS-7DAY-01"})
def does_not_act(scene: Scene) -> None:
    parts = scene.issuer
    parts.maintenance.recheck = _recheck_of(parts, Recheck, Idle(parts))


class ButTheArchive(Revocations):
    """Leaves a key management certificate valid, because its key is archived."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.notifier, parts.revoke, parts.clock)

    def of_card(self, piv_certificate: bytes, reason: str, why: str, since: datetime | None = None) -> None:  # noqa: ARG002
        """See Revocations."""
        self._all("piv_certificate=? AND usage<>'key-management'", (piv_certificate,), reason, why)


@fault("second look spares the certificate whose key is archived", {"DPC-ISS-7DAY-01"})
def but_the_archive(scene: Scene) -> None:
    parts = scene.issuer
    parts.maintenance.recheck = _recheck_of(parts, Recheck, ButTheArchive(parts))


class ForCardsOnly(Revocations):
    """Leaves the certificates of an account that has ended as they are; its authenticators end."""

    def of_account(self, account: str, reason: str, why: str) -> None:  # noqa: ARG002
        """See Revocations."""
        for end in self.on_account:
            end(account, why)


ENDS_WITH_THE_ACCOUNT = {
    "DPC-LC-RP-02",
    "DPC-LC-TERM-01",
    "DPC-LC-TERM-02",
    "DPC-LC-TERM-03",
    "DPC-LC-LINK-03",
    "DPC-LC-LINK-04",
    "DPC-LC-NONEED-01",
    "DPC-LC-NONVOL-01",
}


@fault("end of an account revokes nothing", ENDS_WITH_THE_ACCOUNT | {"DPC-LC-RP-01"})
def account_ends(scene: Scene) -> None:
    parts = scene.issuer
    parts.revocations = ForCardsOnly(parts.store, parts.audit, parts.notifier, parts.revoke, parts.clock)
