"""Verdicts: the states a requirement can end in, and how one falls from everything that was recorded about it.

A verdict belongs to a requirement, not to a scenario. Of all that speaks about a requirement the worst decides:

1. FAIL: one evaluation that failed is enough, whatever else was seen.
2. Whatever may hide a failure, the least understood first: HANG, INFRASTRUCTURE, BLOCKED, INCONCLUSIVE, SKIPPED,
   REVIEW.
3. WARN, then PASS, which needs at least one recorded evaluation, then NOT_APPLICABLE.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What one evaluation of a requirement says."""

    PASS = "PASS"  # noqa: S105  a result, not a secret
    FAIL = "FAIL"
    WARN = "WARN"
    REVIEW = "REVIEW"
    INCONCLUSIVE = "INCONCLUSIVE"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """The requirement has a condition that this object does not meet, such as a rule on RSA keys for an EC key."""


class Aspect(StrEnum):
    """What an evaluation looks at. A negative scenario makes three: the refusal, its reason, the state afterwards."""

    BEHAVIOUR = "behaviour"
    REFUSAL = "refusal"
    REASON = "reason"
    STATE = "state"


class Verdict(StrEnum):
    """Where a requirement stands at the end of a run."""

    PASS = "PASS"  # noqa: S105
    FAIL = "FAIL"
    WARN = "WARN"
    REVIEW = "REVIEW"
    """A person has to judge, or (with the reason `review-decided`) has judged that it holds."""
    ATTESTED = "ATTESTED"
    """The vendor's statement, with document and date."""
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_EFFECTIVE = "NOT_EFFECTIVE"
    BLOCKED = "BLOCKED"
    SKIPPED = "SKIPPED"
    INCONCLUSIVE = "INCONCLUSIVE"
    INFRASTRUCTURE = "INFRASTRUCTURE"
    HANG = "HANG"


class Code(StrEnum):
    """Why a verdict is what it is. Codes are a public contract; the sentence beside them may change."""

    EVALUATED = "evaluated"
    NOT_MET = "not-met"
    REVIEW_FAILED = "review-failed"
    CHECK_WARNS = "check-warns"
    SHOULD_NOT_MET = "should-not-met"
    CLAUSE_NOT_READ = "clause-not-read"
    """Not met, but the clause stands in the catalogue from memory, by inference or from a secondary source."""
    NEEDS_REVIEW = "needs-review"
    REVIEW_DECIDED = "review-decided"
    VENDOR_STATEMENT = "vendor-statement"
    CLAIMS = "claims"
    CONDITION_NOT_MET = "condition-not-met"
    CLAIMED_NOT_SEEN = "claimed-not-seen"
    """The product claims to have what the requirement is about, and the run saw nothing of the kind."""
    DRAFT = "draft"
    OTHER_DRAFT = "other-draft"
    SUPERSEDED = "superseded"
    NOT_YET_IN_FORCE = "not-yet-in-force"
    NO_LONGER_IN_FORCE = "no-longer-in-force"
    NO_SUCH_VERB = "no-such-verb"
    EARLIER_STEP_BROKE = "earlier-step-broke"
    LEFT_OUT = "left-out"
    INTERRUPTED = "interrupted"
    NO_CONTROL = "no-control"
    CONTROL_FAILED = "control-failed"
    REASON_NOT_SEEN = "reason-not-seen"
    CANNOT_TELL = "cannot-tell"
    SANITY_FAILED = "sanity-failed"
    """The scenario that closes the run did not pass, so that nothing seen before it means anything."""
    NO_SCENARIO = "no-scenario"
    NOT_COVERED = "not-covered"
    """The suite has no scenario for it and says so in its data."""
    SUITE_DEFECT = "suite-defect"
    """The suite itself is wrong: tagged but not evaluated, or an option flagged that has to be accepted."""
    UNREACHABLE = "unreachable"
    WORKER_DIED = "worker-died"
    TIME_LIMIT = "time-limit"


@dataclass(frozen=True)
class Ground:
    """One thing that speaks about a requirement: what it says, why, and where it was seen."""

    verdict: Verdict
    code: Code
    sentence: str
    scenario: str = ""
    step: str = ""


WORST_FIRST = (
    Verdict.FAIL,
    Verdict.HANG,
    Verdict.INFRASTRUCTURE,
    Verdict.BLOCKED,
    Verdict.INCONCLUSIVE,
    Verdict.SKIPPED,
    Verdict.REVIEW,
    Verdict.WARN,
    Verdict.PASS,
    Verdict.ATTESTED,
    Verdict.NOT_APPLICABLE,
    Verdict.NOT_EFFECTIVE,
)
"""The order in which grounds outweigh each other."""

SETTLED = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.WARN, Verdict.ATTESTED, Verdict.NOT_APPLICABLE})
"""Verdicts that complete a planned requirement; a REVIEW does so once it is decided."""


def worst(grounds: Iterable[Ground]) -> Ground:
    """The ground that decides; of equals the first. A defect of the suite outweighs other inconclusive grounds, an open
    review one that is decided.

    Nothing at all is INCONCLUSIVE: no scenario looked at the requirement.
    """
    nothing = Ground(Verdict.INCONCLUSIVE, Code.NO_SCENARIO, "no scenario of this run looked at it")
    return min(grounds, key=_weight, default=nothing)


def is_settled(ground: Ground) -> bool:
    """Whether a planned requirement with this verdict is complete."""
    return ground.verdict in SETTLED or ground.code is Code.REVIEW_DECIDED


def _weight(ground: Ground) -> tuple[int, bool, bool]:
    order = WORST_FIRST.index(ground.verdict)
    return order, ground.code is not Code.SUITE_DEFECT, ground.code is Code.REVIEW_DECIDED
