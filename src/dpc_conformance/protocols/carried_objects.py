"""The object of a PKI that an HTTP body carries: a request, a certificate, a CRL, an OCSP response, CMS."""

import base64
import binascii
from email import message_from_bytes

SINGLE = frozenset(
    {
        "application/pkcs10",
        "application/pkix-cert",
        "application/x-x509-ca-cert",
        "application/pkix-crl",
        "application/pkcs7-mime",
        "application/csrattrs",
        "application/ocsp-request",
        "application/ocsp-response",
        "application/pkixcmp",
        "application/x-pki-message",
    }
)
"""Media types of bodies that are one object, in DER or in base64 (RFC 2585, 5967, 6712, 6960, 7030, 8894)."""
GENERATED_KEY = "server-generated-key"
"""What the envelope of a key is called that the issuer made; the record of the key keeps it where it is one."""


def object_in(body: bytes, content_type: str) -> bytes:
    """DER of the object in a body; empty for a body without one, and for a key."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/mixed":
        return _certificates_part(body, content_type)
    if kind not in SINGLE or GENERATED_KEY in content_type.lower():
        return b""
    return _der(body)


def _certificates_part(body: bytes, content_type: str) -> bytes:
    message = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body)
    for part in message.walk():
        if part.get_content_type() == "application/pkcs7-mime" and GENERATED_KEY not in part["Content-Type"].lower():
            payload = part.get_payload(decode=True)
            return _der(payload) if isinstance(payload, bytes) else b""
    return b""


def _der(body: bytes) -> bytes:
    if body.startswith(b"\x30"):
        return body
    try:
        decoded = base64.b64decode(body)
    except binascii.Error:
        return b""
    return decoded if decoded.startswith(b"\x30") else b""
