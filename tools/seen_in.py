"""Writes which scenarios see a defect first: `make seen-in`. Some ten minutes on two cores."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dpc_conformance.commands.selfcheck_rows import Reach, rows
from dpc_conformance.evidence.events import Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.evidence.turned_red import turned_red
from dpc_conformance.faults.registry import Fault, faults
from dpc_conformance.faults.seen_in import FILE, seen_in


def main(folder: Path) -> None:
    """Run every defect until it is caught, and write the file anew."""
    for row in rows(faults(), folder, Reach.OWN):
        sys.stdout.write(f"{row.fault.name}: {row}\n")
    lines = []
    for number, fault in enumerate(faults()):
        journal = read_journal(folder / f"{number}.jsonl")
        met = [each.scenario for each in journal.of(ScenarioEnded) if each.outcome is not Outcome.SKIPPED]
        seen = tuple(_sees(journal, met, fault))
        if len(seen) < len(met) or seen == seen_in(fault.name):
            lines.append(f"{json.dumps(fault.name)} = {json.dumps(seen)}\n")
    FILE.write_text("".join(lines), "utf-8")


def _sees(journal: Journal, met: list[str], fault: Fault) -> Iterator[str]:
    """The names of the scenarios that turned something red that none before them had."""
    known: frozenset[str] = frozenset()
    for scenario in met:
        own = Journal(tuple(each for each in journal.events if getattr(each, "scenario", None) == scenario))
        failed, _ = turned_red(own, fault.trips)
        if failed & fault.trips - known:
            known |= failed
            yield next(own.of(ScenarioStarted)).name


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(Path(scratch))
