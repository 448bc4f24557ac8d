"""A maker of phones: a root of its own, and a certificate for the attestation key of each hardware module."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.key_attestation import GENERATED, KeyStatement
from dpc_conformance.reference.pki import extensions
from dpc_conformance.reference.pki.keys import ec_key, signature_hash
from dpc_conformance.reference.pki.profile import serial_number

BEFORE, AFTER = timedelta(days=365), timedelta(days=20 * 365)


@dataclass
class AttestationKey:
    """Signs statements about keys. `chain` is the module's own certificate and the root of its maker."""

    key: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...]
    start: datetime
    entropy: Entropy

    def attest(
        self, public_key: ec.EllipticCurvePublicKey, challenge: bytes, origin: str = GENERATED
    ) -> tuple[x509.Certificate, ...]:
        """The chain from a certificate about that key to the maker's root."""
        statement = KeyStatement(origin, challenge).extension
        subject = _name("Key in a hardware module")
        builder = _begin(self.chain[0].subject, subject, public_key, self.start, self.entropy)
        about = builder.add_extension(statement, critical=False).sign(self.key, signature_hash(self.key))
        return (about, *self.chain)


class DeviceMaker:
    """Certifies modules when they are made. The PKI under test knows nothing of it."""

    def __init__(self, start: datetime, entropy: Entropy) -> None:
        """`start` is the run's time; the root began a year before it."""
        self._start, self._entropy, self._subject = start, entropy, _name("Example Phone Maker")

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return ec_key(self._entropy.branch("root"), ec.SECP256R1())

    @cached_property
    def root(self) -> x509.Certificate:
        """What issuers trust who trust this maker's modules."""
        return self._certify(self._subject, self._key.public_key(), path_length=1)

    def namesake(self, entropy: Entropy) -> "DeviceMaker":
        """Somebody else under the same name, whose modules nobody has a reason to believe."""
        return DeviceMaker(self._start, entropy)

    def attestation_key(self, serial: str) -> AttestationKey:
        """What goes into the module with that serial number when it is made."""
        entropy = self._entropy.branch(f"module/{serial}")
        key = ec_key(entropy, ec.SECP256R1())
        own = self._certify(_name("Hardware module", serial), key.public_key(), path_length=0)
        return AttestationKey(key, (own, self.root), self._start, entropy)

    def _certify(self, subject: x509.Name, public_key: ec.EllipticCurvePublicKey, path_length: int) -> x509.Certificate:
        return (
            _begin(self._subject, subject, public_key, self._start, self._entropy)
            .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
            .add_extension(extensions.key_usage("key_cert_sign"), critical=True)
            .sign(self._key, signature_hash(self._key))
        )


def _begin(
    issuer: x509.Name, subject: x509.Name, public_key: ec.EllipticCurvePublicKey, start: datetime, entropy: Entropy
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .serial_number(serial_number(entropy))
        .issuer_name(issuer)
        .subject_name(subject)
        .not_valid_before(start - BEFORE)
        .not_valid_after(start + AFTER)
        .public_key(public_key)
    )


def _name(common_name: str, serial: str = "") -> x509.Name:
    named = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    return x509.Name([*named, x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)] if serial else named)
