"""Binding secrets: what ties the phone to a sign-in at the kiosk, once and for ten minutes."""

import sqlite3
from dataclasses import dataclass

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn, digest
from dpc_conformance.reference.issuer.store import Store, stamp
from dpc_conformance.roles.reasons import Reason


@dataclass(frozen=True)
class PendingBinding:
    """What a good secret belongs to."""

    digest: str
    sign_in: int
    account: str
    profile: str


class BindingSecrets:
    """Temporary secrets of the first transaction (SP 800-157 §2.2); only their hashes are stored."""

    def __init__(
        self, store: Store, audit: AuditLog, clock: RunClock, entropy: Entropy, settings: IssuerSettings
    ) -> None:
        self._store, self._audit, self._clock = store, audit, clock
        self._entropy, self._settings = entropy, settings

    def create(self, sign_in: SignIn, profile: str) -> bytes:
        """A new secret for this sign-in; the person has one open request, so older unspent ones are withdrawn."""
        secret = self._entropy.bytes(self._settings.secret_bytes)
        now = self._clock.now()
        with self._store.write() as connection:
            self.withdraw_older(connection, sign_in)
            connection.execute(
                "INSERT INTO secret(hash, sign_in, profile, created_at, expires_at) VALUES(?,?,?,?,?)",
                (
                    digest(base64url(secret)),
                    sign_in.number,
                    profile,
                    stamp(now),
                    stamp(now + self._settings.secret_lifetime),
                ),
            )
            self._audit.accept(connection, sign_in.account, "request", f"sign-in {sign_in.number}", profile)
        return secret

    def withdraw_older(self, connection: sqlite3.Connection, sign_in: SignIn) -> None:
        """Codes that this person was shown before are worth nothing, also those of an earlier sign-in."""
        connection.execute(
            "UPDATE secret SET replaced_at=? WHERE used_at IS NULL AND replaced_at IS NULL"
            " AND sign_in IN (SELECT id FROM sign_in WHERE account=?)",
            (stamp(self._clock.now()), sign_in.account),
        )

    def find(self, secret: str) -> PendingBinding | Refusal:
        """What the secret (base64url) belongs to, without spending it."""
        return self._find(self._store.read(), digest(secret))

    def spend(self, connection: sqlite3.Connection, pending: PendingBinding, device_id: str) -> Refusal | None:
        """Use the secret up for the device. Of several attempts at the same time exactly one gets None."""
        now = stamp(self._clock.now())
        changed = connection.execute(
            "UPDATE secret SET used_at=?, used_by=?"
            " WHERE hash=? AND used_at IS NULL AND replaced_at IS NULL AND expires_at>=?",
            (now, device_id, pending.digest, now),
        ).rowcount
        if changed:
            return None
        found = self._find(connection, pending.digest)
        return found if isinstance(found, Refusal) else Refusal(Reason.SECRET_USED)

    def _find(self, connection: sqlite3.Connection, key: str) -> PendingBinding | Refusal:
        row = connection.execute(
            "SELECT secret.*, sign_in.account FROM secret JOIN sign_in ON sign_in.id=secret.sign_in WHERE hash=?",
            (key,),
        ).fetchone()
        if row is None:
            return Refusal(Reason.SECRET_UNKNOWN, "no such secret was handed out")
        if row["used_at"] is not None:
            return Refusal(Reason.SECRET_USED, f"sign-in {row['sign_in']}, used by device {row['used_by']}")
        if row["replaced_at"] is not None:
            return Refusal(Reason.SECRET_EXPIRED, f"sign-in {row['sign_in']}: a newer code replaced this one")
        if row["expires_at"] < stamp(self._clock.now()):
            return Refusal(Reason.SECRET_EXPIRED, f"sign-in {row['sign_in']}: expired at {row['expires_at']}")
        return PendingBinding(key, row["sign_in"], row["account"], row["profile"])
