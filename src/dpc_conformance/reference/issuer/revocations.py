"""Revocation of derived credentials, at the certification authority and in the records."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer import under_way
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.notifier import Notifier
from dpc_conformance.reference.issuer.store import Store, stamp

Revoke = Callable[[x509.Certificate, str], None]
"""Has the authority revoke a certificate, with a CRL reason such as `cessationOfOperation`."""


class Revocations:
    """Revokes active credentials, and withdraws what is under way to become one; what is revoked is left alone."""

    def __init__(self, store: Store, audit: AuditLog, notifier: Notifier, revoke: Revoke, clock: RunClock) -> None:
        self._store, self._audit, self._notifier = store, audit, notifier
        self._revoke, self._clock = revoke, clock
        self.on_account: list[Callable[[str, str], None]] = []
        """What else ends where every credential of an account does: called with the account and the reason in words."""

    def of_account(self, account: str, reason: str, why: str) -> None:
        """Revoke every credential of the account (SP 800-157 §2.4); while it has ended, nothing else is issued."""
        self._all("account=?", (account,), reason, why)
        for end in self.on_account:
            end(account, why)

    def of_card(self, piv_certificate: bytes, reason: str, why: str, since: datetime | None = None) -> None:
        """Revoke every credential that was derived by means of this PIV Authentication certificate (DER).

        With `since` only those that were issued at that moment or later.
        """
        from_then_on = "" if since is None else stamp(since)
        self.withdraw(under_way.of_card(piv_certificate, from_then_on), "a card's key", why)
        self._all("piv_certificate=? AND issued_at>=?", (piv_certificate, from_then_on), reason, why)

    def of_device(self, account: str, device_id: str, reason: str, why: str) -> None:
        """Revoke every credential that the account has on this device."""
        self.withdraw(under_way.of_device(account, device_id), f"device {device_id}", why)
        self._all("account=? AND device_id=?", (account, device_id), reason, why)

    def of_serial(self, serial: str, reason: str, why: str) -> None:
        """Revoke one certificate by its serial number (hexadecimal)."""
        self.withdraw(under_way.of_serial(serial), f"re-key of {serial}", why)
        self._all("serial=?", (serial,), reason, why)

    def withdraw(self, begun: under_way.Begun, subject: str, why: str) -> None:
        """End enrolments before anything comes of them."""
        with self._store.write(urgent=True) as connection:
            if begun.withdraw(connection, stamp(self._clock.now())):
                self._audit.accept(connection, "issuer", "withdraw", subject, why)

    def never_issued(self, certificate: x509.Certificate, why: str) -> None:
        """Revoke a certificate that was signed for a place that had been withdrawn; nobody has got it."""
        reason = "cessationOfOperation"
        self._revoke(certificate, reason)
        with self._store.write(urgent=True) as connection:
            serial = f"{certificate.serial_number:x}"
            self._audit.accept(connection, "issuer", "revoke", serial, f"{reason}: never handed out: {why}")

    def _all(self, condition: str, values: tuple[str | bytes, ...], reason: str, why: str) -> None:
        query = f"SELECT * FROM credential WHERE {condition} AND status IN ('signed','delivered') ORDER BY id"  # noqa: S608  a constant
        for row in self._store.read().execute(query, values).fetchall():
            self._one(row, reason, why)

    def _one(self, row: sqlite3.Row, reason: str, why: str) -> None:
        # The authority first: a record that says "revoked" must never be ahead of the CRL.
        self._revoke(x509.load_der_x509_certificate(row["certificate"]), reason)
        with self._store.write(urgent=True) as connection:
            connection.execute(
                "UPDATE credential SET status='revoked', revoked_at=? WHERE id=?", (stamp(self._clock.now()), row["id"])
            )
            self._audit.accept(connection, "issuer", "revoke", row["serial"], f"{reason}: {why}")
        self._notifier.revoked(row, why)
