"""Scopes: the named programmes of requirements that a run sets out to assess."""

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError

SCOPES = Path(__file__).parent / "scopes.toml"
TOGETHER = "+"


@dataclass(frozen=True)
class Scope:
    """A programme: its name in a target, its title in a report, the ids it holds."""

    name: str
    title: str
    requirements: frozenset[str]


@cache
def load_scopes() -> dict[str, Scope]:
    """The scopes by name. CatalogueError when one names a requirement that the catalogue does not have."""
    catalogue = load_catalogue()
    tables = tomllib.loads(SCOPES.read_text(encoding="utf-8"))
    return {
        name: Scope(name, table["title"], catalogue.select(table["requirements"], f"{SCOPES.name}: {name}"))
        for name, table in tables.items()
    }


def scope_named(name: str, where: str) -> Scope:
    """The scope of that name; several joined by a plus sign are one programme of everything in them.

    CatalogueError says `where` it is asked for and which names there are.
    """
    parts = [_known(part, where) for part in name.split(TOGETHER)]
    return (
        parts[0]
        if len(parts) == 1
        else Scope(
            TOGETHER.join(part.name for part in parts),
            "; ".join(part.title for part in parts),
            frozenset().union(*(part.requirements for part in parts)),
        )
    )


def _known(name: str, where: str) -> Scope:
    scopes = load_scopes()
    if name in scopes:
        return scopes[name]
    close = difflib.get_close_matches(name, scopes, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    raise CatalogueError(f"{where}: {name!r} is not a scope; expected one of {', '.join(scopes)}{meant}")
