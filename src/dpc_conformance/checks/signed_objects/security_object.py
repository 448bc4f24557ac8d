"""The Security Object of a card or token against the objects it vouches for (SP 800-73-5 part 1 §3.1.7)."""

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Final

from dpc_conformance.checks.finding import CannotTell, Finding, unexpected
from dpc_conformance.checks.signature import HASH_NAMES
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.security_object import MAPPING, SIGNED_OBJECT, LdsSecurityObject, SecurityObject
from dpc_conformance.formats.signed_data import SignedData

LDS_SECURITY_OBJECT: Final = frozenset({"1.3.27.1.1.1", "2.23.136.1.1.1"})
"""The content type under the two arcs that ICAO used for it."""
FIELDS: Final = {0: (3,), 1: (3, 4)}
"""How many fields an LDSSecurityObject has by its version: only version 1 may name those of LDS and Unicode."""
END: Final = b"\xfe"
ENTRY: Final = 3


class HashInput(Enum):
    """Which bytes of a data object were hashed: real cards and tools do not agree."""

    INSIDE = "what stands inside its outer tag"
    WHOLE = "the whole data object with its outer tag"


@dataclass(frozen=True)
class ReadSecurityObject:
    """A Security Object with its CMS message and the hashes in it.

    `listed` counts the hashes, repeated ones too, `fields` those of the LDSSecurityObject.
    """

    security: SecurityObject
    message: SignedData
    hashes: LdsSecurityObject
    listed: int
    fields: int

    def groups_of(self, container_id: int) -> tuple[int, ...]:
        """The data groups that the mapping gives to that container."""
        return tuple(group for group, known in self.security.mapping.items() if known == container_id)


def read_from(reading: CardReading) -> ReadSecurityObject | None:
    """The Security Object that was read; None when there is none. Raises Malformed."""
    content = reading.content(containers.SECURITY_OBJECT)
    if content is None:
        return None
    security = SecurityObject.from_bytes(content)
    message = SignedData.from_bytes(security.signed_object)
    if message.content is None:
        raise Malformed("the signed object of the Security Object carries no hashes")
    hashes = LdsSecurityObject.from_bytes(message.content)
    fields = Tlv.from_bytes(message.content).children()
    return ReadSecurityObject(security, message, hashes, len(fields[2].children()), len(fields))


def hash_input(hashes: LdsSecurityObject, group: int, data: bytes) -> HashInput | CannotTell | None:
    """Which form of a data object hashes to the value of that data group; None when neither does.

    `data` is the data object with its outer tag. Raises Malformed when it is none.
    """
    name = HASH_NAMES.get(hashes.algorithm)
    if name is None:
        return CannotTell(f"hash algorithm {hashes.algorithm} is not computed here")
    forms = {HashInput.INSIDE: Tlv.from_bytes(data).value, HashInput.WHOLE: data}
    wanted = hashes.values.get(group)
    for form, octets in forms.items():
        if hashlib.new(name, octets, usedforsecurity=False).digest() == wanted:
            return form
    return None


def structure(read: ReadSecurityObject) -> Finding | None:
    """Whether mapping, signed object and end stand there in that order, and data groups and hashes map one to one."""
    tags = [element.tag for element in read.security.elements]
    if tags != [MAPPING, SIGNED_OBJECT, END] or read.security.elements[-1].value:
        return unexpected("Security Object", "BA, BB and an empty FE", b" ".join(tags).hex(" ").upper())
    if read.message.content_type not in LDS_SECURITY_OBJECT:
        return unexpected("Security Object BB", "an LDSSecurityObject", read.message.content_type)
    if read.fields not in FIELDS.get(read.hashes.version, ()):
        found = f"version {read.hashes.version} with {read.fields} fields"
        return unexpected("LDSSecurityObject", "version 0 with three fields, or 1 with up to four", found)
    mapping = ber.require(read.security.elements, MAPPING, "the mapping of the Security Object")
    mapped = [mapping[at] for at in range(0, len(mapping), ENTRY)]
    if len(set(mapped)) != len(mapped):
        return unexpected("Security Object BA", "each data group once", mapped)
    if set(mapped) != set(read.hashes.values) or read.listed != len(mapped):
        where = "data groups of Security Object BA and DataGroupHash"
        return unexpected(where, sorted(read.hashes.values), sorted(mapped))
    return None
