"""Unblocking keys: held by the issuer, one for each phone, and each good for one reset (SP 800-157r1 §3.1.4)."""

import sqlite3

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import AUTHENTICATION, IssuerSettings
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

KEY_BYTES = 32
ACTION = "reset"


class UnblockingKeys:
    """Derives each key from a master key: the records hold numbers only, and a released key is not used again."""

    def __init__(self, store: Store, audit: AuditLog, entropy: Entropy, settings: IssuerSettings) -> None:
        self._store, self._audit, self._settings = store, audit, settings
        self._master = entropy.bytes(KEY_BYTES)

    def at_enrolment(self, grant: Grant) -> dict[str, str]:
        """The key under which the phone seals its keys a second time; nothing where secrets are not reset."""
        if not self._settings.resets_secrets:
            return {}
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO unblocking_key VALUES(?,?,1) ON CONFLICT DO NOTHING", (grant.account, grant.device_id)
            )
            return {"unblocking_key": self._key(grant, self._number(connection, grant))}

    def release(self, grant: Grant) -> dict[str, str]:
        """The phone's key and its successor, for a person who proved to hold the card. Raises Refused."""
        with self._store.write() as connection:
            number = self._number(connection, grant)
            if not number or not self._has_credential(connection, grant):
                refusal = Refusal(Reason.RESET_NOT_POSSIBLE, "there is no unblocking key for a credential on it")
                raise Refused(refusal, grant.account, f"device {grant.device_id}")
            connection.execute(
                "UPDATE unblocking_key SET number=? WHERE account=? AND device_id=?",
                (self.next_number(number), grant.account, grant.device_id),
            )
            detail = f"unblocking key {number} released after PKI-AUTH at {grant.verified_at.isoformat()}"
            self._audit.accept(connection, grant.account, ACTION, f"device {grant.device_id}", detail)
        return {
            "unblocking_key": self._key(grant, number),
            "next_unblocking_key": self._key(grant, self.next_number(number)),
        }

    def next_number(self, number: int) -> int:
        """The number of the key that follows a released one."""
        return number + 1

    def _number(self, connection: sqlite3.Connection, grant: Grant) -> int:
        query = "SELECT number FROM unblocking_key WHERE account=? AND device_id=?"
        row = connection.execute(query, (grant.account, grant.device_id)).fetchone()
        return int(row["number"]) if row else 0

    def _has_credential(self, connection: sqlite3.Connection, grant: Grant) -> bool:
        query = (
            "SELECT 1 FROM credential WHERE account=? AND device_id=? AND usage=? AND status IN ('signed','delivered')"
        )
        return connection.execute(query, (grant.account, grant.device_id, AUTHENTICATION)).fetchone() is not None

    def _key(self, grant: Grant, number: int) -> str:
        name = f"unblocking key {number} of {grant.account} on {grant.device_id}".encode()
        return base64url(HKDF(SHA256(), KEY_BYTES, None, name).derive(self._master))
