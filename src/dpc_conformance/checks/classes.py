"""The classes of requirements by what shows them, read from classes.toml, and what the judge has for each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

CLASSES: Final = Path(__file__).parent / "classes.toml"
CERTIFICATE: Final = "certificate"
RELATION: Final = "relation"
STATUS: Final = "status"
SERVICE: Final = "service"
AGGREGATE: Final = "aggregate"
VERIFIER: Final = "verifier"
ATTESTATION: Final = "attestation"


@dataclass(frozen=True)
class RuleClass:
    """`shown_by` says what shows the requirements; `open` why some have no check, by their id."""

    name: str
    shown_by: str
    requirements: tuple[str, ...]
    open: Mapping[str, str] = field(default_factory=dict)


@cache
def load_classes() -> dict[str, RuleClass]:
    """The classes by name. ValueError when a requirement stands in two."""
    tables = tomllib.loads(CLASSES.read_text(encoding="utf-8"))
    found = {
        name: RuleClass(name, table["shown_by"], tuple(table["requirements"]), table.get("open", {}))
        for name, table in tables.items()
    }
    listed = [one for each in found.values() for one in each.requirements]
    if len(set(listed)) != len(listed):
        raise ValueError(f"{CLASSES.name}: {', '.join(sorted({one for one in listed if listed.count(one) > 1}))} twice")
    return found


def class_of(requirement: str) -> RuleClass | None:
    """The class of a requirement; None when it is shown neither by certificates nor by their status."""
    return next((one for one in load_classes().values() if requirement in one.requirements), None)


def why_open(requirement: str) -> str:
    """Why a requirement of these classes has no check; empty when it has one."""
    found = class_of(requirement)
    return found.open.get(requirement, "") if found else ""
