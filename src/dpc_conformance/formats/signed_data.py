"""CMS SignedData as it stands in CHUID, biometrics and Security Object, taken apart but not judged (RFC 5652 §5)."""

from dataclasses import dataclass

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv

SIGNED_DATA = "1.2.840.113549.1.7.2"
_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS = b"\x30", b"\x31", b"\x02", b"\x06", b"\x04"
_CONTEXT_0, _CONTEXT_1 = b"\xa0", b"\xa1"
_KEY_IDENTIFIER = b"\x80"
LONGEST_NUMBER = 128
"""Octets of an integer or object identifier: no signer, version or algorithm has a longer one."""


@dataclass(frozen=True)
class SignerInfo:
    """One signer. `attributes` maps the OID of each signed attribute to the DER of its values, one by one.

    The values of an attribute that stands there more than once are all there, so that nobody sees only one of them.
    """

    version: int
    issuer: bytes
    """DER of the issuer's name; empty when the signer is named by key identifier."""
    serial: int
    key_identifier: bytes
    """Of the signer's key; empty when the signer is named by issuer and serial number."""
    digest_algorithm: str
    attributes: dict[str, tuple[bytes, ...]]
    signed_attributes: bytes
    """What the signature covers: the attributes as a DER SET OF; empty when there are none."""
    signature_algorithm: str
    signature: bytes
    signature_parameters: bytes | None = None
    """DER of the parameters of `signature_algorithm`, None when absent."""


@dataclass(frozen=True)
class SignedData:
    """A SignedData. `content` is None when the signed bytes stand elsewhere."""

    version: int
    digest_algorithms: tuple[str, ...]
    content_type: str
    content: bytes | None
    certificates: tuple[bytes, ...]
    has_crls: bool
    signers: tuple[SignerInfo, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> "SignedData":
        """Read a ContentInfo; Malformed when it is none, or uses indefinite lengths."""
        outer = parts_of(Tlv.from_bytes(data), _SEQUENCE, "ContentInfo", 2)
        if oid_of(outer[0]) != SIGNED_DATA:
            raise Malformed(f"expected SignedData, found content type {oid_of(outer[0])}")
        fields = parts_of(parts_of(outer[1], _CONTEXT_0, "content", 1)[0], _SEQUENCE, "SignedData", 4)
        encapsulated = parts_of(fields[2], _SEQUENCE, "encapContentInfo", 1)
        optional = {field.tag: field for field in fields[3:-1]}
        certificates = optional.get(_CONTEXT_0)
        return cls(
            version=integer_of(fields[0]),
            digest_algorithms=tuple(_algorithm(each) for each in parts_of(fields[1], _SET, "digestAlgorithms", 0)),
            content_type=oid_of(encapsulated[0]),
            content=_content(encapsulated),
            certificates=tuple(bytes(each) for each in certificates.children()) if certificates else (),
            has_crls=_CONTEXT_1 in optional,
            signers=tuple(_signer(each) for each in parts_of(fields[-1], _SET, "signerInfos", 0)),
        )


def oid_text(value: bytes) -> str:
    """The content of an OBJECT IDENTIFIER as dotted numbers; raises Malformed."""
    if not value or value[-1] & 0x80:
        raise Malformed("an object identifier is cut off")
    if len(value) > LONGEST_NUMBER:
        raise Malformed(f"an object identifier of {len(value)} octets")
    numbers, number = [], 0
    for octet in value:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(str(each) for each in (first, numbers[0] - 40 * first, *numbers[1:]))


def parts_of(element: Tlv, tag: bytes, name: str, least: int) -> tuple[Tlv, ...]:
    """The elements inside `element`, `name` for the reader; Malformed for another tag or fewer than `least`."""
    if element.tag != tag:
        raise Malformed(f"{name}: expected tag {tag.hex().upper()}, found {element.tag.hex().upper()}")
    children = element.children()
    if len(children) < least:
        raise Malformed(f"{name} has {len(children)} elements, expected at least {least}")
    return children


def oid_of(element: Tlv) -> str:
    """An OBJECT IDENTIFIER as dotted numbers; raises Malformed."""
    if element.tag != _OID:
        raise Malformed(f"expected an object identifier, found tag {element.tag.hex().upper()}")
    return oid_text(element.value)


def integer_of(element: Tlv) -> int:
    """An INTEGER; raises Malformed."""
    if element.tag != _INTEGER or not element.value:
        raise Malformed(f"expected an integer, found tag {element.tag.hex().upper()}")
    if len(element.value) > LONGEST_NUMBER:
        raise Malformed(f"an integer of {len(element.value)} octets")
    return int.from_bytes(element.value, "big", signed=True)


def _algorithm(element: Tlv) -> str:
    return oid_of(parts_of(element, _SEQUENCE, "AlgorithmIdentifier", 1)[0])


def _parameters(element: Tlv) -> bytes | None:
    parts = parts_of(element, _SEQUENCE, "AlgorithmIdentifier", 1)
    return bytes(parts[1]) if len(parts) > 1 else None


def _content(encapsulated: tuple[Tlv, ...]) -> bytes | None:
    if len(encapsulated) < 2:
        return None
    held = parts_of(encapsulated[1], _CONTEXT_0, "eContent", 1)[0]
    if held.tag != _OCTETS:
        raise Malformed(f"eContent: expected an octet string, found tag {held.tag.hex().upper()}")
    return held.value


def _signer(element: Tlv) -> SignerInfo:
    fields = parts_of(element, _SEQUENCE, "SignerInfo", 5)
    issuer, serial = b"", 0
    if fields[1].tag == _SEQUENCE:
        name, number = parts_of(fields[1], _SEQUENCE, "issuerAndSerialNumber", 2)[:2]
        issuer, serial = bytes(name), integer_of(number)
    attributes = fields[3] if fields[3].tag == _CONTEXT_0 else None
    rest = fields[4:] if attributes else fields[3:]
    if len(rest) < 2 or rest[1].tag != _OCTETS:
        raise Malformed("SignerInfo has no signature")
    return SignerInfo(
        version=integer_of(fields[0]),
        issuer=issuer,
        serial=serial,
        key_identifier=fields[1].value if fields[1].tag == _KEY_IDENTIFIER else b"",
        digest_algorithm=_algorithm(fields[2]),
        attributes=_attributes(attributes.children()) if attributes else {},
        signed_attributes=ber.write(_SET, attributes.value) if attributes else b"",
        signature_algorithm=_algorithm(rest[0]),
        signature=rest[1].value,
        signature_parameters=_parameters(rest[0]),
    )


def _attributes(elements: tuple[Tlv, ...]) -> dict[str, tuple[bytes, ...]]:
    found: dict[str, tuple[bytes, ...]] = {}
    for element in elements:
        kind, values = parts_of(element, _SEQUENCE, "Attribute", 2)[:2]
        held = tuple(bytes(value) for value in parts_of(values, _SET, "attribute values", 0))
        found[oid_of(kind)] = found.get(oid_of(kind), ()) + held
    return found
