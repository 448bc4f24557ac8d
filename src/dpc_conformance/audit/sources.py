"""Which kind of source a path is: told from what the file holds, not from its name."""

import tarfile
from pathlib import Path

from dpc_conformance.audit.archives import TarFile, ZipFile
from dpc_conformance.audit.folder import Folder
from dpc_conformance.audit.parquet import ParquetFile, column_of
from dpc_conformance.audit.pem_file import BEGIN, PemFile
from dpc_conformance.audit.slices import Source, SourceError

_LOOK = 1 << 20


def open_source(path: Path, column: str | None = None) -> Source:
    """The population at `path`; `column` names that of a Parquet file. SourceError when it is none."""
    if path.is_dir():
        return Folder(path)
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder")
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOK)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
    if head[:4] == b"PAR1":
        return ParquetFile(path, column_of(path, column))
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return ZipFile(path)
    if tarfile.is_tarfile(path):  # before PEM: the members of a plain one can be read as text
        return TarFile(path)
    if BEGIN in head:
        return PemFile(path)
    raise SourceError(f"{path}: expected a folder, a PEM bundle, a zip or tar archive, or a Parquet file")
