"""A requirement as data: what has to hold, where that is written, and how it can be found out."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from dpc_conformance.catalogue.vocabulary import (
    READ_BY_SOMEONE,
    Level,
    R1Stage,
    SourceEdition,
    StatusObject,
    Subject,
    TestableBy,
    Verification,
)

ID = re.compile(r"(?:DPC|PIV)(?:-[A-Z0-9]+)+-[0-9]{2}")
"""Such as DPC-CERT-EKU-01: family, group, subject, number. An id is a public contract and never changes."""


class CatalogueError(ValueError):
    """The catalogue or data that refers to it is wrong; the text names the file, the entry and what was expected."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement in our own words; consult `source` before failing a product on it.

    `check` says precisely what to look at, `negative_example` what must be caught. `also_*` hold further values of the
    same kind. `conflict`, `note` and `xref` carry differences between sources, caveats, and ids of other tools.
    """

    id: str
    source: str
    level: Level
    text: str
    applies_to: Subject
    testable_by: TestableBy
    check: str
    negative_example: str
    edition: SourceEdition
    verification: Verification
    also_applies_to: tuple[Subject, ...] = ()
    also_testable_by: tuple[TestableBy, ...] = ()
    r1_stage: R1Stage | None = None
    object: StatusObject | None = None
    conflict: str = ""
    note: str = ""
    xref: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The first two parts of the id, such as DPC-ISS: the file in which the requirement stands."""
        return "-".join(self.id.split("-")[:2])

    @property
    def may_decide(self) -> bool:
        """Whether somebody has read the clause, so that a failure may be more than a warning."""
        return self.verification in READ_BY_SOMEONE

    @property
    def ways(self) -> frozenset[TestableBy]:
        """Every way in which the requirement can be tested."""
        return frozenset((self.testable_by, *self.also_testable_by))


WORDS: dict[str, type[StrEnum]] = {
    "level": Level,
    "applies_to": Subject,
    "also_applies_to": Subject,
    "testable_by": TestableBy,
    "also_testable_by": TestableBy,
    "edition": SourceEdition,
    "verification": Verification,
    "r1_stage": R1Stage,
    "object": StatusObject,
}
LISTS = frozenset({"also_applies_to", "also_testable_by", "xref"})
FIELDS = frozenset(each.name for each in fields(Requirement)) - {"id"}
NEEDED = FIELDS - LISTS - {"r1_stage", "object", "conflict", "note"}


def requirement_from(identifier: str, entry: Any, file: str) -> Requirement:
    """The requirement of one table in a catalogue file. CatalogueError names `file`, the id and what was expected."""
    where = f"{file}: {identifier}"
    if not ID.fullmatch(identifier):
        raise CatalogueError(f"{where}: expected an id such as DPC-CERT-EKU-01")
    if not isinstance(entry, dict):
        raise CatalogueError(f"{where}: expected a table with the fields of a requirement")
    for name in sorted(entry.keys() - FIELDS):
        raise CatalogueError(f"{where}: {name} is not a field; expected one of {', '.join(sorted(FIELDS))}")
    for name in sorted(NEEDED - entry.keys()):
        raise CatalogueError(f"{where}: {name} is missing")
    values = {name: _value(name, value, where) for name, value in entry.items()}
    return Requirement(id=identifier, **values)


def _value(name: str, value: Any, where: str) -> Any:
    if name not in LISTS:
        return _word(name, value, where)
    if not isinstance(value, list):
        raise CatalogueError(f"{where}: {name} is {value!r}; expected a list")
    return tuple(_word(name, each, where) for each in value)


def _word(name: str, value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(f"{where}: {name} is {value!r}; expected text")
    if name not in WORDS:
        return value
    try:
        return WORDS[name](value)
    except ValueError:
        raise CatalogueError(f"{where}: {name} is {value!r}; expected {' | '.join(WORDS[name])}") from None
