"""Conflicts between the sources: the options a target may choose, and the level at which a requirement is judged."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError, Requirement
from dpc_conformance.catalogue.vocabulary import Level

CONFLICTS = Path(__file__).parent / "conflicts.toml"


@dataclass(frozen=True)
class Conflict:
    """A question on which two sources differ. `levels` maps option and requirement id to a level."""

    question: str
    default: str
    options: tuple[str, ...]
    levels: Mapping[str, Mapping[str, Level]] = field(default_factory=dict)


@cache
def load_conflicts() -> dict[str, Conflict]:
    """The conflicts by name. CatalogueError when one names an unknown option or requirement."""
    tables = tomllib.loads(CONFLICTS.read_text(encoding="utf-8"))
    conflicts = {name: _conflict(name, table) for name, table in tables.items()}
    for name, conflict in conflicts.items():
        for option in (conflict.default, *conflict.levels):
            _expect_option(conflict, name, option, CONFLICTS.name)
        for identifier in (each for levels in conflict.levels.values() for each in levels):
            load_catalogue().expect(identifier, f"{CONFLICTS.name}: {name}")
    return conflicts


def chosen_options(choices: Mapping[str, str], where: str) -> dict[str, str]:
    """Every conflict with its option, the default where none is chosen. CatalogueError names what was expected."""
    conflicts = load_conflicts()
    for name, option in choices.items():
        if name not in conflicts:
            raise CatalogueError(f"{where}: {name} is not a conflict; expected one of {', '.join(conflicts)}")
        _expect_option(conflicts[name], name, option, where)
    return {name: choices.get(name, conflict.default) for name, conflict in conflicts.items()}


def judged_level(requirement: Requirement, options: Mapping[str, str]) -> Level:
    """The level at which a requirement is judged under the chosen options (as `chosen_options` gives them)."""
    for name, conflict in load_conflicts().items():
        level = conflict.levels.get(options.get(name, conflict.default), {}).get(requirement.id)
        if level:
            return level
    return requirement.level


def _conflict(name: str, table: Mapping[str, Any]) -> Conflict:
    # Not a pydantic model: `dpc check` answers at once, and importing pydantic alone takes 60 ms.
    try:
        levels = {
            option: {identifier: Level(level) for identifier, level in entries.items()}
            for option, entries in table.get("levels", {}).items()
        }
        return Conflict(**{**table, "options": tuple(table["options"]), "levels": levels})
    except (KeyError, TypeError, ValueError) as problem:
        expected = "expected question, default, options and levels"
        raise CatalogueError(f"{CONFLICTS.name}: {name}: {expected}: {problem}") from None


def _expect_option(conflict: Conflict, name: str, option: str, where: str) -> None:
    if option not in conflict.options:
        raise CatalogueError(f"{where}: {name} is {option!r}; expected one of {', '.join(conflict.options)}")
