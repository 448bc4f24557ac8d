"""Seeded defects of the delivery of keys that the issuer made."""

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.pki.keys import PrivateKey, ec_key
from dpc_conformance.reference.scene import Scene


class Outgrown(KeyDelivery):
    """Makes keys on P-384 and goes on to wrap them for the phone's key on P-256."""

    def generate(self) -> PrivateKey:
        """See KeyDelivery."""
        return ec_key(self._entropy, ec.SECP384R1())


@fault(
    "issuer's key is stronger than what it travels in",
    {"DPC-ISS-KEY-05", "DPC-KM-REC-04", "DPC-KM-REC-06", "DPC-ISS-CHAN-03"},
)
def outgrown(scene: Scene) -> None:
    parts = scene.issuer
    server = parts.pki.tls_identity(parts.settings.host)
    parts.key_delivery = Outgrown.of_server(server, parts.randomness.branch("wide keys"))


class Hoarding(CredentialsOf):
    """Keeps the enveloped key after the phone has acknowledged it."""

    def acknowledge(self, grant: Grant, serial: str) -> Refusal | None:
        """See Credentials."""
        row = self._store.read().execute("SELECT envelope FROM credential WHERE serial=?", (serial,)).fetchone()
        refusal = super().acknowledge(grant, serial)
        if row is not None:
            with self._store.write() as connection:
                connection.execute("UPDATE credential SET envelope=? WHERE serial=?", (row["envelope"], serial))
        return refusal


@fault("issuer keeps a delivered key", {"DPC-ISS-KEY-06"})
def hoarding(scene: Scene) -> None:
    scene.issuer.credentials = Hoarding(scene.issuer)
