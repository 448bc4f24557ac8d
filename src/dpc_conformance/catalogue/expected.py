"""What a run has to see of a product that claims it; else "nothing of the kind was there" would pass for an answer."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.claims import Claims, holds
from dpc_conformance.catalogue.requirement import CatalogueError

FILE = Path(__file__).parent / "expected.toml"


@dataclass(frozen=True)
class Expected:
    """Requirements whose condition has to be met in a run where the claim holds one of `values`."""

    claim: str
    values: Collection[str | bool]
    reason: str
    requirements: frozenset[str]


def not_seen(requirement: str, claims: Claims) -> str | None:
    """Why it does not suffice that the requirement's condition was not met, in a sentence; None where it does."""
    for each in _expected():
        if requirement in each.requirements and any(holds(claims, each.claim, value) for value in each.values):
            return each.reason
    return None


@cache
def _expected() -> tuple[Expected, ...]:
    return read_expected(FILE.read_text(encoding="utf-8"), FILE.name, load_catalogue())


def read_expected(text: str, file: str, catalogue: Catalogue) -> tuple[Expected, ...]:
    """The entries of a file. CatalogueError names the entry and what was expected."""
    found = []
    for number, entry in enumerate(tomllib.loads(text)["expected"], 1):
        where = f"{file}: expected {number}"
        if set(entry) != {"claim", "holds", "reason", "requirements"}:
            raise CatalogueError(f"{where}: expected claim, holds, reason and requirements, not {', '.join(entry)}")
        if entry["claim"] not in Claims.model_fields:
            raise CatalogueError(f"{where}: {entry['claim']} is not a claim")
        ids = catalogue.select(entry["requirements"], where)
        found.append(Expected(entry["claim"], tuple(entry["holds"]), entry["reason"], ids))
    return tuple(found)
