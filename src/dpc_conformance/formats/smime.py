"""S/MIME messages as they came, taken apart without judging (RFC 8551 §3; RFC 1847 §2.1 for what is signed)."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage

SIGNED, SIGNATURE, CMS = "multipart/signed", "application/pkcs7-signature", "application/pkcs7-mime"
DIGESTS = {
    "sha-256": "2.16.840.1.101.3.4.2.1",
    "sha-384": "2.16.840.1.101.3.4.2.2",
    "sha-512": "2.16.840.1.101.3.4.2.3",
}
"""What `micalg` may say (RFC 8551 §3.5.3.2), and the OID of the digest that it stands for."""
LINE_END = b"\r\n"


class NotSMime(ValueError):
    """The message is not of the kind that was asked for; the text says what was found."""


@dataclass(frozen=True)
class SignedMail:
    """A multipart/signed message. `content` is the signed entity octet by octet, `signature` the CMS object (DER).

    `sender` is the address in From; `micalg` and `protocol` are parameters, empty when absent.
    """

    sender: str
    content: bytes
    signature: bytes
    micalg: str
    protocol: str
    signature_type: str

    @classmethod
    def from_bytes(cls, message: bytes) -> "SignedMail":
        """Read a message with CRLF line ends, as SMTP carries it. Raises NotSMime."""
        read = _message(message)
        if read.get_content_type() != SIGNED:
            raise NotSMime(f"expected {SIGNED}, found {read.get_content_type()}")
        parts = _octets_of_parts(message, str(read.get_boundary("")))
        if len(parts) != 2:
            raise NotSMime(f"expected two parts between boundaries, found {len(parts)}")
        signature = _message(parts[1])
        return cls(
            sender=sender_of(read),
            content=parts[0],
            signature=_binary(signature),
            micalg=str(read.get_param("micalg", "")).lower(),
            protocol=str(read.get_param("protocol", "")).lower(),
            signature_type=signature.get_content_type(),
        )


@dataclass(frozen=True)
class EncryptedMail:
    """An application/pkcs7-mime message: its smime-type, empty when absent, and the CMS object (DER)."""

    sender: str
    kind: str
    cms: bytes

    @classmethod
    def from_bytes(cls, message: bytes) -> "EncryptedMail":
        """Read a message. Raises NotSMime."""
        read = _message(message)
        if read.get_content_type() != CMS:
            raise NotSMime(f"expected {CMS}, found {read.get_content_type()}")
        return cls(sender_of(read), str(read.get_param("smime-type", "")).lower(), _binary(read))


def sender_of(message: EmailMessage) -> str:
    """The address in From; empty without one."""
    addresses = getattr(message["From"], "addresses", ())
    return str(addresses[0].addr_spec) if addresses else ""


def _message(octets: bytes) -> EmailMessage:
    return email.message_from_bytes(octets, policy=email.policy.SMTP)


def _octets_of_parts(message: bytes, boundary: str) -> list[bytes]:
    """What stands between the boundaries; the line end before a boundary belongs to the boundary."""
    if not boundary:
        return []
    delimiter = LINE_END + b"--" + re.escape(boundary.encode()) + rb"(?:--)?[ \t]*(?=\r\n|\Z)"
    _, *parts = re.split(delimiter, message)
    return [part.removeprefix(LINE_END) for part in parts[:-1]]


def _binary(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        raise NotSMime("expected a CMS object, found nothing")
    return content
