"""Who makes authenticators: a root, and for each model the key that attests it (WebAuthn §8.2.1)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.non_pki import AuthenticatorModel
from dpc_conformance.reference.pki.keys import ec_key

AAGUID = x509.ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4")
"""Extension of an attestation certificate with the model's AAGUID (FIDO)."""
LIFE = timedelta(days=20 * 365)


@dataclass(frozen=True)
class Attester:
    """The attestation key of a model, and the certificate of it (DER)."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: bytes


class Maker:
    """A maker of authenticators, with a root of its own."""

    def __init__(self, name: str, entropy: Entropy, now: datetime) -> None:
        self._name, self._entropy, self._now = name, entropy, now
        self._key = ec_key(entropy.branch("root"), ec.SECP256R1())
        subject = _name(name, "Attestation Root")
        self.root = self._sign(subject, subject, self._key, None).public_bytes(Encoding.DER)

    def attester(self, model: AuthenticatorModel) -> Attester:
        """The attestation key of that model."""
        key = ec_key(self._entropy.branch(model.aaguid), ec.SECP256R1())
        issuer = x509.load_der_x509_certificate(self.root).subject
        certificate = self._sign(_name(self._name, model.name), issuer, key, bytes.fromhex(model.aaguid))
        return Attester(key, certificate.public_bytes(Encoding.DER))

    def _sign(
        self, subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, aaguid: bytes | None
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(1 + self._entropy.below(2**64))
            .not_valid_before(self._now - LIFE)
            .not_valid_after(self._now + LIFE)
            .add_extension(x509.BasicConstraints(ca=aaguid is None, path_length=None), critical=True)
        )
        if aaguid is not None:
            # An OCTET STRING in the extension's OCTET STRING.
            builder = builder.add_extension(x509.UnrecognizedExtension(AAGUID, b"\x04\x10" + aaguid), critical=False)
        return builder.sign(self._key, hashes.SHA256())


def _name(maker: str, common_name: str) -> x509.Name:
    """As attestation certificates have to be named."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, maker),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Authenticator Attestation"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )
