"""The names that people give their credentials, where the issuer asks for one."""

from dataclasses import dataclass

from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.sign_ins import digest
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

LONGEST = 64
"""Characters."""


@dataclass(frozen=True)
class NamedIdentity:
    """A name, and the device that redeemed the code it was given for; empty while none has."""

    name: str
    device_id: str


class IdentityNames:
    """Keeps the name of each request."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def refusal(self, name: str) -> Refusal | None:
        """None for a name that can be shown: not blank, not too long, without control characters."""
        if name.strip() and len(name) <= LONGEST and name.isprintable():
            return None
        return Refusal(Reason.IDENTITY_NAME, f"{len(name)} characters")

    def note(self, secret: bytes, name: str) -> None:
        """The request that this binding secret is for has that name."""
        with self._store.write() as connection:
            connection.execute("INSERT INTO identity_name VALUES(?,?)", (digest(base64url(secret)), name))

    def of_account(self, account: str) -> tuple[NamedIdentity, ...]:
        """The names of the account's requests that still count, oldest first."""
        query = (
            "SELECT name, used_by FROM identity_name JOIN secret ON secret.hash=identity_name.secret"
            " JOIN sign_in ON sign_in.id=secret.sign_in WHERE account=? AND replaced_at IS NULL ORDER BY secret.rowid"
        )
        rows = self._store.read().execute(query, (account,)).fetchall()
        return tuple(NamedIdentity(row["name"], row["used_by"] or "") for row in rows)
