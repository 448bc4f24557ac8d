"""Certificates of a made-up PKI: a CA, a cardholder whom everything in a package must not give away, and signers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from dpc_conformance.formats import oids

START = datetime(2026, 1, 1, tzinfo=UTC)
NAME, MAIL, ACCOUNT = "Wilhelmina Quarles", "wilhelmina.quarles@agency.example", "wilhelmina.quarles"
OPERATOR, DIRECTOR, PASSPORT = "ottokar.plumb", "Philippa Yardley", "C01X00T47"
PERSON_UUID = UUID("3f1d9a52-7c46-4e8b-9a55-0c1f6f2b7e11")
FASC_N = bytes.fromhex("D0419D13810D8210C2C44548125A1685A7944F28406B9813810C3FF8")[:25]
PASSWORD = b"a password"


@dataclass(frozen=True)
class Party:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, password: bytes | None = None) -> bytes:
        locked = BestAvailableEncryption(password) if password else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)

    def pkcs12(self, password: bytes | None = PASSWORD) -> bytes:
        locked = BestAvailableEncryption(password) if password else NoEncryption()
        return pkcs12.serialize_key_and_certificates(
            b"x", self.key, self.certificate, [authority().certificate], locked
        )


def made(
    name: str,
    issuer: Party | None = None,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    ca: bool = False,
    days: int = 3650,
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> Party:
    """A certificate for `name`, by `issuer` or by itself, that begins at START."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(START + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
    )
    for value, critical in extensions:
        builder = builder.add_extension(value, critical)
    return Party(builder.sign(issuer.key if issuer else key, SHA256()), key)


@cache
def authority() -> Party:
    """The root."""
    return made("Example Root", ca=True)


@cache
def signer() -> Party:
    """Who signs packages."""
    return made("Example Labs", authority(), extensions=((usage(digital_signature=True), True),))


@cache
def rsa_signer() -> Party:
    """The same with an RSA key."""
    return made("Example Labs RSA", authority(), rsa.generate_private_key(65537, 2048))


@cache
def cardholder() -> Party:
    """A derived authentication certificate with everything that names a person."""
    names = x509.SubjectAlternativeName(
        [
            x509.RFC822Name(MAIL),
            x509.UniformResourceIdentifier(f"urn:uuid:{PERSON_UUID}"),
            x509.OtherName(x509.ObjectIdentifier(oids.PIV_FASC_N), b"\x04\x19" + FASC_N),
            x509.OtherName(x509.ObjectIdentifier(oids.MS_UPN), b"\x0c" + bytes([len(MAIL)]) + MAIL.encode()),
        ]
    )
    return made(NAME, authority(), extensions=((names, False),))


@cache
def signed_mail() -> bytes:
    """A message that the cardholder signed."""
    text = f"Dear colleague,\n\nthe boxes are on their way.\n\n{NAME}\n".encode()
    signature = (
        pkcs7.PKCS7SignatureBuilder().set_data(text).add_signer(cardholder().certificate, cardholder().key, SHA256())
    )
    signed = signature.sign(Encoding.SMIME, [pkcs7.PKCS7Options.DetachedSignature])
    return f"From: {NAME} <{MAIL}>\nTo: colleague@agency.example\nSubject: For {NAME}\n".encode() + signed


def usage(**granted: bool) -> x509.KeyUsage:
    """A key usage with just these bits."""
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: granted.get(name, False) for name in names})
