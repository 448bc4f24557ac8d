"""Documented stories that only some products follow: their scenarios have no part in the run of another product."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.claims import Claims, holds
from dpc_conformance.catalogue.requirement import CatalogueError

FILE = Path(__file__).parent / "stories.toml"
KEYS = frozenset({"tags", "roles", "claim", "needs", "reason"})


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


def _are_among(known: Collection[str], tags: Collection[str]) -> bool:
    return any(tag == each or tag.startswith(f"{each}-") for tag in tags for each in known)


@cache
def _played() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["played"]
    return tuple((tuple(each["tags"]), frozenset(each["roles"])) for each in entries)


@cache
def _stories() -> tuple[Story, ...]:
    return read_stories(FILE.read_text(encoding="utf-8"), FILE.name)


def read_stories(text: str, file: str) -> tuple[Story, ...]:
    """The stories of a file. CatalogueError names the entry and what was expected."""
    found = []
    for number, entry in enumerate(tomllib.loads(text)["story"], 1):
        if set(entry) != KEYS or entry["claim"] not in Claims.model_fields:
            raise CatalogueError(f"{file}: story {number}: expected {', '.join(sorted(KEYS))}, and a claim that exists")
        more = {"tags": tuple(entry["tags"]), "roles": frozenset(entry["roles"])}
        found.append(Story(**{**entry, **more}))
    return tuple(found)
