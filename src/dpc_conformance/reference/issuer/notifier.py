"""E-mail to the cardholder, at the address that the PIV identity account had before anything began."""

import sqlite3
from collections.abc import Callable

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.settings import KEY_MANAGEMENT, IssuerSettings
from dpc_conformance.reference.issuer.store import Store, stamp

SendMail = Callable[[str, str, str], None]
"""Sends a mail: recipient, subject, body. OSError when it cannot."""


class Notifier:
    """Tells cardholders what happened to their credentials (SP 800-157r1 §2.2, CP §4.3.2); never mails a secret."""

    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        accounts: Accounts,
        send_mail: SendMail,
        clock: RunClock,
        settings: IssuerSettings,
    ) -> None:
        self._store, self._audit, self._accounts = store, audit, accounts
        self._send_mail, self._clock, self._settings = send_mail, clock, settings

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
        person = self._accounts.get(row["account"]).person
        text = body.format(
            name=person.common_name, issuer=self._settings.display_name, usage=row["usage"], serial=row["serial"],
            device=row["device_id"], why=why, at=self._clock.now().strftime("%Y-%m-%d %H:%M UTC"),
        )  # fmt: skip
        if body is ISSUED and row["usage"] == KEY_MANAGEMENT:
            text += ESCROWED
        try:
            self._send_mail(person.mail, subject, text)
        except OSError as error:
            sent, detail = False, f"mail failed: {type(error).__name__}"
        else:
            sent, detail = True, f"mail to the account's address: {subject}"
        with self._store.write(urgent=True) as connection:
            self._audit.accept(connection, "issuer", "notify" if sent else "notify-failed", row["serial"], detail)
        return sent


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
