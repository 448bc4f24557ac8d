"""Orders to hardware modules: which module may make a key, for which grant, and the challenge it vouches with."""

import sqlite3
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.module_orders import write_order
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store, stamp
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.roles.reasons import Reason

CHALLENGE_BYTES = 32


@dataclass(frozen=True)
class Outstanding:
    """An order that was given and has not expired."""

    module: str
    challenge: bytes


class ModuleOrders:
    """One order for each grant at a time; a newer one replaces it."""

    def __init__(
        self, store: Store, clock: RunClock, entropy: Entropy, settings: IssuerSettings, server: TlsIdentity
    ) -> None:
        """`server` is the issuer's TLS certificate, by whose key modules know who commands them."""
        self._store, self._clock, self._entropy, self._settings = store, clock, entropy, settings
        self._certificate = load_pem_x509_certificate(server.chain_pem)
        key = load_pem_private_key(server.key_pem, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("orders are signed with a P-256 key")
        self._key = key

    def note(self, connection: sqlite3.Connection, grant: str, module: str) -> None:
        """The module with that serial number may make a key for the grant, within a transaction."""
        expires = stamp(self._clock.now() + self._settings.token_lifetime)
        connection.execute(
            "INSERT INTO module_order VALUES(?,?,?,?) ON CONFLICT(grant_id) DO UPDATE SET"
            " module=excluded.module, challenge=excluded.challenge, expires_at=excluded.expires_at",
            (grant, module, self._entropy.bytes(CHALLENGE_BYTES), expires),
        )

    def outstanding(self, grant: str) -> Outstanding | Refusal:
        """The order for that grant."""
        query = "SELECT * FROM module_order WHERE grant_id=? AND expires_at>?"
        row = self._store.read().execute(query, (grant, stamp(self._clock.now()))).fetchone()
        if row is None:
            return Refusal(Reason.KEY_ATTESTATION, "no module was ordered to make a key, or too long ago")
        return Outstanding(row["module"], row["challenge"])

    def text(self, order: Outstanding) -> str:
        """The order as it goes to the module."""
        return write_order(order.module, order.challenge, self._key, self._certificate)
