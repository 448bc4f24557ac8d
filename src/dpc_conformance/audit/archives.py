"""Zip and tar archives, read member by member without being unpacked to the disk."""

import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from dpc_conformance.audit.folder import LARGEST_FILE, certificates_in
from dpc_conformance.audit.slices import Entry, Slice, SourceError, cut

SLICE_MEMBERS: Final = 2000


def _stamp(path: Path, kind: str) -> str:
    status = path.stat()
    return f"{kind} {status.st_size} {status.st_mtime_ns}"


@dataclass(frozen=True)
class ZipFile:
    """A zip archive: its directory stands at the end, so every process reads just its members."""

    path: Path

    @cached_property
    def members(self) -> list[str]:
        """Names of the files in the archive, in its order."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                return [one.filename for one in archive.infolist() if not one.is_dir()]
        except (zipfile.BadZipFile, OSError) as error:
            raise SourceError(f"{self.path}: not a readable zip archive: {error}") from None

    def slices(self) -> Iterator[Slice]:
        """Slices of some thousand members."""
        return cut(len(self.members), SLICE_MEMBERS)

    def fingerprint(self) -> str:
        """Size and time of the archive."""
        return _stamp(self.path, "zip")

    def read(self, piece: Slice) -> Iterator[Entry]:
        """The certificates of the slice's members; `where` is the member's name."""
        with zipfile.ZipFile(self.path) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
            for member in files[piece.start : piece.stop]:
                if member.file_size > LARGEST_FILE:
                    yield Entry(member.filename, None, "the member is too large; hand it in as the source")
                    continue
                try:
                    data = archive.read(member)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
                    yield Entry(member.filename, None, f"the member cannot be read: {error}")
                    continue
                yield from certificates_in(member.filename, data)


@dataclass(frozen=True)
class TarFile:
    """A tar archive. A compressed one can only be read from its beginning, so it is one slice: one core's work."""

    path: Path

    @cached_property
    def offsets(self) -> list[int]:
        """Where the headers of the members stand; empty for a compressed archive."""
        try:
            with tarfile.open(self.path, "r:") as archive:
                return [member.offset for member in archive if member.isfile()]
        except tarfile.ReadError:
            return []
        except (tarfile.TarError, OSError) as error:
            raise SourceError(f"{self.path}: not a readable tar archive: {error}") from None

    def slices(self) -> Iterator[Slice]:
        """Slices of some thousand members, or one for the whole of a compressed archive."""
        if not self.offsets:
            return iter([Slice(0, 0, -1, self.path.stat().st_size)])
        return cut(len(self.offsets), SLICE_MEMBERS)

    def fingerprint(self) -> str:
        """Size and time of the archive."""
        return _stamp(self.path, "tar")

    def read(self, piece: Slice) -> Iterator[Entry]:
        """The certificates of the slice's members; `where` is the member's name."""
        with self.path.open("rb") as stream:
            if piece.stop >= 0:
                stream.seek(self.offsets[piece.start])
            left = piece.stop - piece.start
            with tarfile.open(fileobj=stream, mode="r|" if piece.stop >= 0 else "r|*") as archive:
                for member in archive:
                    if not member.isfile():
                        continue
                    held = archive.extractfile(member)
                    if member.size > LARGEST_FILE or held is None:
                        yield Entry(member.name, None, "the member is too large; hand it in as the source")
                    else:
                        yield from certificates_in(member.name, held.read())
                    left -= 1
                    if left == 0:
                        return
