"""What people decided about requirements: reviews of what a run left open, and the vendor's attestations."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dpc_conformance.catalogue.catalogue import Catalogue
from dpc_conformance.catalogue.digests import digest, digest_of_requirement
from dpc_conformance.catalogue.requirement import CatalogueError, Requirement
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict, worst
from dpc_conformance.catalogue.vocabulary import TestableBy
from dpc_conformance.catalogue.waivers import Waiver

ATTESTABLE = frozenset({TestableBy.ATTESTATION, TestableBy.RECORD})
UNSEEN = frozenset({Code.NO_SCENARIO, Code.NOT_COVERED, Code.NO_SUCH_VERB})
"""Grounds under which the run could not look at all."""
REVIEWABLE = UNSEEN | {Code.NEEDS_REVIEW, Code.REASON_NOT_SEEN, Code.CANNOT_TELL, Code.CLAIMED_NOT_SEEN}
"""Grounds that leave a question to a person; a broken, skipped or hung scenario is not a question."""


class Statement(BaseModel):
    """Words about one requirement: who says what, on which day, and in which document it can be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requirement: str
    statement: str
    who: str
    document: str
    date: date


class Review(Statement):
    """A person looked, and decided that the requirement holds or fails.

    One that names an `evaluation` answers that question and no other: the same question in a later run, and nothing
    where scenario, step, words, requirement or version of the product are others. `run` is the run in which it was
    asked. One without (written by hand) answers whatever is open about the requirement.
    """

    decision: Literal["holds", "fails"]
    run: str = ""
    evaluation: str = ""

    def ground(self) -> Ground:
        """What the review says."""
        sentence = f"{self.statement} ({self.who}, {self.date}, {self.document})"
        if self.decision == "fails":
            return Ground(Verdict.FAIL, Code.REVIEW_FAILED, sentence)
        return Ground(Verdict.REVIEW, Code.REVIEW_DECIDED, sentence)


class Attestation(Statement):
    """The vendor states that the requirement holds; counts only where records or a statement can show it at all."""

    def ground(self) -> Ground:
        """What the attestation says."""
        sentence = f"{self.statement} ({self.who}, {self.date}, {self.document})"
        return Ground(Verdict.ATTESTED, Code.VENDOR_STATEMENT, sentence)


class Decisions:
    """What people decided, for the verdicts of one run. `product` is what the run tested: name and version."""

    def __init__(self, reviews: Iterable[Review], attestations: Iterable[Attestation], product: Sequence[str]) -> None:
        self._answers = {(each.requirement, each.evaluation): each for each in reviews}
        self._attestations = {each.requirement: each for each in attestations}
        self._product = tuple(product)

    def after(self, requirement: Requirement, grounds: Iterable[Ground]) -> Ground:
        """The ground that decides, after each question got the answer that names it."""
        return worst(self._all_answered(requirement, grounds))

    def settle(self, requirement: Requirement, ground: Ground, seen: Iterable[Ground] = ()) -> Ground:
        """The ground after everything else that people said about the requirement.

        `seen` is all that speaks about it: what such words do not answer stands, even if it weighs less.
        """
        asked = self._answered(requirement, ground)
        general = self._answers.get((requirement.id, ""))
        decided = decide(asked, general, self._attestations.get(requirement.id))
        if decided is asked:
            return asked
        answers = UNSEEN if decided.code is Code.VENDOR_STATEMENT else REVIEWABLE
        others = [each for each in self._all_answered(requirement, seen) if each.code not in answers]
        return worst([decided, *(each for each in others if each.verdict is not Verdict.PASS)])

    def rejections(self, requirement: Requirement, grounds: Iterable[Ground]) -> tuple[str, ...]:
        """What the reviews that found a failure say, each in a sentence; `grounds` may hold questions they answer."""
        general = self._answers.get((requirement.id, ""))
        found = [each for each in self._all_answered(requirement, grounds) if each.code is Code.REVIEW_FAILED]
        found += [general.ground()] if general and general.decision == "fails" else []
        return tuple(dict.fromkeys(each.sentence for each in found))

    def is_open(self, requirement: Requirement, ground: Ground) -> bool:
        """Whether the ground is a question to a person that nobody has answered."""
        return ground.code in REVIEWABLE and self.settle(requirement, ground) == ground

    def question_of(self, requirement: Requirement, ground: Ground) -> str:
        """How a review names the question that a ground leaves open."""
        asked = (ground.code, ground.scenario, ground.step, ground.sentence)
        return digest([requirement.id, digest_of_requirement(requirement), *self._product, *map(str, asked)])

    def _all_answered(self, requirement: Requirement, grounds: Iterable[Ground]) -> list[Ground]:
        return [self._answered(requirement, each) for each in grounds]

    def _answered(self, requirement: Requirement, ground: Ground) -> Ground:
        if ground.code not in REVIEWABLE:
            return ground
        answer = self._answers.get((requirement.id, self.question_of(requirement, ground)))
        return answer.ground() if answer else ground


def expect_sound(
    reviews: Iterable[Review],
    attestations: Iterable[Attestation],
    waivers: Iterable[Waiver],
    catalogue: Catalogue,
    where: str,
) -> None:
    """CatalogueError when one names an unknown requirement, is the second of its kind, or attests what must be tested.

    There may be a review for each question, and a waiver for each finding.
    """
    for kind, entries in (("review", reviews), ("attestation", attestations), ("waiver", waivers)):
        seen: set[tuple[str, str]] = set()
        for entry in entries:
            requirement = catalogue.expect(entry.requirement, f"{where}: {kind}")
            key = (requirement.id, getattr(entry, "evaluation", "") or getattr(entry, "finding", ""))
            if key in seen:
                raise CatalogueError(f"{where}: {requirement.id} has a second {kind}; expected one")
            seen.add(key)
            if kind == "attestation" and not requirement.ways & ATTESTABLE:
                raise CatalogueError(
                    f"{where}: {requirement.id} cannot be attested; expected evidence by {requirement.testable_by}"
                )


def decide(ground: Ground, review: Review | None, attestation: Attestation | None) -> Ground:
    """The ground after people had their say.

    A review answers what the run left open. An attestation stands in only where the run could not look. Neither lifts a
    failure; a review that found one adds it to anything the run saw.
    """
    if review and (review.decision == "fails" or ground.code in REVIEWABLE):
        return ground if ground.verdict is Verdict.FAIL else review.ground()
    if attestation and ground.code in UNSEEN:
        return attestation.ground()
    return ground
