"""Extensions in their commonest form: what a CA repeats is known, what tells certificates apart is read fast."""

from typing import Final

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der_strings import text_of_its_characters
from dpc_conformance.formats.der_values import clean_oid
from dpc_conformance.formats.extension import EXTENSIONS, LONGEST_REPEATED, Extension, read_extension, shape_of
from dpc_conformance.formats.names import DNS_NAME, OTHER_NAME, RFC822_NAME, URI, GeneralName, GeneralNames
from dpc_conformance.formats.quick_parts import Unusual, body

_ALTERNATIVE_NAMES: Final = b"\x06\x03\x55\x1d\x11\x04"
_KEY_IDENTIFIER: Final = b"\x06\x03\x55\x1d\x0e\x04"
_TEXTS: Final = frozenset({0x80 | RFC822_NAME, 0x80 | DNS_NAME, 0x80 | URI})
_HELD: Final = frozenset({der.UTF8_STRING, der.IA5_STRING, der.PRINTABLE_STRING, der.OCTET_STRING})
_NAMES_SHAPE: Final = shape_of(oids.SUBJECT_ALT_NAME, None)
_IDENTIFIER_SHAPE: Final = shape_of(oids.SUBJECT_KEY_IDENTIFIER, None)


def quick_extensions(data: bytes, start: int, stop: int) -> tuple[Extension, ...]:
    """The extensions between `start` and `stop`, none of which has a defect. Unusual otherwise."""
    found = []
    known = EXTENSIONS.known
    while start < stop:
        length = data[start + 1]
        end = start + 2 + length if length < 0x80 else body(data, start, der.SEQUENCE)[1]
        encoding = data[start:end]
        extension = known.get(encoding) or _quick_extension(encoding)
        if extension.defects:
            raise Unusual
        found.append(extension)
        start = end
    if start != stop or not found:
        raise Unusual
    return tuple(found)


def _quick_extension(encoding: bytes) -> Extension:
    start, stop = body(encoding, 0, der.SEQUENCE)
    kind = encoding[start : start + 6]
    if kind not in (_ALTERNATIVE_NAMES, _KEY_IDENTIFIER):
        return read_extension(encoding) if len(encoding) > LONGEST_REPEATED else EXTENSIONS.of(encoding)
    start, last = body(encoding, start + 5, der.OCTET_STRING)
    if stop != last or stop != len(encoding):
        raise Unusual
    value = encoding[start:]
    if kind == _KEY_IDENTIFIER:
        held, end = body(value, 0, der.OCTET_STRING)
        if end != len(value):
            raise Unusual
        return Extension(oids.SUBJECT_KEY_IDENTIFIER, False, None, value, value[held:], "", (), _IDENTIFIER_SHAPE)
    return Extension(oids.SUBJECT_ALT_NAME, False, None, value, _names(value), "", (), _NAMES_SHAPE)


def _names(value: bytes) -> GeneralNames:
    at, stop = body(value, 0, der.SEQUENCE)
    names = []
    while at < stop:
        tag = value[at]
        start, at = body(value, at, tag)
        contents = value[start:at]
        if tag in _TEXTS and contents.isascii():
            names.append(GeneralName(tag & 0x1F, contents, contents.decode("ascii")))
        elif tag == 0xA0:
            names.append(_other_name(contents))
        else:
            raise Unusual
    if at != stop or stop != len(value) or not names:
        raise Unusual
    return GeneralNames(names)


def _other_name(contents: bytes) -> GeneralName:
    start, end = body(contents, 0, der.OBJECT_IDENTIFIER)
    kind = clean_oid(contents[start:end])
    start, end = body(contents, end, 0xA0)
    tag = contents[start]
    held, last = body(contents, start, tag)
    if tag not in _HELD or last != end or end != len(contents):
        raise Unusual
    value = contents[held:]
    read = text_of_its_characters(tag, value)
    if read is None and tag != der.OCTET_STRING:
        raise Unusual
    return GeneralName(OTHER_NAME, value, read, kind, tag)
