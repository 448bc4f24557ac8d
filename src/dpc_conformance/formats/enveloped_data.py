"""CMS EnvelopedData taken apart as far as its protection goes, without a key and without judging (RFC 5652 §6).

What AES-GCM protects is AuthEnvelopedData (RFC 5083 §2.1), which begins in the same way.
"""

from dataclasses import dataclass

from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.signed_data import oid_of, parts_of

ENVELOPED_DATA, AUTH_ENVELOPED_DATA = "1.2.840.113549.1.7.3", "1.2.840.113549.1.9.16.1.23"
KEY_TRANSPORT, KEY_AGREEMENT, OTHER = "key transport", "key agreement", "other"
_SEQUENCE, _SET = b"\x30", b"\x31"
UNCOMPRESSED = b"\x04"
_CONTEXT_0, _CONTEXT_1 = b"\xa0", b"\xa1"


@dataclass(frozen=True)
class Recipient:
    """One recipient: `kind` is one of the three above, `algorithm` how the content key is encrypted to it.

    Of a key agreement `wrap` is the OID of the key wrap (may be empty) and `bits` the length of a coordinate of the
    originator's point, 0 where it sent none; of a key transport `bits` is the length of the recipient's modulus.
    """

    kind: str
    algorithm: str = ""
    wrap: str = ""
    bits: int = 0


@dataclass(frozen=True)
class EnvelopedData:
    """Who can open it, and the OID of the cipher around the content."""

    recipients: tuple[Recipient, ...]
    cipher: str

    @classmethod
    def from_bytes(cls, data: bytes) -> "EnvelopedData":
        """Read a ContentInfo; Malformed when it is none, or holds something else than EnvelopedData."""
        outer = parts_of(Tlv.from_bytes(data), _SEQUENCE, "ContentInfo", 2)
        if oid_of(outer[0]) not in (ENVELOPED_DATA, AUTH_ENVELOPED_DATA):
            raise Malformed(f"expected EnvelopedData, found content type {oid_of(outer[0])}")
        fields = parts_of(parts_of(outer[1], _CONTEXT_0, "content", 1)[0], _SEQUENCE, "EnvelopedData", 3)
        rest = fields[2:] if fields[1].tag == _CONTEXT_0 else fields[1:]
        if len(rest) < 2:
            raise Malformed("EnvelopedData has no encrypted content")
        content = parts_of(rest[1], _SEQUENCE, "encryptedContentInfo", 2)
        recipients = parts_of(rest[0], _SET, "recipientInfos", 1)
        return cls(tuple(_recipient(each) for each in recipients), _algorithm(content[1])[0])


def _recipient(element: Tlv) -> Recipient:
    if element.tag == _SEQUENCE:
        fields = parts_of(element, _SEQUENCE, "KeyTransRecipientInfo", 4)
        return Recipient(KEY_TRANSPORT, _algorithm(fields[2])[0], bits=8 * len(fields[3].value))
    if element.tag != _CONTEXT_1:
        return Recipient(OTHER)
    fields = parts_of(element, _CONTEXT_1, "KeyAgreeRecipientInfo", 4)
    algorithm, parameters = _algorithm(fields[-2])
    wrap = _algorithm(parameters)[0] if parameters is not None and parameters.tag == _SEQUENCE else ""
    return Recipient(KEY_AGREEMENT, algorithm, wrap, _bits(parts_of(fields[1], _CONTEXT_0, "originator", 1)[0]))


def _bits(originator: Tlv) -> int:
    """The length of a coordinate: the curve itself may go unnamed (RFC 5753 §3.1.1), the point may not."""
    if originator.tag != _CONTEXT_1:
        return 0
    point = parts_of(originator, _CONTEXT_1, "originatorKey", 2)[1].value[1:]
    octets = (len(point) - 1) // 2 if point[:1] == UNCOMPRESSED else len(point) - 1
    return max(0, 8 * octets)


def _algorithm(element: Tlv) -> tuple[str, Tlv | None]:
    parts = parts_of(element, _SEQUENCE, "AlgorithmIdentifier", 1)
    return oid_of(parts[0]), parts[1] if len(parts) > 1 else None
