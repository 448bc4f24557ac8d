"""The matrix of `dpc selfcheck` for a person, for a program and for the documents."""

import json
from collections.abc import Sequence
from typing import Any

from rich.table import Table

from dpc_conformance.commands.selfcheck_rows import stops_short
from dpc_conformance.faults.matrix import Row
from dpc_conformance.faults.subjects import Subject

INTRODUCTION = """\
# Self-check

The suite's own certificate of trust: every known defect, what it has to turn red, and what came of it. This file is
written by `make selfcheck-table` from `dpc selfcheck --format markdown`; a test holds the list of defects current.

A defect is *caught* when exactly the named requirements fail. Mutants of certificates, CRLs, OCSP responses, signed
objects and services meet the whole of their judge; defects of card and token meet every scenario of their features;
defects of issuer and phone meet the scenarios about their subject and three happy paths, or with `--full` every
scenario.
"""


def in_order(done: Sequence[Row]) -> list[Row]:
    """Subject after subject, in the order of the names."""
    order = list(Subject)
    return sorted(done, key=lambda row: (order.index(row.fault.subject), row.fault.name))


def table_of(done: Sequence[Row]) -> Table:
    """The matrix for a terminal."""
    table = Table("subject", "seeded defect", "turns red", "result", box=None, pad_edge=False)
    for row in in_order(done):
        table.add_row(row.fault.subject, row.fault.name, "\n".join(sorted(row.fault.trips)), str(row))
    return table


def json_of(done: Sequence[Row]) -> str:
    """A list with an object for each defect."""
    return json.dumps([_fields(row) for row in in_order(done)], indent=2, ensure_ascii=False)


def markdown_of(done: Sequence[Row], full: bool) -> str:
    """The published table."""
    lines = [INTRODUCTION, *(f"* {line}" for line in [*counts(done), conclusion(done, full)])]
    for subject in Subject:
        of_it = [row for row in in_order(done) if row.fault.subject is subject]
        if of_it:
            lines += ["", f"## {subject.capitalize()}", "", "| seeded defect | turns red | result |", "|---|---|---|"]
            lines += [_line(row.fault.name, " ".join(sorted(row.fault.trips)), str(row)) for row in of_it]
    return "\n".join(lines) + "\n"


def counts(done: Sequence[Row]) -> list[str]:
    """A sentence for each subject."""
    found = []
    for subject in Subject:
        of_it = [row for row in done if row.fault.subject is subject]
        if of_it:
            found.append(f"{subject}: {sum(row.caught for row in of_it)} of {len(of_it)} seeded defects caught")
    return found


def conclusion(done: Sequence[Row], full: bool) -> str:
    """What may be said about the requirements that were not named: only a full run may say that none turned red."""
    also = sum(bool(row.collateral) for row in done)
    if also:
        return f"{also} of them turned more red than they name"
    if not full:
        return "whether anything else turns red, only `dpc selfcheck --full` can say"
    short = sum(stops_short(row.fault) for row in done)
    but = f", but for {short} that stop scenarios short and met only those of their requirements" if short else ""
    return f"nothing else turned red{but}"


def _fields(row: Row) -> dict[str, Any]:
    return {
        "name": row.fault.name,
        "subject": str(row.fault.subject),
        "trips": sorted(row.fault.trips),
        "caught": row.caught,
        "collateral": sorted(row.collateral),
        "missed": sorted(row.missed),
        "scenarios": row.scenarios,
        "broke": {name: row.broke[name] for name in sorted(row.unexplained)},
        "lost": row.lost,
    }


def _line(*cells: str) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"
