"""BER-TLV as PIV Cards use it: read into values, written back byte for byte (ISO/IEC 7816-4 §5.2.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_TAG = 4
LONGEST_LENGTH = 4


class Malformed(ValueError):
    """Bytes that are not what they should be: `reason` says why, `offset` where (bytes from the start)."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(f"{reason} (at byte {offset})")
        self.reason, self.offset = reason, offset


@dataclass(frozen=True)
class Tlv:
    """One data object. `length_octets` is 0 for the shortest length form, else how many octets the length took."""

    tag: bytes
    value: bytes
    length_octets: int = 0

    @classmethod
    def from_bytes(cls, data: bytes) -> "Tlv":
        """The only data object in `data`; raises Malformed when there is none, or more behind it."""
        objects = read_all(data)
        if len(objects) != 1:
            raise Malformed(f"expected one data object, found {len(objects)}")
        return objects[0]

    def __bytes__(self) -> bytes:
        return self.tag + _length(len(self.value), self.length_octets) + self.value

    @property
    def constructed(self) -> bool:
        """Whether the tag says that the value is made of data objects itself."""
        return bool(self.tag[0] & 0x20)

    def children(self) -> tuple["Tlv", ...]:
        """The data objects in the value, one level deep; raises Malformed, offsets counted within the value."""
        return read_all(self.value)


def write(tag: bytes, value: bytes) -> bytes:
    """`tag`, the shortest definite length, `value`."""
    return bytes(Tlv(tag, value))


def read_all(data: bytes) -> tuple[Tlv, ...]:
    """The data objects that fill `data`, one level deep. Raises Malformed."""
    objects, offset = [], 0
    while offset < len(data):
        element, offset = read_at(data, offset)
        objects.append(element)
    return tuple(objects)


def read_at(data: bytes, offset: int) -> tuple[Tlv, int]:
    """The data object at `offset` and the offset behind it. Raises Malformed."""
    value_offset, tag, length, octets = _header(data, offset)
    end = value_offset + length
    if end > len(data):
        raise Malformed(f"tag {tag.hex().upper()} says {length} bytes, only {len(data) - value_offset} follow", offset)
    element = Tlv(tag, data[value_offset:end])
    if octets != len(_length(length, 0)):
        element = Tlv(tag, element.value, octets)
    return element, end


def find(objects: Iterable[Tlv], tag: bytes) -> Tlv | None:
    """The first data object with that tag, None when there is none."""
    return next((element for element in objects if element.tag == tag), None)


def require(objects: Iterable[Tlv], tag: bytes, name: str) -> bytes:
    """The value of the first data object with that tag; Malformed names what is missing."""
    element = find(objects, tag)
    if element is None:
        raise Malformed(f"{name} (tag {tag.hex().upper()}) is missing")
    return element.value


def _header(data: bytes, offset: int) -> tuple[int, bytes, int, int]:
    position = offset + 1
    if data[offset] & 0x1F == 0x1F:
        while position < len(data) and data[position] & 0x80:
            position += 1
        position += 1
    tag = data[offset:position]
    if len(tag) > LONGEST_TAG:
        raise Malformed(f"a tag of {len(tag)} bytes", offset)
    if position >= len(data):
        raise Malformed(f"no length after tag {tag.hex().upper()}", offset)
    first = data[position]
    if first < 0x80:
        return position + 1, tag, first, 1
    size = first & 0x7F
    if not 1 <= size <= LONGEST_LENGTH:
        raise Malformed(f"length byte {first:02X} is not a definite length of at most {LONGEST_LENGTH} bytes", position)
    field = data[position + 1 : position + 1 + size]
    if len(field) < size:
        raise Malformed(f"the length of tag {tag.hex().upper()} is cut off", position)
    return position + 1 + size, tag, int.from_bytes(field, "big"), 1 + size


def _length(length: int, octets: int) -> bytes:
    if octets > 1:
        return bytes([0x80 | (octets - 1)]) + length.to_bytes(octets - 1, "big")
    if length < 0x80:
        return bytes([length])
    field = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(field)]) + field
