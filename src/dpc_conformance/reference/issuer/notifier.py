"""E-mail to the cardholder, at the address that the PIV identity account had before anything began."""

import sqlite3

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.notice_sender import NoticeSender
from dpc_conformance.reference.issuer.settings import KEY_MANAGEMENT
from dpc_conformance.reference.issuer.store import Store, stamp


class Notifier:
    """Tells cardholders what happened to their credentials (SP 800-157r1 §2.2, CP §4.3.2); never mails a secret."""

    def __init__(self, store: Store, accounts: Accounts, sender: NoticeSender, clock: RunClock) -> None:
        self._store, self._accounts, self._sender, self._clock = store, accounts, sender, clock

    def issued(self) -> None:
        """Send what is owed: one mail for each certificate whose holder was not told yet."""
        query = "SELECT id FROM credential WHERE certificate IS NOT NULL AND notified_at IS NULL ORDER BY id"
        for found in self._store.read().execute(query).fetchall():
            row = self._claim(found["id"])
            if row is not None and not self._send(row, "A derived credential was issued to you", ISSUED):
                with self._store.write() as connection:
                    connection.execute("UPDATE credential SET notified_at=NULL WHERE id=?", (row["id"],))

    def revoked(self, row: sqlite3.Row, why: str) -> None:
        """Tell the holder that the credential of this record was revoked."""
        self._send(row, "A derived credential of yours was revoked", REVOKED, why)

    def tell(self, row: sqlite3.Row, subject: str, body: str, why: str = "") -> None:
        """Tell the holder something else about the credential of this record; `body` as the templates below."""
        self._send(row, subject, body, why)

    def _claim(self, number: int) -> sqlite3.Row | None:
        """The record, for the one thread that gets to send its mail."""
        with self._store.write() as connection:
            query = "UPDATE credential SET notified_at=? WHERE id=? AND notified_at IS NULL"
            if not connection.execute(query, (stamp(self._clock.now()), number)).rowcount:
                return None
            row: sqlite3.Row = connection.execute("SELECT * FROM credential WHERE id=?", (number,)).fetchone()
            return row

    def _send(self, row: sqlite3.Row, subject: str, body: str, why: str = "") -> bool:
        if body is ISSUED and row["usage"] == KEY_MANAGEMENT:
            body += ESCROWED
        person = self._accounts.get(row["account"]).person
        return self._sender.send(
            person, row["serial"], subject, body, urgent=True,
            usage=row["usage"], serial=row["serial"], device=row["device_id"], why=why,
        )  # fmt: skip


ISSUED = """Dear {name},

on {at} {issuer} issued a derived {usage} certificate (serial number {serial}) to your device {device}.

If you did not ask for it, tell your security office at once.
"""

ESCROWED = """
Its private key is kept in key escrow, so that you can recover it when you need it to read what was encrypted for you.
"""

REVOKED = """Dear {name},

on {at} {issuer} revoked the derived {usage} certificate with serial number {serial} on your device {device}: {why}.
"""
