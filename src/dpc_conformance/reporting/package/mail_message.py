"""An e-mail message in the evidence, as far as a package has to know: who it is from, for whom, and who signed it."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from cryptography import x509
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates

SIGNATURE = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})


def heading_of(content: bytes) -> tuple[str, ...]:
    """Addresses, date and type of the message, a line for each; names and subject stay away."""
    message = message_from_bytes(content)
    return (
        *(f"{name}: {', '.join(_addresses(message, name))}" for name in ("From", "To")),
        f"Date: {message['Date'] or ''}",
        f"Content-Type: {message.get_content_type()}",
    )


def signers_of(content: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates beside the signature of a signed message (RFC 8551, 3.5.3); none in others."""
    found: list[x509.Certificate] = []
    for part in message_from_bytes(content).walk():
        signature = part.get_payload(decode=True) if part.get_content_type() in SIGNATURE else None
        if isinstance(signature, bytes):
            found += load_der_pkcs7_certificates(signature)
    return tuple(found)


def _addresses(message: Message, name: str) -> Iterator[str]:
    for _, address in getaddresses(list(map(str, message.get_all(name, [])))):
        yield address
