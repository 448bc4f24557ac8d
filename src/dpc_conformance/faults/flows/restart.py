"""Seeded defects of an issuer that meets the same request again."""

import sqlite3

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.credentials import Credentials, Product
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.scene import Scene


class SignsAgain(Credentials):
    """Takes a request that it answered before for a new one."""

    def existing(self, grant: Grant, usage: str, request: str) -> Product | None:
        """See Credentials."""
        with self._store.write() as connection:
            connection.execute(
                "DELETE FROM credential WHERE grant_id=? AND usage=? AND request=?", (grant.identifier, usage, request)
            )
        return super().existing(grant, usage, request)


@fault("issuer signs the same request twice", {"DPC-ISS-DUP-01", "DPC-ISS-KEY-06"})
def signs_again(scene: Scene) -> None:
    parts = scene.issuer
    parts.credentials = SignsAgain(parts.store, parts.audit, parts.clock, parts.settings)


class RecordedLate(AuditLog):
    """Puts an issuance on record when the phone acknowledges it."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.clock)
        self._owed: dict[str, tuple[str, str]] = {}

    def accept(self, connection: sqlite3.Connection, actor: str, action: str, subject: str, detail: str = "") -> None:
        """See AuditLog."""
        if action == "issue":
            self._owed[subject] = actor, detail
            return
        if action == "deliver" and subject in self._owed:
            owner, what = self._owed.pop(subject)
            super().accept(connection, owner, "issue", subject, what)
        super().accept(connection, actor, action, subject, detail)


@fault("issuance goes on record with its receipt", {"DPC-ISS-AUDIT-01", "DPC-ISS-DUP-01"})
def recorded_late(scene: Scene) -> None:
    scene.issuer.audit = RecordedLate(scene.issuer)
