"""Which keys were attested, and by which module: what the issuer keeps of key attestations."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.hardware import KeyAttestation
from dpc_conformance.reference.issuer.certificate_requests import key_name
from dpc_conformance.reference.issuer.key_attestations import Chain, module_of
from dpc_conformance.reference.issuer.store import Store, moment, stamp


class AttestedKeys:
    """One record for each key, under the SHA-256 of its SubjectPublicKeyInfo."""

    def __init__(self, store: Store, clock: RunClock) -> None:
        self._store, self._clock = store, clock

    def note(self, chain: Chain) -> None:
        """Keep a chain that was believed; the same one again changes nothing."""
        pem = b"".join(each.public_bytes(Encoding.PEM) for each in chain)
        row = (_name(chain[0]), module_of(chain), pem, stamp(self._clock.now()))
        with self._store.write() as connection:
            connection.execute("INSERT INTO attested_key VALUES(?,?,?,?) ON CONFLICT DO NOTHING", row)

    def module_of(self, certificate: x509.Certificate) -> str:
        """The module that holds the key of a certificate; empty when none does."""
        query = "SELECT module FROM attested_key WHERE key=?"
        row = self._store.read().execute(query, (_name(certificate),)).fetchone()
        return row["module"] if row else ""

    def of_account(self, account: str) -> tuple[KeyAttestation, ...]:
        """The attestations of the certified keys of an account, oldest first."""
        query = "SELECT attested_key.* FROM attested_key JOIN credential USING (key) WHERE account=? ORDER BY id"
        return tuple(
            KeyAttestation(row["key"], row["module"], _ders(row["chain"]), moment(row["at"]))
            for row in self._store.read().execute(query, (account,)).fetchall()
        )


def _name(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise TypeError("RSA and EC keys are certified here, no others")
    return key_name(key)


def _ders(pem: bytes) -> tuple[bytes, ...]:
    return tuple(each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(pem))
