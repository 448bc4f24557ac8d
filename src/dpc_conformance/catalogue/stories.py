"""Documented stories that only some products follow: their scenarios have no part in the run of another product."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dpc_conformance.catalogue.claims import Claims, holds
from dpc_conformance.catalogue.requirement import CatalogueError

FILE = Path(__file__).parent / "stories.toml"
KEYS = frozenset({"tags", "roles", "claim", "needs", "reason"})
WALK_KEYS = KEYS - {"roles"}


@dataclass(frozen=True)
class Walk:
    """Scenarios with one of `tags` go through screens that are there only where the target claims `needs`.

    That holds whoever plays, the reference too, and also for scenarios that assess a requirement: other walks assess it
    as well.
    """

    tags: tuple[str, ...]
    claim: str
    needs: str | bool
    reason: str

    def is_of_another(self, tags: Collection[str], claims: Claims) -> bool:
        """Whether a scenario with these tags cannot be walked with these claims."""
        return _are_among(self.tags, tags) and not holds(claims, self.claim, self.needs)


@dataclass(frozen=True)
class Story:
    """Scenarios with one of `tags` are for products that claim `needs`, where they play one of `roles`."""

    tags: tuple[str, ...]
    roles: frozenset[str]
    claim: str
    needs: str | bool
    reason: str

    def is_of_another(self, tags: Collection[str], claims: Claims, products: Collection[str]) -> bool:
        """Whether a scenario with these tags tells the story of another product."""
        told = _are_among(self.tags, tags)
        return told and not self.roles.isdisjoint(products) and not holds(claims, self.claim, self.needs)


def players_in(tags: Collection[str]) -> frozenset[str]:
    """The roles that the documented steps among these tags are about."""
    return frozenset(role for known, roles in _played() if _are_among(known, tags) for role in roles)


def story_of_another(tags: Collection[str], claims: Claims, products: Collection[str]) -> str | None:
    """Why a scenario with these tags does not tell the product's story; None where it does."""
    return next((each.reason for each in _stories() if each.is_of_another(tags, claims, products)), None)


def walk_of_another(tags: Collection[str], claims: Claims) -> str | None:
    """Why a scenario with these tags cannot be walked with a target that claims these; None where it can."""
    return next((each.reason for each in _walks() if each.is_of_another(tags, claims)), None)


def _are_among(known: Collection[str], tags: Collection[str]) -> bool:
    return any(tag == each or tag.startswith(f"{each}-") for tag in tags for each in known)


@cache
def _played() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["played"]
    return tuple((tuple(each["tags"]), frozenset(each["roles"])) for each in entries)


@cache
def _stories() -> tuple[Story, ...]:
    return read_stories(FILE.read_text(encoding="utf-8"), FILE.name)


@cache
def _walks() -> tuple[Walk, ...]:
    return read_walks(FILE.read_text(encoding="utf-8"), FILE.name)


def read_stories(text: str, file: str) -> tuple[Story, ...]:
    """The stories of a file. CatalogueError names the entry and what was expected."""
    entries = _entries(text, file, "story", KEYS)
    return tuple(Story(**{**each, "roles": frozenset(each["roles"])}) for each in entries)


def read_walks(text: str, file: str) -> tuple[Walk, ...]:
    """The walks of a file. CatalogueError names the entry and what was expected."""
    return tuple(Walk(**each) for each in _entries(text, file, "walk", WALK_KEYS))


def _entries(text: str, file: str, kind: str, keys: frozenset[str]) -> list[dict[str, Any]]:
    found = []
    for number, entry in enumerate(tomllib.loads(text).get(kind, ()), 1):
        if set(entry) != keys or entry["claim"] not in Claims.model_fields:
            raise CatalogueError(
                f"{file}: {kind} {number}: expected {', '.join(sorted(keys))}, and a claim that exists"
            )
        found.append({**entry, "tags": tuple(entry["tags"])})
    return found
