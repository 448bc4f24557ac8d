"""Parts: what a job leaves behind, whole or not at all, so that an audit can go on where it was interrupted."""

import json
import os
import platform
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dpc_conformance.audit.court import Court, Row
from dpc_conformance.audit.settings import Settings
from dpc_conformance.audit.slices import Slice
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.tally import Tally

FOLDER: Final = "parts"
BATCH_ROWS: Final = 4096


@dataclass(frozen=True, slots=True)
class Part:
    """What one slice came to. `read` counts the certificates that the source gave; `verdicts` the findings by kind."""

    number: int
    weight: int
    read: int
    tally: Tally
    verdicts: Counter[tuple[str, str, str]]

    def as_json(self) -> str:
        """The counts as a program reads them back."""
        answers = [[*key[:2], key[2].value, number] for key, number in sorted(self.tally.answers.items(), key=str)]
        return json.dumps(
            {
                "number": self.number,
                "weight": self.weight,
                "read": self.read,
                "unreadable": self.tally.unreadable,
                "authorities": self.tally.authorities,
                "judged": dict(sorted(self.tally.judged.items())),
                "answers": answers,
                "verdicts": [[*key, number] for key, number in sorted(self.verdicts.items())],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Part":
        """The part whose counts `text` holds."""
        held: Mapping[str, Any] = json.loads(text)
        answers = Counter({(one[0], one[1], Outcome(one[2])): one[3] for one in held["answers"]})
        tally = Tally(held["unreadable"], held["authorities"], Counter(held["judged"]), answers)
        verdicts = Counter({(one[0], one[1], one[2]): one[3] for one in held["verdicts"]})
        return cls(held["number"], held["weight"], held["read"], tally, verdicts)


def findings_file(out: Path, number: int) -> Path:
    """Where the findings of a part are."""
    return out / FOLDER / f"{number:08}.parquet"


def counts_file(out: Path, number: int) -> Path:
    """Where the counts of a part are: they are written last, so that a part that has them is whole."""
    return out / FOLDER / f"{number:08}.json"


def judge_slice(court: Court, settings: Settings, piece: Slice) -> Part:
    """Judge a slice and write its part. To do it twice, even at the same time, does no harm."""
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in Row._fields])
    target = findings_file(settings.out, piece.number)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{platform.node()}.{os.getpid()}.tmp")
    court.tally()  # what an earlier slice left behind when it could not be finished
    verdicts: Counter[tuple[str, str, str]] = Counter()
    read, rows = 0, []
    with pyarrow.parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for entry in settings.source.read(piece):
            read += 1
            found = court.rows(entry)
            if found:
                rows += found
                verdicts.update((row.profile, row.requirement, row.verdict) for row in found)
                if len(rows) >= BATCH_ROWS:
                    writer.write_table(_table(rows, schema))
                    rows = []
        if rows:
            writer.write_table(_table(rows, schema))
    unfinished.replace(target)
    part = Part(piece.number, piece.weight, read, court.tally(), verdicts)
    unfinished.write_text(part.as_json())
    unfinished.replace(counts_file(settings.out, piece.number))
    return part


def _table(rows: list[Row], schema: Any) -> Any:
    import pyarrow

    return pyarrow.Table.from_arrays(
        [pyarrow.array(column, pyarrow.string()) for column in zip(*rows, strict=True)], schema=schema
    )


def finished(out: Path) -> Iterator[Part]:
    """The parts that are whole."""
    for file in sorted((out / FOLDER).glob("*.json")):
        yield Part.from_json(file.read_text())
