"""Reads a package and trusts nothing in it: every byte of the file has to be what a package has there."""

import zlib
from dataclasses import dataclass, field

from dpc_conformance.reporting.package.zip_format import (
    CENTRAL,
    CENTRAL_HEADER,
    DEFLATED,
    END,
    END_RECORD,
    MOST_BYTES,
    STORED,
    Entry,
    end_record,
)
from dpc_conformance.reporting.package.zip_writer import NAME

MOST_NAMED = 20
"""So many problems are told one by one; a file that is broken throughout has thousands."""


class NoZip(ValueError):
    """The file is no zip at all."""


@dataclass
class ReadPackage:
    """What was read. `problems` are sentences; entries that have one may be missing from `content`.

    `content` is what the entries hold, `packed` the bytes that they take in the file, both by name.
    """

    problems: list[str] = field(default_factory=list)
    content: dict[str, bytes] = field(default_factory=dict)
    packed: dict[str, bytes] = field(default_factory=dict)

    def wrong(self, sentence: str) -> None:
        """Note a problem."""
        if len(self.problems) < MOST_NAMED:
            self.problems.append(sentence)


def read_zip(data: bytes) -> ReadPackage:
    """Read the file. Raises NoZip; everything else that is wrong is a problem."""
    if not data.startswith(b"PK"):
        raise NoZip("it does not begin like a zip file")
    read = ReadPackage()
    end = data.rfind(END)
    if end < 0 or end + END_RECORD.size > len(data):
        read.wrong("the end of the file is missing: it was cut off, or its last bytes were changed")
        return read
    if end + END_RECORD.size != len(data):
        read.wrong(f"{len(data) - end - END_RECORD.size} bytes follow the end of the package")
    entries = _directory(data, end, read)
    _bodies(data, entries, read)
    return read


def _directory(data: bytes, end: int, read: ReadPackage) -> list[Entry]:
    """The entries of the directory; a directory with a byte that does not belong there is a problem."""
    _, _, _, _, count, size, offset, _ = END_RECORD.unpack(data[end : end + END_RECORD.size])
    if data[end : end + END_RECORD.size] != end_record(count, size, offset) or offset + size != end:
        read.wrong("the record at the end of the file is not what a package has there")
    entries: list[Entry] = []
    at = min(offset, end)
    while at < end:
        if data[at : at + 4] != CENTRAL or at + CENTRAL_HEADER.size > end:
            read.wrong(f"the directory has bytes that belong to no entry, at offset {at}")
            break
        fields = CENTRAL_HEADER.unpack(data[at : at + CENTRAL_HEADER.size])
        length = fields[10]
        name = data[at + CENTRAL_HEADER.size : at + CENTRAL_HEADER.size + length]
        text = name.decode("ascii", errors="backslashreplace")
        if not NAME.fullmatch(text):
            read.wrong(f"{text!r} is a name that no package has: it could be unpacked to another place")
            break
        entry = Entry(text, fields[4], fields[7], fields[8], fields[9], fields[16])
        header = entry.central_header()
        if data[at : at + len(header)] != header:
            read.wrong(f"the entry {text} has a header in the directory that no package has")
            break
        entries.append(entry)
        at += len(header)
    if count != len(entries):
        read.wrong(f"the end of the file counts {count} entries, the directory has {len(entries)}")
    if sum(entry.size for entry in entries) > MOST_BYTES:
        read.wrong(f"the entries would unpack to more than {MOST_BYTES} bytes, so nothing was unpacked")
        return []
    return entries


def _bodies(data: bytes, entries: list[Entry], read: ReadPackage) -> None:
    """The entries themselves, which stand one after the other from the first byte of the file to the directory."""
    at = 0
    names: set[str] = set()
    for entry in entries:
        if entry.name.lower() in names:
            read.wrong(f"two entries are called {entry.name}")
        names.add(entry.name.lower())
        header = entry.local_header()
        if entry.offset != at or data[at : at + len(header)] != header:
            read.wrong(f"the entry {entry.name} does not begin where the one before it ends, or its header was changed")
            return
        body = data[at + len(header) : at + len(header) + entry.packed]
        at += len(header) + entry.packed
        read.packed[entry.name] = body
        content = _unpacked(entry, body)
        if content is None:
            read.wrong(f"the entry {entry.name} cannot be unpacked to what its header says: it was changed")
        else:
            read.content[entry.name] = content
    if entries and data[at : at + 4] != CENTRAL:
        read.wrong(f"bytes that belong to no entry stand before the directory, at offset {at}")


def _unpacked(entry: Entry, body: bytes) -> bytes | None:
    """The content; never more of it than the header says."""
    if entry.method == STORED:
        content = body
    elif entry.method == DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = unpacker.decompress(body, entry.size + 1)
        except zlib.error:
            return None
        if not unpacker.eof or unpacker.unused_data:
            return None
    else:
        return None
    return content if len(content) == entry.size and zlib.crc32(content) == entry.crc else None
