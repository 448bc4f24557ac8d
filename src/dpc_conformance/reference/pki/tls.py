"""TLS certificates for the reference's hosts; they live in the machine's time, because TLS libraries do."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv4Address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import oids
from dpc_conformance.reference.pki import extensions, naming
from dpc_conformance.reference.pki.keys import ec_key, signature_hash
from dpc_conformance.reference.pki.profile import serial_number

MARGIN = timedelta(days=20 * 365)
"""Wide enough that a machine clock which is years off does not stop a run."""


@dataclass(frozen=True)
class TlsIdentity:
    """A server's certificate chain and its key, both PEM."""

    chain_pem: bytes
    key_pem: bytes = field(repr=False)


class TlsAuthority:
    """A root of its own for TLS servers, apart from the PKI under test."""

    def __init__(self, machine: datetime, entropy: Entropy) -> None:
        """`machine` is the machine's time; certificates are valid twenty years before and after it."""
        self._entropy = entropy
        self._span = (machine - MARGIN, machine + MARGIN)
        self._identities: dict[str, TlsIdentity] = {}
        self._lock = threading.Lock()
        self._key = ec_key(entropy.branch("root"), ec.SECP256R1())
        name = naming.directory_name("Example TLS Root")
        self.root = (
            self._start(name, name, self._key.public_key(), entropy.branch("root-serial"))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(extensions.key_usage("key_cert_sign", "crl_sign"), critical=True)
            .sign(self._key, signature_hash(self._key))
        )

    def identity(self, host: str) -> TlsIdentity:
        """The certificate of `host`, also good for localhost and 127.0.0.1; the same one each time."""
        with self._lock:
            if host not in self._identities:
                self._identities[host] = self._certify(host)
            return self._identities[host]

    def _certify(self, host: str) -> TlsIdentity:
        key = ec_key(self._entropy.branch(f"key/{host}"), ec.SECP256R1())
        names = [x509.DNSName(host), x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))]
        certificate = (
            self._start(
                naming.directory_name(host), self.root.subject, key.public_key(), self._entropy.branch(f"serial/{host}")
            )
            .add_extension(extensions.authority_key(self.root), critical=False)
            .add_extension(extensions.key_usage("digital_signature"), critical=True)
            .add_extension(extensions.purposes(oids.SERVER_AUTH), critical=False)
            .add_extension(extensions.alternative_names(names), critical=False)
            .sign(self._key, signature_hash(self._key))
        )
        key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return TlsIdentity(certificate.public_bytes(Encoding.PEM), key_pem)

    def _start(
        self, subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, entropy: Entropy
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .serial_number(serial_number(entropy))
            .issuer_name(issuer)
            .subject_name(subject)
            .not_valid_before(self._span[0])
            .not_valid_after(self._span[1])
            .public_key(public_key)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        )
