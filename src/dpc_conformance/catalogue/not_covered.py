"""Requirements for which the suite has no scenario, and why: a run lists them, since silence is no pass."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError

FILE = Path(__file__).parent / "not_covered.toml"


@dataclass(frozen=True)
class NotCovered:
    """A group of requirements without a scenario; `reason` is one sentence."""

    title: str
    reason: str
    requirements: frozenset[str]


@cache
def not_covered() -> tuple[NotCovered, ...]:
    """The groups. CatalogueError when the file is wrong."""
    return read_groups(FILE.read_text(encoding="utf-8"), FILE.name, load_catalogue())


def why_not_covered(requirement: str) -> str | None:
    """The reason; None for a requirement that the suite has scenarios for, or leaves to statements."""
    return next((group.reason for group in not_covered() if requirement in group.requirements), None)


def read_groups(text: str, file: str, catalogue: Catalogue) -> tuple[NotCovered, ...]:
    """The groups of a file. CatalogueError names file and group, and what was expected."""
    groups = []
    for number, entry in enumerate(tomllib.loads(text)["group"], 1):
        where = f"{file}: group {number}"
        if set(entry) != {"title", "reason", "requirements"}:
            raise CatalogueError(f"{where}: expected title, reason and requirements, not {', '.join(entry)}")
        groups.append(NotCovered(entry["title"], entry["reason"], catalogue.select(entry["requirements"], where)))
    return tuple(groups)
