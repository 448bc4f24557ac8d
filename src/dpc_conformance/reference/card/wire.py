"""The card's own reading and writing of commands, answers and data objects; it shares none with the judge."""

from dataclasses import dataclass, replace

from dpc_conformance.formats import status_words

CHAINED = 0x10
SECURE_MESSAGING = 0x0C


class Refused(Exception):
    """The card answers with this status word and nothing else."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X} {status_words.meaning(status)}")
        self.status = status


@dataclass(frozen=True)
class Command:
    """A command as the card understood it; `wanted` is how many bytes of answer fit (Le).

    `contactless` says on which interface it came.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    wanted: int
    contactless: bool = False

    @property
    def chained(self) -> bool:
        """Whether more parts follow (ISO/IEC 7816-4 §5.1.1.1)."""
        return bool(self.cla & CHAINED)

    def same_chain(self, other: "Command") -> bool:
        """Whether `other` can continue the chain that this command is part of."""
        return (self.ins, self.p1, self.p2) == (other.ins, other.p1, other.p2)

    def with_data(self, data: bytes) -> "Command":
        """The same command carrying `data`, as the last part of a chain."""
        return replace(self, data=data, cla=self.cla & ~CHAINED)


def read_command(raw: bytes, contactless: bool = False) -> Command:
    """Take a command APDU apart, short or extended; raises Refused (6700).

    Without Le the whole answer fits: readers on T=1 ask no GET RESPONSE for it.
    """
    if len(raw) < 4:
        raise Refused(status_words.WRONG_LENGTH)
    body, extended = raw[4:], len(raw) > 6 and raw[4] == 0
    size = 2 if extended else 1
    whole = 1 << 8 * size
    if extended:
        body = body[1:]
    data = b""
    if len(body) > size:
        count = int.from_bytes(body[:size], "big")
        data, body = body[size : size + count], body[size + count :]
        if not count or len(data) < count:
            raise Refused(status_words.WRONG_LENGTH)
    if len(body) not in (0, size):
        raise Refused(status_words.WRONG_LENGTH)
    return Command(raw[0], raw[1], raw[2], raw[3], data, int.from_bytes(body, "big") or whole, contactless)


def tlv(tag: bytes, value: bytes) -> bytes:
    """A data object with the shortest definite length."""
    size = len(value)
    if size < 0x80:
        return tag + bytes([size]) + value
    field = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return tag + bytes([0x80 | len(field)]) + field + value


def template(data: bytes) -> dict[int, bytes]:
    """The objects with one-byte tags in a command's template; raises Refused (6A80)."""
    found: dict[int, bytes] = {}
    while data:
        tag, (value, data) = data[0], _value(data[1:])
        if tag in found:
            raise Refused(status_words.WRONG_DATA)
        found[tag] = value
    return found


def objects_in(data: bytes) -> dict[bytes, bytes]:
    """The same for tags of one, two or three bytes (ISO/IEC 7816-4 §5.2.2.1); raises Refused (6A80)."""
    found: dict[bytes, bytes] = {}
    while data:
        size = 1 if data[0] & 0x1F != 0x1F else 3 if data[1:2] > b"\x7f" else 2
        tag = data[:size]
        value, data = _value(data[size:])
        if tag in found:
            raise Refused(status_words.WRONG_DATA)
        found[tag] = value
    return found


def _value(data: bytes) -> tuple[bytes, bytes]:
    """The value behind the length that `data` begins with, and what follows it."""
    size, data = data[:1], data[1:]
    if not size or size[0] > 0x82 or size[0] == 0x80:
        raise Refused(status_words.WRONG_DATA)
    length = size[0]
    if length > 0x80:
        octets = length & 0x7F
        length, data = int.from_bytes(data[:octets], "big"), data[octets:]
    if len(data) < length:
        raise Refused(status_words.WRONG_DATA)
    return data[:length], data[length:]
