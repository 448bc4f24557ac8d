"""Seeded defects of the watch over accounts, of requests for revocation, and of what follows a revocation."""

import sqlite3
from datetime import datetime, timedelta

import httpx
from cryptography import x509

from dpc_conformance.evidence.decisions import CardLink
from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.holder_desk import HolderDesk
from dpc_conformance.reference.issuer.notifier import Notifier
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refused
from dpc_conformance.reference.issuer.revocation_desk import RevocationDesk
from dpc_conformance.reference.issuer.watch import Watch
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.housekeeping import Housekeeping
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene


class PausingWatch(Watch):
    """Is switched off for a week, and nobody is told."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.backend, parts.maintenance.lifecycle, parts.clock)
        self._off = parts.clock.now() + timedelta(days=6)

    def run(self, due: datetime) -> None:
        """See Watch."""
        super().run(due if not self._off <= due < self._off + timedelta(days=7) else self._off + timedelta(days=7))


@fault("watch over the accounts pauses for a week", {"DPC-LC-LINK-01"})
def pausing_watch(scene: Scene) -> None:
    scene.issuer.maintenance.watch = PausingWatch(scene.issuer)


class WithoutLinks(CredentialsOf):
    """Does not know which card a credential comes from."""

    def links(self, account: str) -> tuple[CardLink, ...]:
        """See Credentials."""
        return tuple(CardLink(each.serial, each.account, ()) for each in super().links(account))


@fault("credential is not linked to its card", {"DPC-LC-LINK-02"})
def without_links(scene: Scene) -> None:
    scene.issuer.credentials = WithoutLinks(scene.issuer)


class SilentRevocation(Notifier):
    """Tells nobody about a revocation."""

    def revoked(self, row: sqlite3.Row, why: str) -> None:
        """See Notifier."""


@fault("holder is not told of a revocation", {"DPC-LC-NOTIFYINV-01"})
def silent_revocation(scene: Scene) -> None:
    parts = scene.issuer
    parts.notifier = SilentRevocation(parts.store, parts.accounts, parts.notice_sender, parts.clock)


class NotesOnly(HolderDesk):
    """Takes the report of a lost phone for somebody to look at later."""

    def act(self, account: str, device: str) -> None:
        """See HolderDesk."""
        with self.store.write() as connection:
            self.audit.accept(connection, account, "request-revocation", device, "keyCompromise: noted")


@fault("holder's report of a lost phone is noted only", {"DPC-LC-LOST-01", "DPC-LC-REQ-01"})
def notes_only(scene: Scene) -> None:
    parts = scene.issuer
    parts.maintenance.holder_desk = NotesOnly(**vars(parts.maintenance.holder_desk))


class WaitsForConsent(RevocationDesk):
    """Asks the holder before it acts on an officer's decision."""

    def act(self, officer: str, serial: str, certificate: x509.Certificate, reason: str) -> None:
        """See RevocationDesk."""
        with self.store.write() as connection:
            detail = f"{reason}; issued by {certificate.issuer.rfc4514_string()}; waits for the holder's consent"
            self.audit.accept(connection, officer, "request-revocation", serial, detail)


class Open(RevocationDesk):
    """Acts for anybody who knows a serial number."""

    def requester(self, authorization: str) -> str:
        """See RevocationDesk."""
        try:
            return super().requester(authorization)
        except Refused:
            return "unknown"


def _desk(parts: IssuerParts, kind: type[RevocationDesk]) -> RevocationDesk:
    return kind(**vars(parts.maintenance.revocation_desk))


NOT_REVOKED = "what an officer had revoked is not revoked"


@fault(
    "officer's decision waits for the holder's consent",
    {"DPC-LC-FRAUD-01"},
    breaks={
        "Whoever has as many credentials as allowed gets no further one": NOT_REVOKED,
        "A credential that was revoked fetches no successor": NOT_REVOKED,
    },
)
def waits_for_consent(scene: Scene) -> None:
    scene.issuer.maintenance.revocation_desk = _desk(scene.issuer, WaitsForConsent)


@fault("anybody can have a certificate revoked", {"DPC-LC-REVREQ-01"})
def open_desk(scene: Scene) -> None:
    scene.issuer.maintenance.revocation_desk = _desk(scene.issuer, Open)


class KeepsKeys(Housekeeping):
    """Leaves keys where they are."""

    def tidy(self, stores: CredentialStores, http: httpx.Client) -> None:
        """See Housekeeping."""


@fault("phone keeps the keys of revoked certificates", {"DPC-LC-DESTROY-01"})
def keeps_keys(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.housekeeping = KeepsKeys()

    scene.on_phone.append(change)
