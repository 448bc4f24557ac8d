"""The one form that a package has as a zip: no comment, no extra field, no date, no gap, entries in order.

Everything that the format leaves open is fixed here, so that whatever is different in a file was changed.
"""

import struct
import zlib
from dataclasses import dataclass

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
END_RECORD = struct.Struct("<4s4H2LH")
VERSION = 20
MADE_BY_UNIX = 3 << 8 | VERSION
NO_TIME, FIRST_DAY = 0, 1 << 5 | 1
"""1980-01-01, the first day that a zip can name."""
REGULAR_FILE = 0o100644 << 16
STORED, DEFLATED = 0, 8
MOST_ENTRIES = 0xFFFF
MOST_BYTES = 1 << 29
"""What all entries may unpack to, in bytes: whoever verifies a package must not run out of memory or disk."""


@dataclass(frozen=True)
class Entry:
    """One entry as its headers tell it; `packed` is how many bytes of the file it takes, `offset` where it begins."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    def local_header(self) -> bytes:
        """What stands before the entry's bytes."""
        name = self.name.encode("ascii")
        return (
            LOCAL_HEADER.pack(
                LOCAL,
                VERSION,
                0,
                self.method,
                NO_TIME,
                FIRST_DAY,
                self.crc,
                self.packed,
                self.size,
                len(name),
                0,
            )
            + name
        )

    def central_header(self) -> bytes:
        """What stands in the directory at the end of the file."""
        name = self.name.encode("ascii")
        return (
            CENTRAL_HEADER.pack(
                CENTRAL,
                MADE_BY_UNIX,
                VERSION,
                0,
                self.method,
                NO_TIME,
                FIRST_DAY,
                self.crc,
                self.packed,
                self.size,
                len(name),
                0,
                0,
                0,
                0,
                REGULAR_FILE,
                self.offset,
            )
            + name
        )


def end_record(entries: int, size: int, offset: int) -> bytes:
    """The last bytes of the file: how many entries there are, how long the directory is and where it begins."""
    return END_RECORD.pack(END, 0, 0, entries, entries, size, offset, 0)


def deflate(content: bytes) -> bytes:
    """The content, compressed without a frame of its own (RFC 1951)."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
