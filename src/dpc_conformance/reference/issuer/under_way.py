"""What was begun and is not finished yet: codes, tokens and reserved places, and how they are withdrawn."""

import sqlite3
from dataclasses import dataclass

from dpc_conformance.reference.issuer.grants import Grant

WITHDRAWN = "withdrawn"
"""The status of a place in the records that was reserved, and then withdrawn before anything was issued for it."""


@dataclass(frozen=True)
class Begun:
    """Selects enrolments: `sign_ins`, `tokens` and `places` are SQL conditions on the tables of these names.

    `values` fit each of them, so every condition takes the same; an empty condition selects nothing.
    """

    values: tuple[str | bytes, ...]
    places: str
    tokens: str = ""
    sign_ins: str = ""

    def withdraw(self, connection: sqlite3.Connection, now: str) -> int:
        """End them within a transaction, from `now` on (as `store.stamp` writes it); how many there were."""
        of_sign_ins = self.sign_ins and f"sign_in IN (SELECT id FROM sign_in WHERE {self.sign_ins})"
        changes: tuple[tuple[str, tuple[str, ...], str], ...] = (
            (f"UPDATE credential SET status='{WITHDRAWN}' WHERE status='reserved'", (), self.places),
            ("UPDATE token SET expires_at=? WHERE expires_at>?", (now, now), self.tokens),
            ("UPDATE secret SET replaced_at=? WHERE used_at IS NULL AND replaced_at IS NULL", (now,), of_sign_ins),
        )
        return sum(
            connection.execute(f"{change} AND ({condition})", (*moments, *self.values)).rowcount
            for change, moments, condition in changes
            if condition
        )


OF_SIGN_IN = "sign_in IN (SELECT id FROM sign_in WHERE {})"


def of_account(account: str) -> Begun:
    """Whatever is under way for the account."""
    return Begun((account,), "account=?", OF_SIGN_IN.format("account=?"), "account=?")


def of_card(piv_certificate: bytes, since: str) -> Begun:
    """What that card authorised, by its PIV Authentication certificate (DER), at `since` (a stamp) or later."""
    authorised = "piv_certificate=? AND verified_at>=?"
    places = "piv_certificate=? AND identity_verified_at>=?"
    return Begun((piv_certificate, since), places, OF_SIGN_IN.format(authorised), authorised)


def of_device(account: str, device_id: str) -> Begun:
    """What is on its way to that device."""
    owned = "sign_in IN (SELECT id FROM sign_in WHERE account=?) AND device_id=?"
    return Begun((account, device_id), "account=? AND device_id=?", owned)


def of_serial(serial: str) -> Begun:
    """The re-key of the certificate with that serial number (hexadecimal)."""
    return Begun((serial,), "grant_id='renewal of '||?")


def still_stands(connection: sqlite3.Connection, grant: Grant, now: str) -> bool:
    """Whether what authorised a request still holds: since it was looked up, the phone may have been lost."""
    if grant.renewal:
        query = "SELECT 1 FROM credential WHERE 'renewal of '||serial=? AND status IN ('signed','delivered')"
        return connection.execute(query, (grant.identifier,)).fetchone() is not None
    found = connection.execute("SELECT 1 FROM token WHERE hash=? AND expires_at>?", (grant.identifier, now))
    return found.fetchone() is not None
