"""A Parquet file with the certificates in a column of octets."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dpc_conformance.audit.slices import Entry, Slice, SourceError

SLICE_ROWS: Final = 10_000
BATCH_ROWS: Final = 1000


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """A Parquet file; `column` holds DER, found by `column_of`."""

    path: Path
    column: str

    def _open(self) -> Any:
        import pyarrow.parquet

        return pyarrow.parquet.ParquetFile(self.path)

    def slices(self) -> Iterator[Slice]:
        """Runs of row groups with some thousand rows each."""
        with self._open() as file:
            start, rows, number = 0, 0, 0
            for group in range(file.num_row_groups):
                rows += file.metadata.row_group(group).num_rows
                if rows >= SLICE_ROWS or group == file.num_row_groups - 1:
                    yield Slice(number, start, group + 1, rows)
                    start, rows, number = group + 1, 0, number + 1

    def fingerprint(self) -> str:
        """Size and time of the file, and the column."""
        status = self.path.stat()
        return f"parquet {status.st_size} {status.st_mtime_ns} {self.column}"

    def read(self, piece: Slice) -> Iterator[Entry]:
        """The certificates of the slice's row groups; `where` is the number of the row, counted from 0."""
        with self._open() as file:
            row = sum(file.metadata.row_group(group).num_rows for group in range(piece.start))
            groups = list(range(piece.start, piece.stop))
            for batch in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=[self.column], use_threads=False):
                for der in batch.column(0).to_pylist():
                    yield Entry(f"row {row}", der, "" if der is not None else "the row holds nothing")
                    row += 1


def column_of(path: Path, wanted: str | None) -> str:
    """The column with the certificates: `wanted`, or the only one of octets. SourceError when that is not clear."""
    import pyarrow
    import pyarrow.parquet

    try:
        schema = pyarrow.parquet.read_schema(path)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise SourceError(f"{path}: not a readable Parquet file: {error}") from None
    kinds = (pyarrow.types.is_binary, pyarrow.types.is_large_binary, pyarrow.types.is_fixed_size_binary)
    found: list[str] = [field.name for field in schema if any(kind(field.type) for kind in kinds)]
    if wanted is not None:
        if wanted not in found:
            raise SourceError(f"{path}: no column {wanted} of octets; there are: {', '.join(found) or 'none'}")
        return wanted
    if len(found) != 1:
        raise SourceError(f"{path}: --column must name the one with DER; there are: {', '.join(found) or 'none'}")
    return found[0]
