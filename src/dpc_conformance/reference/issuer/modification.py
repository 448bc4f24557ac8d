"""Modification: a credential whose data no longer hold is corrected, and the former one invalidated (CP §4.8)."""

import sqlite3
from datetime import datetime

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.holder_records import HolderRecords, shows
from dpc_conformance.reference.issuer.notifier import Notifier
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.roles.people import Person

SUBJECT = "A derived credential of yours has to be corrected"


class Modifications:
    """Opens a task for each credential that shows another name than the record.

    The holder is asked to let the phone replace it, which brings a certificate with the right name; what was not
    replaced when the task falls due is revoked.
    """

    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        records: HolderRecords,
        notifier: Notifier,
        revocations: Revocations,
        clock: RunClock,
        settings: IssuerSettings,
    ) -> None:
        self._store, self._audit, self._records = store, audit, records
        self._notifier, self._revocations = notifier, revocations
        self._clock, self._settings = clock, settings

    def change_name(self, person: Person) -> None:
        """The account's name has changed."""
        self._records.change_name(person)
        self.compare(person.account)

    def new_card(self, account: str, certificate: bytes) -> None:
        """The PIV Card was reissued, with that PIV Authentication certificate (FIPS 201-3 §2.10.3)."""
        self._records.new_card(account, certificate)
        self.compare(account)

    def compare(self, account: str) -> None:
        """Hold the account's active credentials against the record."""
        due = self._clock.now() + self._settings.modification_deadline
        for row in self._active(account):
            if self._outdated(row) and self._open(row, due):
                self._notifier.tell(row, SUBJECT, CORRECT, due.strftime("%Y-%m-%d"))
                self._at(row["serial"], due)

    def plan(self) -> None:
        """Watch the deadlines of open tasks again after a restart."""
        for row in self._store.read().execute("SELECT * FROM modification").fetchall():
            self._at(row["serial"], moment(row["due_at"]))

    def _active(self, account: str) -> list[sqlite3.Row]:
        query = "SELECT * FROM credential WHERE account=? AND status IN ('signed','delivered') ORDER BY id"
        return self._store.read().execute(query, (account,)).fetchall()

    def _outdated(self, row: sqlite3.Row) -> bool:
        return shows(row["certificate"]) != self._records.subject(row["account"], row["piv_certificate"])

    def _open(self, row: sqlite3.Row, due: datetime) -> bool:
        with self._store.write() as connection:
            query = "INSERT INTO modification VALUES(?,?) ON CONFLICT DO NOTHING"
            if not connection.execute(query, (row["serial"], stamp(due))).rowcount:
                return False
            self._audit.accept(
                connection, "issuer", "modify", row["serial"], f"{row['account']}: the name in it no longer holds"
            )
        return True

    def _at(self, serial: str, due: datetime) -> None:
        why = "the data in it no longer hold, and it was not replaced in time"
        self._clock.at(due, lambda: self._revocations.of_serial(serial, "affiliationChanged", why))


CORRECT = """Dear {name},

the derived {usage} certificate (serial number {serial}) on your device {device} no longer shows what your PIV identity
account says. Open Company Portal on the device and renew your mobile smart card before {why}; after that day
{issuer} revokes the certificate.
"""
