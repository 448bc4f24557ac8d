"""Disputed readings of the sources: what the suite decided, when, and what a target may decide otherwise."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.conflicts import Conflict, load_conflicts
from dpc_conformance.catalogue.requirement import CatalogueError

FILE = Path(__file__).parent / "interpretations.toml"
NEEDED = frozenset({"decision", "date", "requirements"})
KNOWN = NEEDED | {"question", "conflict"}


@dataclass(frozen=True)
class Interpretation:
    """One reading. `conflict` names the conflict whose options a target may choose from; empty where there is none."""

    id: str
    question: str
    decision: str
    date: date
    requirements: tuple[str, ...]
    conflict: str = ""
    options: tuple[str, ...] = ()
    default: str = ""

    def used(self, options: Mapping[str, str]) -> str:
        """What a run with these options went by: the option, or that the reading is the suite's."""
        return options.get(self.conflict, self.default) if self.conflict else f"as decided on {self.date}"


@cache
def load_interpretations() -> tuple[Interpretation, ...]:
    """The readings in their order. CatalogueError when the file is wrong."""
    text = FILE.read_text(encoding="utf-8")
    return read_interpretations(text, FILE.name, load_catalogue(), load_conflicts())


def readings_used(options: Mapping[str, str]) -> dict[str, str]:
    """For a run's journal: every reading by its id."""
    return {each.id: each.used(options) for each in load_interpretations()}


def read_interpretations(
    text: str, file: str, catalogue: Catalogue, conflicts: Mapping[str, Conflict]
) -> tuple[Interpretation, ...]:
    """The readings of a file. CatalogueError names the entry and what was expected, also for a conflict without one."""
    found = tuple(
        _entry(name, table, f"{file}: {name}", catalogue, conflicts) for name, table in tomllib.loads(text).items()
    )
    missing = set(conflicts) - {each.conflict for each in found}
    if missing:
        raise CatalogueError(f"{file}: expected a reading of the conflict {min(missing)}")
    return found


def _entry(
    name: str, table: dict[str, Any], where: str, catalogue: Catalogue, conflicts: Mapping[str, Conflict]
) -> Interpretation:
    if not NEEDED <= set(table) <= KNOWN or not ({"question", "conflict"} & set(table)):
        raise CatalogueError(f"{where}: expected decision, date, requirements, and a question or a conflict")
    if not isinstance(table["date"], date):
        raise CatalogueError(f"{where}: date: expected a day such as 2026-11-23")
    for identifier in table["requirements"]:
        catalogue.expect(identifier, where)
    conflict = conflicts.get(table.get("conflict", ""))
    if "conflict" in table and conflict is None:
        raise CatalogueError(f"{where}: {table['conflict']} is not a conflict; expected one of {', '.join(conflicts)}")
    return Interpretation(
        id=name,
        question=conflict.question if conflict else table["question"],
        decision=table["decision"],
        date=table["date"],
        requirements=tuple(table["requirements"]),
        conflict=table.get("conflict", ""),
        options=conflict.options if conflict else (),
        default=conflict.default if conflict else "",
    )
