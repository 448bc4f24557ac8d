"""What the contents of DER elements mean: object identifiers, fields, integers, bit strings and time."""

import re
from datetime import UTC, datetime
from typing import Final

from dpc_conformance.formats import der

_KNOWN_OIDS: dict[bytes, str] = {}
_CLEAN_OIDS: dict[bytes, str] = {}
_KNOWN_OIDS_LIMIT: Final = 4096
_UTC_TIME: Final = re.compile(rb"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?")
_GENERALIZED_TIME: Final = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d{4})?")


def oid(contents: bytes) -> str:
    """Dotted text of an OBJECT IDENTIFIER's contents; ValueError when they end within an arc or are overlong."""
    known = _KNOWN_OIDS.get(contents)
    if known is not None:
        return known
    if not contents or contents[-1] & 0x80 or len(contents) > der.MAXIMUM_OID_OCTETS:
        raise ValueError("not an OBJECT IDENTIFIER")
    arcs, value = [], 0
    for octet in contents:
        value = value << 7 | octet & 0x7F
        if octet < 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    text = ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:]))
    if len(_KNOWN_OIDS) < _KNOWN_OIDS_LIMIT:
        _KNOWN_OIDS[contents] = text
    return text


def clean_oid(contents: bytes) -> str:
    """As `oid`; ValueError also when an arc is not in its shortest form."""
    known = _CLEAN_OIDS.get(contents)
    if known is None:
        if der.oid_defect(contents):
            raise ValueError("not an OBJECT IDENTIFIER in DER")
        known = oid(contents)
        if len(_CLEAN_OIDS) < _KNOWN_OIDS_LIMIT:
            _CLEAN_OIDS[contents] = known
    return known


def oid_of(data: bytes, element: der.Element, what: str) -> str:
    """The OBJECT IDENTIFIER in `element`; DerError when it is something else."""
    der.require(element, der.OBJECT_IDENTIFIER, what)
    try:
        return oid(data[element.start : element.stop])
    except ValueError:
        raise der.DerError(element.at, f"{what} is not a readable OBJECT IDENTIFIER") from None


def members(data: bytes, element: der.Element, what: str) -> tuple[der.Element, ...]:
    """The elements that fill a SEQUENCE, of which `what` is the name. DerError when `element` is something else."""
    der.require(element, der.SEQUENCE, what)
    return tuple(der.children(data, element.start, element.stop, []))


def optional_fields(data: bytes, element: der.Element, tags: tuple[int, ...], what: str) -> dict[int, der.Element]:
    """The fields of a SEQUENCE by their tags, of which each may stand once and in this order. DerError otherwise."""
    found, left = dict[int, der.Element](), tags
    for field in members(data, element, what):
        if field.tag not in left:
            raise der.DerError(field.at, f"{der.tag_name(field.tag)} has no place in {what}")
        found[field.tag], left = field, left[left.index(field.tag) + 1 :]
    return found


def integer(contents: bytes) -> int:
    """Two's complement value; ValueError when there are no contents."""
    if not contents:
        raise ValueError("an INTEGER without contents")
    return int.from_bytes(contents, "big", signed=True)


def named_bits(contents: bytes) -> frozenset[int]:
    """Numbers of the bits that are set in a BIT STRING's contents, bit 0 being the first (X.680 22)."""
    return frozenset(
        8 * place + bit for place, octet in enumerate(contents[1:]) for bit in range(8) if octet & 0x80 >> bit
    )


def moment(tag: int, contents: bytes) -> datetime | None:
    """The moment a UTCTime or GeneralizedTime means, generously read; None when it means none.

    Generous on purpose: seconds may be missing and an offset may stand for Z, so that the other rules on dates can
    still be judged while the one on the form fails.
    """
    if tag == der.UTC_TIME:
        match = _UTC_TIME.fullmatch(contents)
    elif tag == der.GENERALIZED_TIME:
        match = _GENERALIZED_TIME.fullmatch(contents)
    else:
        return None
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    number = int(year)
    if tag == der.UTC_TIME:
        number += 1900 if number >= 50 else 2000
    try:
        read = datetime(number, int(month), int(day), int(hour), int(minute or 0), int(second or 0), tzinfo=UTC)
        if zone is not None and zone != b"Z":
            read = datetime.strptime(f"{read:%Y%m%d%H%M%S}{zone.decode()}", "%Y%m%d%H%M%S%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return read
