"""Distinguished names and general names, as read from DER (RFC 5280 4.1.2.4 and 4.2.1.6)."""

from collections.abc import Iterable
from itertools import chain
from typing import Final, NamedTuple

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_strings import text
from dpc_conformance.formats.der_values import oid_of
from dpc_conformance.formats.interned import Interned

OTHER_NAME: Final = 0
RFC822_NAME: Final = 1
DNS_NAME: Final = 2
DIRECTORY_NAME: Final = 4
URI: Final = 6
IP_ADDRESS: Final = 7
_CONSTRUCTED_KINDS: Final = frozenset({OTHER_NAME, 3, DIRECTORY_NAME, 5})
KINDS: Final = (
    "otherName",
    "rfc822Name",
    "dNSName",
    "x400Address",
    "directoryName",
    "ediPartyName",
    "URI",
    "iPAddress",
    "registeredID",
)


class Attribute(NamedTuple):
    """One attribute of a relative distinguished name: `tag` is its string type, `text` None when unreadable."""

    oid: str
    tag: int
    value: bytes
    text: str | None

    def __str__(self) -> str:
        label = oids.ATTRIBUTE_LABELS.get(self.oid, self.oid)
        return f"{label}={self.value.hex() if self.text is None else self.text}"


class Name(NamedTuple):
    """A distinguished name; `der` is its whole encoding, `defects` count offsets from its start."""

    der: bytes
    rdns: tuple[tuple[Attribute, ...], ...]
    defects: tuple[Defect, ...]

    def attributes(self) -> tuple[Attribute, ...]:
        """All attributes in order."""
        return tuple(chain.from_iterable(self.rdns))

    def texts(self, oid: str) -> tuple[str, ...]:
        """The readable values of one attribute type, in order."""
        return tuple(one.text for one in self.attributes() if one.oid == oid and one.text is not None)

    def __str__(self) -> str:
        return ", ".join("+".join(str(attribute) for attribute in rdn) for rdn in self.rdns) or "(empty)"


class GeneralName(NamedTuple):
    """One GeneralName: `kind` is its context tag number; `value` its contents, for otherName those inside [0].

    `text` is set for kinds that are IA5String, for directoryName, and for an otherName that holds a string.
    `string_tag` is the tag of an otherName's value, 0 for the other kinds.
    """

    kind: int
    value: bytes
    text: str | None = None
    type_oid: str = ""
    string_tag: int = 0

    def __str__(self) -> str:
        label = KINDS[self.kind] if self.kind < len(KINDS) else f"[{self.kind}]"
        return f"{label}{f' {self.type_oid}' if self.type_oid else ''} {self.text or self.value.hex()}"


class GeneralNames(tuple[GeneralName, ...]):
    """General names in order, with the texts that many rules ask for, found once.

    `uris` are the readable URIs in order; `uuids` those of URIs that begin with `urn:uuid:`, in lower case, without
    the prefix, however malformed.
    """

    uris: tuple[str, ...]
    uuids: tuple[str, ...]

    def __init__(self, names: Iterable[GeneralName] = ()) -> None:  # noqa: ARG002  taken by tuple.__new__
        self.uris = tuple([name.text for name in self if name.kind == URI and name.text is not None])
        self.uuids = tuple([uri[9:].lower() for uri in self.uris if uri[:9].lower() == "urn:uuid:"])


NO_NAMES: Final = GeneralNames()


def read_name(data: bytes) -> Name:
    """The name whose encoding `data` is. DerError when it cannot be read."""
    defects = der.survey(data)
    sequence = der.expect(data, 0, len(data), der.SEQUENCE, "a name", [])
    rdns = []
    if sequence.stop != len(data):
        raise der.DerError(sequence.stop, "something follows a name")
    for rdn in der.children(data, sequence.start, sequence.stop, []):
        if rdn.tag != der.SET:
            raise der.DerError(rdn.at, "a relative distinguished name is not a SET")
        attributes = tuple(_read_attribute(data, pair) for pair in der.children(data, rdn.start, rdn.stop, []))
        if not attributes or not all(attribute.value for attribute in attributes):
            defects.append(Defect(rdn.at, "a relative distinguished name or a value in it is empty"))
        rdns.append(attributes)
    return Name(data, tuple(rdns), tuple(defects))


def _read_attribute(data: bytes, pair: der.Element) -> Attribute:
    parts = tuple(der.children(data, pair.start, pair.stop, []))
    if pair.tag != der.SEQUENCE or len(parts) != 2:
        raise der.DerError(pair.at, "an attribute of a name is not a SEQUENCE of type and value")
    value = data[parts[1].start : parts[1].stop]
    return Attribute(oid_of(data, parts[0], "an attribute type"), parts[1].tag, value, text(parts[1].tag, value))


NAMES: Final = Interned(read_name)


def read_general_name(data: bytes, element: der.Element) -> GeneralName:
    """The GeneralName that `element` holds. DerError when it is none."""
    kind = element.tag & 0x1F
    form = der.CONTEXT | (der.CONSTRUCTED if kind in _CONSTRUCTED_KINDS else 0)
    if kind >= len(KINDS) or element.tag != form | kind:
        raise der.DerError(element.at, f"{der.tag_name(element.tag)} is no general name")
    value = data[element.start : element.stop]
    if kind == OTHER_NAME:
        return _read_other_name(data, element)
    if kind == DIRECTORY_NAME:
        return GeneralName(kind, value, str(NAMES.of(value)))
    if kind in (RFC822_NAME, DNS_NAME, URI):
        if not value.isascii():
            raise der.DerError(element.at, f"{KINDS[kind]} is no IA5String")
        return GeneralName(kind, value, value.decode("ascii"))
    return GeneralName(kind, value)


def _read_other_name(data: bytes, element: der.Element) -> GeneralName:
    parts = tuple(der.children(data, element.start, element.stop, []))
    if len(parts) != 2 or parts[1].tag != 0xA0:
        raise der.DerError(element.at, "an otherName is not a type and a value in [0]")
    held = der.read(data, parts[1].start, parts[1].stop, [])
    if held.stop != parts[1].stop:
        raise der.DerError(held.stop, "something follows the value of an otherName")
    value = data[held.start : held.stop]
    return GeneralName(OTHER_NAME, value, text(held.tag, value), oid_of(data, parts[0], "an otherName type"), held.tag)


def read_general_names(data: bytes, element: der.Element) -> tuple[GeneralName, ...]:
    """All GeneralNames that fill `element`."""
    return tuple(read_general_name(data, one) for one in der.children(data, element.start, element.stop, []))
