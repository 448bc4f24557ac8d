"""Certificates in PEM (RFC 7468 §5), taken out octet by octet: what is wrong with one the judge says."""

from asn1crypto import pem

CERTIFICATE = "CERTIFICATE"


def is_pem(content: bytes) -> bool:
    """Whether a PEM block begins in it."""
    return bool(pem.detect(content))


def certificates_in_pem(content: bytes) -> tuple[bytes, ...]:
    """The certificates (DER), without whatever else stands there. ValueError where there is none."""
    found = tuple(der for label, _, der in pem.unarmor(content, multiple=True) if label == CERTIFICATE)
    if not found:
        raise ValueError("expected a certificate in PEM")
    return found
