"""A bundle of PEM blocks (RFC 7468) of any size, cut by octets: a certificate belongs to the slice it begins in."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from dpc_conformance.audit.slices import Entry, Slice, cut

BEGIN: Final = b"-----BEGIN CERTIFICATE-----"
END: Final = b"-----END CERTIFICATE-----"
SLICE_OCTETS: Final = 4 << 20
CHUNK: Final = 1 << 20
LONGEST_BLOCK: Final = 2 << 20
"""A certificate of 1 MiB, the most that is read, is shorter than this in base64."""


@dataclass(frozen=True, slots=True)
class PemFile:
    """A file of PEM blocks."""

    path: Path

    def slices(self) -> Iterator[Slice]:
        """Slices of a few MiB."""
        return cut(self.path.stat().st_size, SLICE_OCTETS)

    def fingerprint(self) -> str:
        """Size and time of the file."""
        status = self.path.stat()
        return f"pem {status.st_size} {status.st_mtime_ns}"

    def read(self, piece: Slice) -> Iterator[Entry]:
        """The certificates whose first line begins in the slice; `where` is the offset of that line."""
        with self.path.open("rb") as stream:
            stream.seek(piece.start)
            for offset, block in _blocks(stream, piece.start, piece.stop):
                yield entry_of(f"octet {offset}", block)


def entries(text: bytes, name: str) -> Iterator[Entry]:
    """The certificates in the PEM text of a small file called `name`."""
    at = text.find(BEGIN)
    while at >= 0:
        end = text.find(END, at)
        yield entry_of(f"{name} octet {at}" if at else name, text[at : end if end >= 0 else len(text)])
        at = text.find(BEGIN, at + len(BEGIN))


def _blocks(stream: BinaryIO, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
    """(offset, text from BEGIN to before END) of the blocks that begin in start..stop."""
    window, base = stream.read(CHUNK), start
    while True:
        at = window.find(BEGIN)
        if at < 0:
            keep = window[-len(BEGIN) + 1 :]
            more = stream.read(CHUNK)
            if not more or base + len(window) - len(keep) >= stop:
                return
            base += len(window) - len(keep)
            window = keep + more
            continue
        if base + at >= stop:
            return
        end = window.find(END, at)
        if end < 0 and len(window) - at < LONGEST_BLOCK:
            more = stream.read(CHUNK)
            if more:
                base += at
                window = window[at:] + more
                continue
        following = window.find(BEGIN, at + len(BEGIN))
        if end < 0 or 0 <= following < end:  # a block without an end stops where the next one begins
            end = following if following >= 0 else len(window)
        yield base + at, window[at:end]
        base += end
        window = window[end:]


def entry_of(where: str, block: bytes) -> Entry:
    """The certificate in a block from its first line up to its last."""
    try:
        return Entry(where, base64.b64decode(b"".join(block[len(BEGIN) :].split()), validate=True))
    except binascii.Error:
        return Entry(where, None, "what stands between BEGIN and END is not base64")
