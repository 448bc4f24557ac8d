"""Editions of SP 800-157: which requirements decide at a moment, and which are only shown as a preview."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError, Requirement
from dpc_conformance.catalogue.vocabulary import R1Stage, SourceEdition

DATED = Path(__file__).parent / "dated.toml"


class Edition(StrEnum):
    """What a run is judged by. The drafts of revision 1 are a preview and never decide conformity."""

    FINAL_2014 = "2014"
    R1_IPD = "r1-ipd"
    R1_FPD = "r1-fpd"

    @property
    def heading(self) -> str:
        """How reports name it."""
        return HEADINGS[self]

    @property
    def is_preview(self) -> bool:
        """Whether this is a draft that is shown and never decides."""
        return self is not Edition.FINAL_2014


HEADINGS = {
    Edition.FINAL_2014: "SP 800-157 (December 2014)",
    Edition.R1_IPD: "SP 800-157 (December 2014), with a preview of SP 800-157r1 ipd (January 2023)",
    Edition.R1_FPD: "SP 800-157 (December 2014), with a preview of SP 800-157r1 fpd (November 2024)",
}
STAGES = {
    Edition.FINAL_2014: frozenset({R1Stage.IPD, R1Stage.FPD, R1Stage.BOTH}),
    Edition.R1_IPD: frozenset({R1Stage.IPD, R1Stage.BOTH}),
    Edition.R1_FPD: frozenset({R1Stage.FPD, R1Stage.BOTH}),
}

SUPERSEDED = {
    Edition.R1_FPD: {
        "DPC-APP-AID-01": "SP 800-157r1 fpd prefers the PIV AID to the derived one, so no token meets both"
    }
}
"""What a preview turns round: requirements of the final edition that do not decide while that draft is looked at."""


@dataclass(frozen=True)
class NotEffective:
    """Why a requirement does not decide: a reason code of the verdict model, and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Dated:
    """The days on which a requirement is in force: from `start` up to and including `end`; None is no limit."""

    start: date | None
    end: date | None
    reason: str


def not_effective(requirement: Requirement, edition: Edition, today: date) -> NotEffective | None:
    """None when the requirement decides on that day of the run's clock, else why it does not."""
    if requirement.edition is SourceEdition.R1:
        if requirement.r1_stage not in (None, *STAGES[edition]):
            return NotEffective("other-draft", f"stands only in SP 800-157r1 {requirement.r1_stage}")
        return NotEffective("draft", "stands only in the drafts of SP 800-157r1, which are a preview")
    turned_round = SUPERSEDED.get(edition, {}).get(requirement.id)
    if turned_round:
        return NotEffective("superseded", turned_round)
    dated = dated_requirements().get(requirement.id)
    if dated and dated.start and today < dated.start:
        return NotEffective("not-yet-in-force", f"in force from {dated.start}: {dated.reason}")
    if dated and dated.end and today > dated.end:
        return NotEffective("no-longer-in-force", f"in force until {dated.end}: {dated.reason}")
    return None


@cache
def dated_requirements() -> dict[str, Dated]:
    """The requirements that are in force only for a time. CatalogueError when the file is wrong."""
    return read_dated(DATED.read_text(encoding="utf-8"), DATED.name, load_catalogue())


def read_dated(text: str, file: str, catalogue: Catalogue) -> dict[str, Dated]:
    """Tables by requirement id with `from`, `until` and `reason`. CatalogueError names file and id."""
    found: dict[str, Dated] = {}
    for identifier, entry in tomllib.loads(text).items():
        catalogue.expect(identifier, file)
        start, end, reason = entry.get("from"), entry.get("until"), entry.get("reason", "")
        if not reason or not (start or end) or not all(isinstance(each, date) for each in (start, end) if each):
            raise CatalogueError(f"{file}: {identifier}: expected dates `from` and/or `until`, and a `reason`")
        found[identifier] = Dated(start, end, reason)
    return found
