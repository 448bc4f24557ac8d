"""What a list of certificates says of each: subject, issuer, serial, validity, key."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from dpc_conformance.formats.unreadable import UNREADABLE


@dataclass(frozen=True)
class CertificateSummary:
    """`serial` is hexadecimal; `not_before` and `not_after` are in UTC; `key` and `signature` are names."""

    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    key: str
    signature: str


def summarise(der: bytes) -> CertificateSummary | None:
    """The summary of a certificate; None for bytes that are none, or cannot be read."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        return CertificateSummary(
            subject=certificate.subject.rfc4514_string(),
            issuer=certificate.issuer.rfc4514_string(),
            serial=f"{certificate.serial_number:x}",
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            key=key_name(certificate),
            signature=certificate.signature_algorithm_oid._name,
        )
    except UNREADABLE:
        return None


def key_name(certificate: x509.Certificate) -> str:
    """The certificate's key in words. ValueError when it cannot be read."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA, {key.key_size} bits, exponent {key.public_numbers().e}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC, {key.curve.name}"
    return type(key).__name__
