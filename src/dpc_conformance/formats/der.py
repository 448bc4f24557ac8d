"""A strict reader of DER (ITU-T X.690 clauses 8, 10 and 11): reads, and notes every departure with its offset."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from dpc_conformance.formats.der_strings import has_only_its_characters

BOOLEAN: Final = 0x01
INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
NULL: Final = 0x05
OBJECT_IDENTIFIER: Final = 0x06
ENUMERATED: Final = 0x0A
UTF8_STRING: Final = 0x0C
NUMERIC_STRING: Final = 0x12
PRINTABLE_STRING: Final = 0x13
TELETEX_STRING: Final = 0x14
IA5_STRING: Final = 0x16
UTC_TIME: Final = 0x17
GENERALIZED_TIME: Final = 0x18
UNIVERSAL_STRING: Final = 0x1C
BMP_STRING: Final = 0x1E
SEQUENCE: Final = 0x30
SET: Final = 0x31

CONSTRUCTED: Final = 0x20
CONTEXT: Final = 0x80
MAXIMUM_DEPTH: Final = 32
"""How deep a structure may nest: no PKIX structure comes near it, and a hostile one gets no further."""
MAXIMUM_OID_OCTETS: Final = 64
MAXIMUM_LENGTH_OCTETS: Final = 4

TAG_NAMES: Final = {
    BOOLEAN: "BOOLEAN",
    INTEGER: "INTEGER",
    BIT_STRING: "BIT STRING",
    OCTET_STRING: "OCTET STRING",
    NULL: "NULL",
    OBJECT_IDENTIFIER: "OBJECT IDENTIFIER",
    ENUMERATED: "ENUMERATED",
    UTF8_STRING: "UTF8String",
    NUMERIC_STRING: "NumericString",
    PRINTABLE_STRING: "PrintableString",
    TELETEX_STRING: "TeletexString",
    IA5_STRING: "IA5String",
    UTC_TIME: "UTCTime",
    GENERALIZED_TIME: "GeneralizedTime",
    UNIVERSAL_STRING: "UniversalString",
    BMP_STRING: "BMPString",
    SEQUENCE: "SEQUENCE",
    SET: "SET",
}


class DerError(ValueError):
    """The bytes cannot be read on: `offset` counts octets from the start of the input, `reason` is a sentence."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(f"offset {offset}: {reason}")
        self.offset = offset
        self.reason = reason


class Defect(NamedTuple):
    """A departure from DER that does not stop the reading."""

    offset: int
    reason: str


class Element(NamedTuple):
    """One tag-length-value: `at` is where its tag stands, `start` and `stop` delimit its contents."""

    tag: int
    at: int
    start: int
    stop: int


def tag_name(tag: int) -> str:
    """`SEQUENCE`, `[3]`: how a person calls a tag octet."""
    if tag >= CONTEXT:
        return f"[{tag & 0x1F}]"
    return TAG_NAMES.get(tag, f"tag {tag:02X}")


def read(data: bytes, at: int, end: int, defects: list[Defect]) -> Element:
    """The element whose tag stands at `at` and that must end by `end`. DerError when it does not."""
    if at + 2 > end:
        raise DerError(at, "the input ends where an element should begin")
    tag = data[at]
    if tag & 0x1F == 0x1F:
        raise DerError(at, "a tag number above 30 has no place in a PKIX structure")
    length = data[at + 1]
    start = at + 2
    if length >= 0x80:
        count = length & 0x7F
        if count == 0:
            raise DerError(at + 1, "indefinite length is not DER (X.690 10.1)")
        if count > MAXIMUM_LENGTH_OCTETS:
            raise DerError(at + 1, f"a length of {count} octets is beyond any input read here")
        start += count
        if start > end:
            raise DerError(at + 1, "the input ends within a length")
        length = int.from_bytes(data[at + 2 : start], "big")
        if length < 0x80 or length < 1 << (8 * (count - 1)):
            defects.append(Defect(at + 1, f"the length {length} takes more octets than needed (X.690 10.1)"))
    stop = start + length
    if stop > end:
        raise DerError(at, f"{tag_name(tag)} of {length} octets runs {stop - end} octets past its surroundings")
    return Element(tag, at, start, stop)


def children(data: bytes, start: int, stop: int, defects: list[Defect]) -> Iterator[Element]:
    """The elements that fill `start`..`stop`, one after the other."""
    at = start
    while at < stop:
        element = read(data, at, stop, defects)
        yield element
        at = element.stop


def require(element: Element, tag: int, what: str) -> None:
    """DerError when the element does not carry `tag`; `what` names it there."""
    if element.tag != tag:
        raise DerError(element.at, f"{what} is {tag_name(element.tag)}, not {tag_name(tag)}")


def expect(data: bytes, at: int, end: int, tag: int, what: str, defects: list[Defect]) -> Element:
    """The element at `at`, which must carry `tag`; `what` names it in the DerError."""
    element = read(data, at, end, defects)
    require(element, tag, what)
    return element


def survey(data: bytes, start: int = 0, stop: int | None = None) -> list[Defect]:
    """Every departure from DER in the elements that fill `start`..`stop`. DerError when they cannot be read."""
    defects: list[Defect] = []
    pending = [(start, len(data) if stop is None else stop, 0)]
    while pending:
        begin, end, depth = pending.pop()
        if depth > MAXIMUM_DEPTH:
            raise DerError(begin, f"nested more than {MAXIMUM_DEPTH} deep")
        at = begin
        while at < end:
            element = read(data, at, end, defects)
            tag = element.tag
            if tag & CONSTRUCTED:
                pending.append((element.start, element.stop, depth + 1))
                if tag == SET:
                    _note_set_order(data, element, defects)
                elif tag < 0x40 and tag != SEQUENCE:
                    defects.append(Defect(element.at, f"constructed {tag_name(tag & ~CONSTRUCTED)} (X.690 10.2)"))
            elif tag < 0x20:
                note_primitive(data, element, defects)
            at = element.stop
    return defects


def note_primitive(data: bytes, element: Element, defects: list[Defect]) -> None:
    """Add what is not DER in the contents of a universal primitive element."""
    reason = _primitive_defect(data, element)
    if reason:
        defects.append(Defect(element.at, reason))


def _primitive_defect(data: bytes, element: Element) -> str:
    tag, _, start, stop = element
    length = stop - start
    if tag in (INTEGER, ENUMERATED):
        if length == 0:
            return "an INTEGER without contents (X.690 8.3.1)"
        if length > 1 and (data[start] == 0) == (data[start + 1] < 0x80) and data[start] in (0, 0xFF):
            return "an INTEGER that is not minimal (X.690 8.3.2)"
    elif tag == BOOLEAN:
        if length != 1 or data[start] not in (0x00, 0xFF):
            return "a BOOLEAN that is neither 00 nor FF (X.690 11.1)"
    elif tag == BIT_STRING:
        if length == 0 or data[start] > 7 or (length == 1 and data[start]):
            return "a BIT STRING with a wrong count of unused bits (X.690 8.6.2)"
        if data[start] and data[stop - 1] & ((1 << data[start]) - 1):
            return "a BIT STRING whose unused bits are not zero (X.690 11.2.1)"
    elif tag == NULL:
        if length:
            return "a NULL with contents (X.690 8.8.2)"
    elif tag == OBJECT_IDENTIFIER:
        return oid_defect(data[start:stop])
    elif tag in (SEQUENCE & ~CONSTRUCTED, SET & ~CONSTRUCTED):
        return "a SEQUENCE or SET that is not constructed (X.690 8.9.1)"
    elif tag == 0:
        return "an end-of-contents marker (X.690 8.1.5)"
    elif not has_only_its_characters(tag, data[start:stop]):
        return f"a {tag_name(tag)} with octets that are no characters of it (X.680 41)"
    return ""


def oid_defect(contents: bytes) -> str:
    """What is not DER in the contents of an OBJECT IDENTIFIER; empty when nothing is."""
    if not contents or contents[-1] & 0x80:
        return "an OBJECT IDENTIFIER that ends within an arc (X.690 8.19.2)"
    if len(contents) > MAXIMUM_OID_OCTETS:
        return "an OBJECT IDENTIFIER longer than any in use"
    begins = True
    for octet in contents:
        if begins and octet == 0x80:
            return "an OBJECT IDENTIFIER whose arc is not minimal (X.690 8.19.2)"
        begins = octet < 0x80
    return ""


def _note_set_order(data: bytes, element: Element, defects: list[Defect]) -> None:
    members = [data[child.at : child.stop] for child in children(data, element.start, element.stop, [])]
    if any(later < earlier for earlier, later in zip(members, members[1:], strict=False)):
        defects.append(Defect(element.at, "a SET whose members are not in order (X.690 11.6)"))
