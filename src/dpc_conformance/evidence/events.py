"""What stands in the journal of a run: one dataclass per event, plain values only, free of secrets."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SANITY_OPENS, SANITY_CLOSES = "sanity-opens", "sanity-closes"
"""Tags of the scenarios that open and close a run."""
Facts = dict[str, Any]
"""Values that JSON can hold: the shape of a target's claims, reviews and waivers."""


class Outcome(StrEnum):
    """How a scenario ended. What it means for a requirement is decided by the verdict model, not here."""

    PASSED = "passed"
    FAILED = "failed"
    """Every step ran; at least one recorded evaluation failed."""
    BROKEN = "broken"
    """A step raised, so that the later steps did not run."""
    BLOCKED = "blocked"
    """A role has no such verb (NotSupported)."""
    SKIPPED = "skipped"
    """The user left the scenario out."""
    INFRASTRUCTURE = "infrastructure"
    """A server, worker or network of the run itself went away, or the machine lacks a program."""
    HANG = "hang"
    """The scenario passed its time limit and was ended."""
    INTERRUPTED = "interrupted"
    """The user stopped the run in the middle of the scenario."""


@dataclass(frozen=True)
class RunStarted:
    """Everything the verdicts depend on, so that the journal and the catalogue are enough to draw them again.

    `clock` is the run's clock at the start; `target_file` is empty for the built-in reference. `claims`, `conflicts`,
    `reviews` and `waivers` have the shape of the target file. `selection` is what the user chose to run (empty:
    everything), `faults` are the defects that were seeded on purpose.
    """

    at: datetime
    suite_version: str
    target: str
    target_file: str
    seed: str
    clock: datetime
    edition: str
    scope: str
    reproducible: bool
    roles: dict[str, str] = field(default_factory=dict)
    claims: Facts = field(default_factory=dict)
    conflicts: Facts = field(default_factory=dict)
    reviews: list[Facts] = field(default_factory=list)
    attestations: list[Facts] = field(default_factory=list)
    waivers: list[Facts] = field(default_factory=list)
    selection: str = ""
    faults: list[str] = field(default_factory=list)
    run: str = ""
    """What a review names this run by: letters and digits that no other run has."""
    reran: str = ""
    """The run of which this one only runs scenarios again; empty for others."""
    allowed: list[str] = field(default_factory=list)
    """Serial numbers of the cards in real readers that the user allowed to be changed."""
    product: dict[str, str] = field(default_factory=dict)
    """What the target says of the product: name, version, build, environment, and who operates the run."""
    suite_hash: str = ""
    catalogue_hash: str = ""
    """SHA-256 (hexadecimal) of suite and catalogue, see `fingerprint`; empty in a journal that does not know them."""
    environment: dict[str, str] = field(default_factory=dict)
    """Python, operating system and libraries with their versions."""
    machine_clock: datetime | None = None
    """The machine's time at the start, which the run's clock need not follow."""


@dataclass(frozen=True)
class Announced:
    """What the user was told before the first scenario: what the run does to a card in a real reader."""

    at: datetime
    sentence: str


@dataclass(frozen=True)
class ScenarioLeftOut:
    """A scenario has no part in the run, because it says nothing about the product; `reason` is a sentence."""

    at: datetime
    scenario: str
    name: str
    feature: str
    file: str
    line: int
    tags: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class ScenarioStarted:
    """A scenario begins. `scenario` is its pytest node id, `tags` are without the @, `line` counts from 1.

    `worker` is the share of the scenarios to which it belongs, such as 2/3; empty where there is one worker.
    """

    at: datetime
    scenario: str
    name: str
    feature: str
    file: str
    line: int
    tags: tuple[str, ...] = ()
    worker: str = ""
    sanity: bool = False
    """Opens or closes the run; nothing in between can be trusted when it does not pass."""
    rule: str = ""
    outline: str = ""
    """The name before the cells of `row` were put in: the same for every row of an outline."""
    row: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StepStarted:
    """A step begins; `text` reads like the feature, with its keyword.

    `seconds` is the machine's time since the scenario began.
    """

    at: datetime
    scenario: str
    text: str
    line: int = 0
    seconds: float = 0.0


RED = ("FAIL", "WARN")
"""Results of an evaluation that found something; what the verdict makes of it does not matter here."""


@dataclass(frozen=True)
class EvaluationMade:
    """A judging step looked at one requirement.

    `result` is PASS, FAIL, WARN, REVIEW or INCONCLUSIVE; `aspect` is behaviour, refusal, reason or state; `reason` is
    a reason code where the result needs one. A refusal names in `control` the same request without its one defect.
    `severity`, `where`, `expected`, `actual` are the finding, empty when nothing was found.
    """

    at: datetime
    scenario: str
    requirement: str
    result: str
    aspect: str = "behaviour"
    reason: str = ""
    message: str = ""
    check: str = ""
    severity: str = ""
    where: str = ""
    expected: str = ""
    actual: str = ""
    control: str = ""
    step: str = ""
    object: str = ""
    """The SHA-256 of the object (DER) that was looked at, where it was one: hexadecimal, as in the evidence."""
    evidence: int = 0
    """How many lines of the scenario's evidence there were: it was judged by them. 0: nothing was kept."""


@dataclass(frozen=True)
class ControlMade:
    """The request that has to succeed, so that a refusal of the same request with one defect means something."""

    at: datetime
    scenario: str
    control: str
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class ScenarioEnded:
    """A scenario is over; `broken_step` and `message` are empty unless a step did not finish.

    `seconds` is the machine's time that it took.
    """

    at: datetime
    scenario: str
    outcome: Outcome
    broken_step: str = ""
    message: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class RunEnded:
    """The run is over. `broke` is one sentence when the run itself could not go on; `interrupted` is ^C or SIGTERM."""

    at: datetime
    seconds: float = 0.0
    interrupted: bool = False
    broke: str = ""


@dataclass(frozen=True)
class ReviewDecided:
    """After the run a person answered a question that it had left open; `review` has the shape of a review file."""

    at: datetime
    review: Facts


@dataclass(frozen=True)
class CatalogueUsed:
    """By what the run was judged: for each requirement a hash of its text, for each disputed reading the one taken."""

    at: datetime
    requirements: dict[str, str]
    interpretations: dict[str, str]


Event = (
    RunStarted
    | CatalogueUsed
    | Announced
    | ScenarioLeftOut
    | ScenarioStarted
    | StepStarted
    | EvaluationMade
    | ControlMade
    | ScenarioEnded
    | RunEnded
    | ReviewDecided
)
