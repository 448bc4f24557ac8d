"""Waivers: failures that are known and accepted for one version of a product until a day, and what became of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.catalogue.verdicts import Ground, Verdict, is_settled


class Waiver(BaseModel):
    """Accepts a failure that is known, until a day (inclusive, by the run's clock), and has to be right about it.

    `version` is the product's; `finding` is what every sentence about the failure has to contain, in any case of
    letters; `owner` answers for it, `link` leads to where it is followed up.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    requirement: str
    version: str = Field(min_length=1)
    finding: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    link: str = Field(min_length=1)
    expires: date

    def counts_on(self, today: date) -> bool:
        """Whether it has not expired."""
        return today <= self.expires

    def expects(self, sentence: str) -> bool:
        """Whether a sentence is about the failure that is accepted."""
        return self.finding.casefold() in sentence.casefold()


class Standing(StrEnum):
    """What became of a waiver in a run."""

    APPLIED = "applied"
    NOT_SEEN = "not seen"
    """The requirement got no verdict, so nothing can be said about the waiver."""
    EXPIRED = "expired"
    MATCHES_NOTHING = "matches nothing"
    """It is for another version, another finding, or a requirement that the run does not assess."""
    DID_NOT_HAPPEN = "did not happen"


UNFIT = frozenset({Standing.EXPIRED, Standing.MATCHES_NOTHING, Standing.DID_NOT_HAPPEN})
"""A waiver of which one of these is true fails the run: it says something about the product that is not so."""


@dataclass(frozen=True)
class WaiverState:
    """A waiver with what became of it, and the same in a sentence."""

    waiver: Waiver
    state: Standing
    sentence: str

    @property
    def is_unfit(self) -> bool:
        """Whether it fails the run."""
        return self.state in UNFIT


@dataclass(frozen=True)
class Failure:
    """A requirement of the scope as it ended: its ground, and a sentence for everything that failed about it."""

    ground: Ground
    sentences: tuple[str, ...]


class Waivers:
    """The waivers of a run. `version` is the product's, empty where the target does not tell."""

    def __init__(self, waivers: Iterable[Waiver], version: str, today: date) -> None:
        self._all = tuple(waivers)
        self._version, self._today = version, today

    def cover(self, requirement: str, sentences: Sequence[str]) -> bool:
        """Whether a waiver that counts expects each of the failures of a requirement."""
        counting = [each for each in self._all if each.requirement == requirement and self._counts(each)]
        return bool(sentences) and all(any(one.expects(each) for one in counting) for each in sentences)

    def states(self, assessed: Mapping[str, Failure]) -> tuple[WaiverState, ...]:
        """What became of each; `assessed` holds every requirement of the scope by its id."""
        return tuple(WaiverState(each, *self._state(each, assessed.get(each.requirement))) for each in self._all)

    def _counts(self, waiver: Waiver) -> bool:
        return waiver.counts_on(self._today) and waiver.version == self._version

    def _state(self, waiver: Waiver, ended: Failure | None) -> tuple[Standing, str]:
        if not waiver.counts_on(self._today):
            return Standing.EXPIRED, f"expired on {waiver.expires}; ask {waiver.owner} ({waiver.link})"
        if waiver.version != self._version:
            named = f"version {self._version}" if self._version else "no version"
            return Standing.MATCHES_NOTHING, f"is for version {waiver.version}, and the target names {named}"
        if ended is None or ended.ground.verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE):
            return Standing.MATCHES_NOTHING, "is for a requirement that this run does not assess"
        if ended.ground.verdict is Verdict.FAIL:
            if any(waiver.expects(each) for each in ended.sentences):
                return Standing.APPLIED, f"applies until {waiver.expires}: {waiver.reason}"
            return Standing.MATCHES_NOTHING, f'the requirement fails, and not with "{waiver.finding}"'
        if not is_settled(ended.ground):
            return Standing.NOT_SEEN, f"nothing can be said: the requirement is {ended.ground.verdict}"
        return Standing.DID_NOT_HAPPEN, f"the requirement is {ended.ground.verdict}; take the waiver out"
