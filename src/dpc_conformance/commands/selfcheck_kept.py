"""What came of defects, kept in a file: a self-check that takes hours goes on where it was stopped."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from dpc_conformance.commands.errors import BadInput
from dpc_conformance.faults.matrix import Row, Seeded
from dpc_conformance.fingerprint import suite_hash
from dpc_conformance.reporting.whole_file import write_whole


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)

    scenarios: int
    failed: frozenset[str]
    broke: dict[str, str]


class _Results(BaseModel):
    model_config = ConfigDict(frozen=True)

    suite: str
    full: bool
    of: dict[str, _Result] = {}


class KeptRows:
    """The rows of one suite, met as far as `full` says, by the names of their defects."""

    def __init__(self, file: Path, full: bool) -> None:
        """Read `file` where it is there. BadInput where another suite wrote it, or a run of the other kind."""
        self._file = file
        self._kept = _Results(suite=suite_hash(), full=full)
        if file.exists():
            self._kept = _read(file, self._kept)

    def rows(self, chosen: Iterable[Seeded]) -> list[Row]:
        """Those of the chosen defects that are there."""
        found = [(one, self._kept.of[one.name]) for one in chosen if one.name in self._kept.of]
        return [Row(one, kept.scenarios, kept.failed, kept.broke) for one, kept in found]

    def add(self, row: Row) -> None:
        """Keep what scenarios found; objects are judged anew, as are defects of lost processes. Raises OSError."""
        if row.lost or not row.scenarios:
            return
        result = _Result(scenarios=row.scenarios, failed=row.failed, broke=row.broke)
        self._kept = self._kept.model_copy(update={"of": {**self._kept.of, row.fault.name: result}})
        write_whole(self._file, self._kept.model_dump_json(indent=1))


def _read(file: Path, wanted: _Results) -> _Results:
    try:
        found = _Results.model_validate_json(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        raise BadInput(f"--resume {file}: expected a file that `dpc selfcheck` wrote") from None
    if found.suite != wanted.suite:
        raise BadInput(f"--resume {file}: it was begun with another version of the suite")
    if found.full != wanted.full:
        raise BadInput(f"--resume {file}: it was begun {'with' if found.full else 'without'} --full")
    return found
