"""Authenticators in the records of PIV identity accounts; what was bound is never changed, only removed."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from fido2.webauthn import AttestedCredentialData

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.non_pki import BoundAuthenticator
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.roles.reasons import Reason

BOUND, REMOVED = "bound", "removed"
TABLE = """CREATE TABLE IF NOT EXISTS authenticator(
  credential_id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account, data BLOB NOT NULL, aal INTEGER NOT NULL,
  name TEXT NOT NULL, attestation TEXT NOT NULL, user_verified INTEGER NOT NULL, password TEXT,
  counter INTEGER NOT NULL, piv_certificate BLOB NOT NULL, bound_at TEXT NOT NULL, authenticated_at TEXT,
  status TEXT NOT NULL, removed_at TEXT, misses INTEGER NOT NULL) STRICT"""


@dataclass(frozen=True)
class Authenticator:
    """One authenticator of an account. `password` is a digest, None for one with an activation factor of its own."""

    account: str
    data: AttestedCredentialData
    aal: int
    name: str
    attestation: str
    user_verified: bool
    password: str | None = field(repr=False)
    counter: int
    piv_certificate: bytes
    authenticated_at: datetime | None
    misses: int = 0
    """Wrong passwords in a row."""

    @property
    def identifier(self) -> str:
        """The credential id in hexadecimal."""
        return self.data.credential_id.hex()


class BoundAuthenticators:
    """The table in the issuer's store; every change is one transaction with its audit record."""

    def __init__(self, store: Store, audit: AuditLog, clock: RunClock) -> None:
        self._store, self._audit, self._clock = store, audit, clock
        with store.write() as connection:
            connection.execute(TABLE)

    def bind(self, new: Authenticator) -> None:
        """Into the account. Raises Refused where the identifier is known: nothing is replaced in place."""
        with self._store.write() as connection:
            self._expect_new(connection, new)
            when = new.authenticated_at
            connection.execute(
                "INSERT INTO authenticator VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,0)",
                (
                    new.identifier, new.account, bytes(new.data), new.aal, new.name, new.attestation,
                    int(new.user_verified), new.password, new.counter, new.piv_certificate, stamp(self._clock.now()),
                    stamp(when) if when else None, BOUND,
                ),
            )  # fmt: skip
            self._audit.accept(connection, new.account, "bind", new.identifier, f"{new.name}, AAL{new.aal}")

    def _expect_new(self, connection: sqlite3.Connection, new: Authenticator) -> None:
        query = "SELECT account FROM authenticator WHERE credential_id=?"
        if connection.execute(query, (new.identifier,)).fetchone() is not None:
            detail = f"authenticator {new.identifier} was bound before"
            raise Refused(Refusal(Reason.KEY_REUSED, detail), new.account, new.identifier)

    def find(self, identifier: str) -> Authenticator | None:
        """The authenticator with that identifier while it is bound, else None."""
        query = "SELECT * FROM authenticator WHERE credential_id=? AND status=?"
        row = self._store.read().execute(query, (identifier, BOUND)).fetchone()
        return None if row is None else _read(row)

    def of_account(self, account: str) -> tuple[Authenticator, ...]:
        """Those that are bound, oldest first."""
        query = "SELECT * FROM authenticator WHERE account=? AND status=? ORDER BY rowid"
        return tuple(map(_read, self._store.read().execute(query, (account, BOUND)).fetchall()))

    def used(self, identifier: str, counter: int) -> None:
        """It authenticated with that value of its counter."""
        with self._store.write() as connection:
            values = (counter, identifier)
            connection.execute("UPDATE authenticator SET counter=?, misses=0 WHERE credential_id=?", values)

    def missed(self, identifier: str) -> None:
        """A wrong password was entered."""
        with self._store.write() as connection:
            connection.execute("UPDATE authenticator SET misses=misses+1 WHERE credential_id=?", (identifier,))

    def change_password(self, account: str, password: str) -> None:
        """Every authenticator of the account that has a password has that one (its digest) from now on."""
        with self._store.write() as connection:
            connection.execute(
                "UPDATE authenticator SET password=? WHERE account=? AND password IS NOT NULL", (password, account)
            )
            self._audit.accept(connection, account, "change-password", account)

    def remove(self, account: str, identifier: str, why: str) -> None:
        """Out of the account; the record of it stays."""
        with self._store.write() as connection:
            connection.execute(
                "UPDATE authenticator SET status=?, removed_at=? WHERE account=? AND credential_id=? AND status=?",
                (REMOVED, stamp(self._clock.now()), account, identifier, BOUND),
            )
            self._audit.accept(connection, account, "unbind", identifier, why)

    def records(self, account: str) -> tuple[BoundAuthenticator, ...]:
        """Everything that was ever bound to the account, oldest first."""
        query = "SELECT * FROM authenticator WHERE account=? ORDER BY rowid"
        return tuple(map(_record, self._store.read().execute(query, (account,)).fetchall()))


def _read(row: sqlite3.Row) -> Authenticator:
    return Authenticator(
        row["account"], AttestedCredentialData(row["data"]), row["aal"], row["name"], row["attestation"],
        bool(row["user_verified"]), row["password"], row["counter"], row["piv_certificate"],
        moment(row["authenticated_at"]) if row["authenticated_at"] else None, row["misses"],
    )  # fmt: skip


def _record(row: sqlite3.Row) -> BoundAuthenticator:
    one = _read(row)
    key = repr(sorted(one.data.public_key.items())).encode().hex()
    return BoundAuthenticator(
        one.identifier, key, bytes(one.data.aaguid).hex(), one.aal, one.attestation, one.user_verified,
        one.password is not None, moment(row["bound_at"]), one.authenticated_at, row["status"],
    )  # fmt: skip
