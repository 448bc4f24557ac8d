"""A folder of files, each with one certificate in DER or any number in PEM, with its subfolders."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from dpc_conformance.audit.pem_file import BEGIN, entries
from dpc_conformance.audit.slices import Entry, Slice, cut

SLICE_FILES: Final = 2000
LARGEST_FILE: Final = 256 << 20


def certificates_in(name: str, data: bytes) -> Iterator[Entry]:
    """The certificates in the contents of a file: PEM when it holds a PEM block, else DER."""
    if data[:1] != b"\x30" and BEGIN in data:
        yield from entries(data, name)
    else:
        yield Entry(name, data)


@dataclass(frozen=True)
class Folder:
    """A folder. Its files are listed by name, hidden ones left out, so that every process sees the same order."""

    path: Path

    @cached_property
    def names(self) -> list[str]:
        """Paths of the files below the folder, in order."""
        found: list[str] = []
        for parent, folders, files in os.walk(self.path):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            below = Path(parent).relative_to(self.path)
            found += sorted((below / one).as_posix() for one in files if not one.startswith("."))
        return found

    def slices(self) -> Iterator[Slice]:
        """Slices of some thousand files."""
        return cut(len(self.names), SLICE_FILES)

    def fingerprint(self) -> str:
        """The names and their number."""
        return f"folder {len(self.names)} {hashlib.sha256(chr(0).join(self.names).encode()).hexdigest()}"

    def read(self, piece: Slice) -> Iterator[Entry]:
        """The certificates of the slice's files; `where` is the name below the folder."""
        for name in self.names[piece.start : piece.stop]:
            file = self.path / name
            try:
                if file.stat().st_size > LARGEST_FILE:
                    yield Entry(name, None, "the file is too large; hand it in as the source")
                    continue
                data = file.read_bytes()
            except OSError as error:
                yield Entry(name, None, f"the file cannot be read: {error.strerror}")
                continue
            yield from certificates_in(name, data)
