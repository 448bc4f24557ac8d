"""What people decided about requirements: reviews, the vendor's attestations, and waivers with an end."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dpc_conformance.catalogue.catalogue import Catalogue
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict
from dpc_conformance.catalogue.vocabulary import TestableBy

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
    """A person looked, and decided that the requirement holds or fails."""

    decision: Literal["holds", "fails"]

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


class Waiver(BaseModel):
    """A failure that is known and accepted until a day (inclusive, by the run's clock)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requirement: str
    reason: str
    who: str
    until: date

    def counts_on(self, today: date) -> bool:
        """Whether it has not expired."""
        return today <= self.until


def expect_sound(
    reviews: Iterable[Review],
    attestations: Iterable[Attestation],
    waivers: Iterable[Waiver],
    catalogue: Catalogue,
    where: str,
) -> None:
    """CatalogueError when one names an unknown requirement, is the second for it, or attests what must be tested."""
    for kind, entries in (("review", reviews), ("attestation", attestations), ("waiver", waivers)):
        seen: set[str] = set()
        for entry in entries:
            requirement = catalogue.expect(entry.requirement, f"{where}: {kind}")
            if requirement.id in seen:
                raise CatalogueError(f"{where}: {requirement.id} has a second {kind}; expected one")
            seen.add(requirement.id)
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
