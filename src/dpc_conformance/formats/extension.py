"""One extension of a certificate or CRL (RFC 5280 4.2), its value decoded where the suite knows the type."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import oid_of
from dpc_conformance.formats.extension_decoders import DECODERS
from dpc_conformance.formats.interned import Interned

LONGEST_REPEATED: Final = 1024
TELLING_APART: Final = frozenset(
    {oids.SUBJECT_ALT_NAME, oids.SUBJECT_KEY_IDENTIFIER, oids.SUBJECT_DIRECTORY_ATTRIBUTES}
)
"""Extensions whose values differ from certificate to certificate, as do those of types that the suite does not know."""

GRANTING: Final = frozenset(
    {oids.KEY_USAGE, oids.EXTENDED_KEY_USAGE, oids.CERTIFICATE_POLICIES, oids.BASIC_CONSTRAINTS}
)
"""Extensions that say what a key is good for: a second one, which RFC 5280 4.2 forbids, may grant more."""


class Extension(NamedTuple):
    """`value` is what the OCTET STRING holds, `decoded` its meaning or None, `unreadable` why there is none.

    `flag` is the contents of the criticality as encoded, None when it is absent. Offsets in `defects` count from the
    start of the extension. `shape` is what it has in common with others of its kind: for those in `TELLING_APART` and
    of unknown types the type and criticality, for all others the whole encoding.
    """

    oid: str
    critical: bool
    flag: bytes | None
    value: bytes
    decoded: object
    unreadable: str
    defects: tuple[Defect, ...]
    shape: bytes

    @property
    def repeats(self) -> bool:
        """Whether its shape is the whole encoding."""
        return self.shape != shape_of(self.oid, self.flag)


def shape_of(oid: str, flag: bytes | None) -> bytes:
    """The shape of an extension that tells certificates apart. No encoding of an extension reads like it."""
    return f"type {oid} flag {'absent' if flag is None else flag.hex()}".encode()


def read_extension(data: bytes) -> Extension:
    """The extension whose encoding `data` is. DerError when it cannot be read; an unreadable value is a defect."""
    defects = der.survey(data)
    sequence = der.expect(data, 0, len(data), der.SEQUENCE, "an extension", [])
    parts = tuple(der.children(data, sequence.start, sequence.stop, []))
    if not 2 <= len(parts) <= 3 or parts[-1].tag != der.OCTET_STRING:
        raise der.DerError(0, "an extension is not an identifier, a criticality and an OCTET STRING")
    oid = oid_of(data, parts[0], "an extension identifier")
    flag = None
    if len(parts) == 3:
        if parts[1].tag != der.BOOLEAN:
            raise der.DerError(parts[1].at, "the criticality of an extension is not a BOOLEAN")
        flag = data[parts[1].start : parts[1].stop]
        if flag == b"\x00":
            defects.append(Defect(parts[1].at, "criticality FALSE is the default and must not be encoded"))
    start = parts[-1].start
    value = data[start : parts[-1].stop]
    decoded, unreadable = _decode(oid, value, start, defects)
    repeats = oid in DECODERS and oid not in TELLING_APART and len(data) <= LONGEST_REPEATED
    shape = data if repeats else shape_of(oid, flag)
    return Extension(oid, bool(flag and any(flag)), flag, value, decoded, unreadable, tuple(defects), shape)


def _decode(oid: str, value: bytes, start: int, defects: list[Defect]) -> tuple[object, str]:
    decoder = DECODERS.get(oid)
    if decoder is None:
        return None, ""
    noted: list[Defect] = []
    decoded, unreadable = None, ""
    try:
        noted += der.survey(value)
        decoded = decoder(value, noted)
        whole = der.read(value, 0, len(value), [])
        if whole.stop != len(value):
            noted.append(Defect(whole.stop, f"{len(value) - whole.stop} octets after the value of an extension"))
    except der.DerError as error:
        unreadable = error.reason
        noted.append(Defect(error.offset, f"extension {oid} cannot be read: {error.reason}"))
    except ValueError:
        unreadable = "the value is not of its type"
        noted.append(Defect(0, f"extension {oid} cannot be read: {unreadable}"))
    defects += [Defect(start + offset, reason) for offset, reason in noted]
    return decoded, unreadable


EXTENSIONS: Final = Interned(read_extension)


def read_extensions(data: bytes, sequence: der.Element, defects: list[Defect]) -> tuple[Extension, ...]:
    """The extensions that fill a SEQUENCE, their departures from DER added to `defects`. DerError when unreadable."""
    found = []
    for element in der.children(data, sequence.start, sequence.stop, defects):
        encoding = data[element.at : element.stop]
        try:
            extension = read_extension(encoding) if len(encoding) > LONGEST_REPEATED else EXTENSIONS.of(encoding)
        except der.DerError as error:
            raise der.DerError(element.at + error.offset, error.reason) from None
        if extension.defects:
            defects += [Defect(element.at + offset, reason) for offset, reason in extension.defects]
        found.append(extension)
    if not found:
        defects.append(Defect(sequence.at, "an empty list of extensions"))
    return tuple(found)


def by_oid(extensions: Iterable[Extension]) -> dict[str, Extension]:
    """The first extension of each OID; of those in `GRANTING` all are joined, so that none of them hides behind it."""
    found: dict[str, Extension] = {}
    for extension in extensions:
        known = found.setdefault(extension.oid, extension)
        if known is not extension and extension.oid in GRANTING:
            found[extension.oid] = _joined(known, extension)
    return found


def _joined(first: Extension, second: Extension) -> Extension:
    """The first with the value and the meaning of the second added; whether the subject is a CA says the first."""
    decoded, more = first.decoded, second.decoded
    if isinstance(decoded, frozenset) and isinstance(more, frozenset):
        decoded = decoded | more
    elif first.oid != oids.BASIC_CONSTRAINTS and isinstance(decoded, tuple) and isinstance(more, tuple):
        decoded = decoded + more
    whole = first.repeats and second.repeats
    shape = first.shape + second.shape if whole else shape_of(first.oid, first.flag)
    return first._replace(value=first.value + second.value, decoded=decoded, shape=shape)
