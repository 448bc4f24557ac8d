"""Who answers for a requirement: a verdict says something about a product only where the product plays that role."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError

OBJECTS = Path(__file__).parent / "objects.toml"
FILE = Path(__file__).parent / "answers.toml"
REFERENCE = "reference"
SIMULATED = {"card": ("image", "kit"), "workstation": ("browser",), "correspondent": ("smtp",)}
"""By role the other adapters behind which there is no product under test; elsewhere a vendor's may be called so."""


@dataclass(frozen=True)
class ShownByObject:
    """The feature files that look at an object in a file, and the requirements that they assess."""

    features: frozenset[str]
    requirements: frozenset[str]


@cache
def shown_by_objects() -> Mapping[str, ShownByObject]:
    """What the objects of a role show that a product may have in files, by the part that each is."""
    entries = tomllib.loads(OBJECTS.read_text(encoding="utf-8"))["object"]
    catalogue = load_catalogue()
    return {
        each["part"]: ShownByObject(
            frozenset(each["features"]), catalogue.select(each["requirements"], f"{OBJECTS.name}: {each['part']}")
        )
        for each in entries
    }


def products_in(roles: Mapping[str, str]) -> frozenset[str]:
    """The roles, of those given with their adapters, that a product plays; none where everything is the reference."""
    return frozenset(
        role for role, adapter in roles.items() if adapter not in (REFERENCE, *SIMULATED.get(role_of(role), ()))
    )


def answering_for(requirement: str) -> frozenset[str]:
    """The roles, or parts of roles, that answer for a requirement of the catalogue."""
    return _answers()[requirement]


def is_answered_by(requirement: str, players: Collection[str]) -> bool:
    """Whether one of these roles, or parts of roles, answers for a requirement.

    An object in a file answers for what it shows by itself, and for nothing else of its role.
    """
    roles, objects = answering_for(requirement), shown_by_objects()
    return any(
        requirement in objects[each].requirements if each in objects else _is_among(each, roles) for each in players
    )


def looked_at(requirement: str, file: str) -> frozenset[str]:
    """Of those who answer for a requirement, the roles or parts of roles that a feature file's scenarios look at."""
    roles = answering_for(requirement)
    objects = {part for part, shown in shown_by_objects().items() if file in shown.features}
    return frozenset(each for each in _shown_in(file) | objects if _is_among(each, roles)) or roles


def role_of(player: str) -> str:
    """The role of a part, such as relying_party of relying_party.web; a role is its own."""
    return player.partition(".")[0]


def _is_among(player: str, roles: Collection[str]) -> bool:
    return player in roles or role_of(player) in roles


@cache
def _shown_in(file: str) -> frozenset[str]:
    places = tomllib.loads(FILE.read_text(encoding="utf-8"))["place"]
    fitting = [each for each in places if file.startswith(each["features"])]
    return frozenset(max(fitting, key=lambda each: len(each["features"]))["roles"])


@cache
def _answers() -> dict[str, frozenset[str]]:
    return read_answers(FILE.read_text(encoding="utf-8"), FILE.name, load_catalogue())


def read_answers(text: str, file: str, catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The roles by requirement. CatalogueError names what was expected, also for a requirement without an answer."""
    by_pattern: dict[str, frozenset[str]] = {}
    for number, entry in enumerate(tomllib.loads(text)["answer"], 1):
        where = f"{file}: answer {number}"
        if set(entry) != {"roles", "requirements"} or not entry["roles"]:
            raise CatalogueError(f"{where}: expected roles and requirements, not {', '.join(entry)}")
        for pattern in entry["requirements"]:
            catalogue.select([pattern], where)
            if pattern in by_pattern:
                raise CatalogueError(f"{where}: {pattern} has an answer already")
            by_pattern[pattern] = frozenset(entry["roles"])
    return {each.id: by_pattern[_longest(each.id, by_pattern, file)] for each in catalogue}


def _longest(requirement: str, patterns: Collection[str], file: str) -> str:
    fitting = [each for each in patterns if requirement == each or requirement.startswith(f"{each}-")]
    if not fitting:
        raise CatalogueError(f"{file}: {requirement}: expected the roles that answer for it")
    return max(fitting, key=len)
