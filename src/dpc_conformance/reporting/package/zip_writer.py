"""Writes a package: the same entries give the same bytes."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from dpc_conformance.reporting.package.zip_format import (
    DEFLATED,
    MOST_BYTES,
    MOST_ENTRIES,
    STORED,
    Entry,
    deflate,
    end_record,
)

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
"""What an entry may be called: a path below the package that means the same on every system."""


class TooBig(ValueError):
    """There is more than a package may hold."""


@dataclass(frozen=True)
class Packed:
    """An entry that is ready to be written; `size`, `digest` (SHA-256, hexadecimal) and `crc` are its content's.

    `data` are its bytes in the file.
    """

    name: str
    size: int
    digest: str
    crc: int
    method: int
    data: bytes


def pack(name: str, content: bytes, compress: bool = True) -> Packed:
    """Make an entry ready. ValueError for a name that no package has."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be an entry of a package")
    data = deflate(content) if compress else content
    method = DEFLATED if compress else STORED
    return Packed(name, len(content), sha256(content).hexdigest(), zlib.crc32(content), method, data)


def zip_bytes(entries: Iterable[Packed]) -> bytes:
    """The whole file, with the entries in the order given. Raises TooBig."""
    ready = list(entries)
    if len(ready) >= MOST_ENTRIES or sum(each.size for each in ready) > MOST_BYTES:
        size = sum(each.size for each in ready)
        raise TooBig(f"{len(ready)} files with {size} bytes are more than a package may hold")
    parts: list[bytes] = []
    headers: list[bytes] = []
    at = 0
    for each in ready:
        entry = Entry(each.name, each.method, each.crc, len(each.data), each.size, at)
        parts += [entry.local_header(), each.data]
        headers.append(entry.central_header())
        at += len(parts[-2]) + len(parts[-1])
    directory = b"".join(headers)
    return b"".join([*parts, directory, end_record(len(ready), len(directory), at)])
