"""The data objects of a PIV Card as the issuer reads them; it shares no decoder with the judge or with the card."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from asn1crypto import algos, core

from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.signed_objects import SignedObject, parsed
from dpc_conformance.roles.reasons import Reason

FASC_N, GUID, EXPIRATION, SIGNATURE, ERROR_DETECTION = 0x30, 0x34, 0x35, 0x3E, 0xFE
MAPPING, SIGNED_HASHES = 0xBA, 0xBB
CERTIFICATE, CERTIFICATE_INFO = 0x70, 0x71
PLAIN, COMPRESSED = b"\x00", b"\x01"
GZIP, LARGEST_CERTIFICATE = 31, 1 << 16
SHORT, LONGEST_LENGTH = 0x80, 4


@dataclass(frozen=True)
class Element:
    """A simple TLV of a container; `whole` is it with tag and length."""

    tag: int
    value: bytes
    whole: bytes


def elements(content: bytes) -> tuple[Element, ...]:
    """The TLVs with one-byte tags in a container's content. ValueError when they are cut off or not well-formed."""
    found, at = [], 0
    while at < len(content):
        start, at = at, at + 2
        length = content[start + 1] if at <= len(content) else SHORT
        if length >= SHORT:
            octets = length - SHORT
            if not 0 < octets <= LONGEST_LENGTH:
                raise ValueError(f"no length after tag {content[start]:02X}")
            length, at = int.from_bytes(content[at : at + octets], "big"), at + octets
        if at + length > len(content):
            raise ValueError(f"the element with tag {content[start]:02X} is cut off")
        found.append(Element(content[start], content[at : at + length], content[start : at + length]))
        at += length
    return tuple(found)


def value_of(tag: int, content: bytes) -> bytes:
    """The value of the only element with that tag. ValueError when there is none, or more than one."""
    values = [element.value for element in elements(content) if element.tag == tag]
    if len(values) != 1:
        raise ValueError(f"expected one element with tag {tag:02X}, found {len(values)}")
    return values[0]


def certificate_in(content: bytes) -> bytes:
    """The certificate (DER) in a certificate container, unpacked if need be. ValueError for anything else."""
    certificate, info = value_of(CERTIFICATE, content), value_of(CERTIFICATE_INFO, content)
    if info not in (PLAIN, COMPRESSED):
        raise ValueError(f"CertInfo {info.hex().upper()} is not known")
    if info == PLAIN:
        return certificate
    try:
        return zlib.decompressobj(GZIP).decompress(certificate, LARGEST_CERTIFICATE)
    except zlib.error:
        raise ValueError("the compressed certificate cannot be unpacked") from None


def inside(content: bytes) -> bytes:
    """What stands inside an object with a tag of its own: Discovery (7E), BIT group template (7F61). ValueError."""
    head = 1 if content[:1] == b"\x7f" else 0
    [only] = elements(content[head:])
    return only.value


@dataclass(frozen=True)
class CardData:
    """What a workstation read: by container what stands inside 53; Discovery and the BIT group template whole."""

    contents: Mapping[Container, bytes] = field(repr=False)

    def require(self, container: Container) -> bytes:
        """That container's content. Refused when the workstation did not send it, or sent it empty."""
        if not (content := self.contents.get(container)):
            raise Refused(Refusal(Reason.CARD_DATA_MISSING, f"the workstation sent no {container.name}"))
        return content


@dataclass(frozen=True)
class Chuid:
    """The content of container 3000 (SP 800-73-5 part 1 §3.1.2). Every attribute raises ValueError when wrong."""

    content: bytes

    @property
    def fasc_n(self) -> bytes:
        """Tag 30."""
        return value_of(FASC_N, self.content)

    @property
    def guid(self) -> UUID:
        """Tag 34, the Card UUID."""
        return UUID(bytes=value_of(GUID, self.content))

    @property
    def last_day(self) -> date:
        """Tag 35."""
        text = value_of(EXPIRATION, self.content)
        if len(text) != 8 or not text.isdigit():
            raise ValueError("the expiration date is not YYYYMMDD")
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))

    @property
    def signature(self) -> SignedObject:
        """Tag 3E."""
        return SignedObject.from_bytes(value_of(SIGNATURE, self.content))

    def covered(self) -> tuple[bytes, ...]:
        """What the signature may cover: everything but itself, with or without the error detection code.

        §3.1.2.1 says the former; cards whose issuers signed the fields up to tag 36 only are in use.
        """
        rest = [element for element in elements(self.content) if element.tag != SIGNATURE]
        fields = [element for element in rest if element.tag != ERROR_DETECTION]
        return b"".join(element.whole for element in rest), b"".join(element.whole for element in fields)


class _Hash(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields = [("group", core.Integer), ("value", core.OctetString)]


class _Hashes(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Hash


class _LdsSecurityObject(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("version", core.Integer),
        ("algorithm", algos.DigestAlgorithm),
        ("hashes", _Hashes),
        ("lds_version", core.Any, {"optional": True}),
    ]


@dataclass(frozen=True)
class SecurityObject:
    """The content of container 9000 (§3.1.7). Every attribute raises ValueError when wrong."""

    content: bytes

    @cached_property
    def signed(self) -> SignedObject:
        """Tag BB."""
        return SignedObject.from_bytes(value_of(SIGNED_HASHES, self.content))

    def listed(self) -> dict[int, bytes]:
        """The hash of each listed container, by its two-byte id."""
        mapping, values = value_of(MAPPING, self.content), self.hashes[1]
        if len(mapping) % 3:
            raise ValueError("the mapping is not made of three-byte entries")
        entries = [mapping[at : at + 3] for at in range(0, len(mapping), 3)]
        if missing := [entry.hex().upper() for entry in entries if entry[0] not in values]:
            raise ValueError(f"no hash for the entries {', '.join(missing)} of the mapping")
        return {int.from_bytes(entry[1:], "big"): values[entry[0]] for entry in entries}

    @cached_property
    def hashes(self) -> tuple[str, dict[int, bytes]]:
        """The hash function, as hashlib names it, and the hashes by data group."""
        return parsed(self._hashes)

    def _hashes(self) -> tuple[str, dict[int, bytes]]:
        lds = _LdsSecurityObject.load(self.signed.content or b"", strict=True)
        values = {each["group"].native: each["value"].native for each in lds["hashes"]}
        if len(values) != len(lds["hashes"]):
            raise ValueError("a data group has two hashes")
        return lds["algorithm"]["algorithm"].native, values
