"""What a journal says, sorted: how the scenarios went, what was evaluated, which controls passed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from dpc_conformance.catalogue.grounds import Evaluation, ScenarioEnd
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.verdicts import Aspect, Result
from dpc_conformance.evidence.events import (
    SANITY_CLOSES,
    SANITY_OPENS,
    CatalogueUsed,
    ControlMade,
    EvaluationMade,
    Event,
    Facts,
    Outcome,
    ReviewDecided,
    RunEnded,
    RunStarted,
    ScenarioEnded,
    ScenarioLeftOut,
    ScenarioStarted,
    StepStarted,
)
from dpc_conformance.evidence.journal import Journal

UNFINISHED = "unfinished"
OF_ATTEMPT = (ScenarioStarted, StepStarted, EvaluationMade, ControlMade, ScenarioEnded)
"""What belongs to one attempt at a scenario."""
Some = TypeVar("Some")
Word = TypeVar("Word", bound=StrEnum)


class NoRun(ValueError):
    """The journal has no beginning of a run, so nothing can be said from it."""


@dataclass(frozen=True)
class ScenarioRun:
    """A scenario as it went, of several attempts the last. `outcome` is an Outcome or `unfinished`.

    `seconds` is the machine's time that it took.
    """

    started: ScenarioStarted
    outcome: str
    broken_step: str = ""
    message: str = ""
    seconds: float = 0.0

    @property
    def id(self) -> str:
        """The pytest node id."""
        return self.started.scenario


@dataclass(frozen=True)
class Gathered:
    """A journal, sorted. `evaluations` and `scenarios` are in the order in which they were written."""

    started: RunStarted
    ended: RunEnded | None
    scenarios: tuple[ScenarioRun, ...]
    evaluations: tuple[EvaluationMade, ...]
    controls: dict[str, bool]
    damaged: tuple[int, ...]
    reviews: tuple[Facts, ...] = ()
    """What people decided after the run, the last word on each question."""
    left_out: tuple[ScenarioLeftOut, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    """By the id of a disputed reading what the run went by; empty in a journal that does not know them."""
    runs: int = 1
    """How many runs began in the journal. A run that goes on does not begin again: what several saw is mixed."""

    @property
    def never_closed(self) -> bool:
        """Whether a sanity scenario opened the run and none closed it: who ended it, and why, nobody knows."""
        tags = {tag for run in self.scenarios if run.started.sanity for tag in run.started.tags}
        return SANITY_OPENS in tags and SANITY_CLOSES not in tags

    @property
    def why_untrusted(self) -> str:
        """What keeps the evaluations between the sanity scenarios from meaning anything; empty when nothing does."""
        closing = (run for run in self.scenarios if run.started.sanity and SANITY_CLOSES in run.started.tags)
        failed = next((run for run in closing if run.outcome != "passed"), None)
        return f'the closing sanity scenario "{failed.started.name}" did not pass' if failed else ""


def gather(journal: Journal) -> Gathered:
    """Sort the events. Raises NoRun."""
    journal = last_attempts(journal)
    started = _last(journal, RunStarted)
    if started is None:
        raise NoRun("the journal has no run-started event, so nothing can be said about the run")
    ended, used = _last(journal, RunEnded), _last(journal, CatalogueUsed)
    controls: dict[str, bool] = {}
    for control in journal.of(ControlMade):
        controls[control.control] = controls.get(control.control, False) or control.passed
    return Gathered(
        started=started,
        ended=ended,
        scenarios=_scenarios(journal, stopped=ended is not None and ended.interrupted),
        evaluations=tuple(journal.of(EvaluationMade)),
        controls=controls,
        damaged=journal.damaged,
        reviews=tuple(each.review for each in journal.of(ReviewDecided)),
        left_out=tuple(journal.of(ScenarioLeftOut)),
        readings=used.interpretations if used else {},
        runs=len([*journal.of(RunStarted)]),
    )


def last_attempts(journal: Journal) -> Journal:
    """The journal without what a scenario did before it began anew, as one does that a person paused or took back."""
    last = {event.scenario: place for place, event in enumerate(journal.events) if isinstance(event, ScenarioStarted)}

    def counts(place: int, event: Event) -> bool:
        return not isinstance(event, OF_ATTEMPT) or place >= last.get(event.scenario, 0)

    return replace(journal, events=tuple(event for place, event in enumerate(journal.events) if counts(place, event)))


def word_of(kind: type[Word], said: str) -> Word:
    """A word of the journal as one of this suite's. CatalogueError where another suite wrote it."""
    try:
        return kind(said)
    except ValueError:
        raise CatalogueError(f"the journal says {said!r}, which is no {kind.__name__.lower()} of this suite") from None


def evaluations_of(gathered: Gathered) -> dict[str, list[Evaluation]]:
    """The evaluations by requirement, as the verdict model wants them. Raises CatalogueError."""
    found: dict[str, list[Evaluation]] = defaultdict(list)
    for made in gathered.evaluations:
        evaluation = Evaluation(
            requirement=made.requirement,
            result=word_of(Result, made.result),
            aspect=word_of(Aspect, made.aspect),
            reason=made.reason,
            sentence=made.message,
            control=made.control,
            scenario=made.scenario,
            step=made.step,
        )
        found[made.requirement].append(evaluation)
    return found


def ends_of(gathered: Gathered) -> dict[str, list[ScenarioEnd]]:
    """The ends of scenarios by tag, as the verdict model wants them."""
    found: dict[str, list[ScenarioEnd]] = defaultdict(list)
    for run in gathered.scenarios:
        end = ScenarioEnd(run.id, run.outcome, run.started.tags, run.broken_step, run.message)
        for tag in run.started.tags:
            found[tag].append(end)
    return found


def _scenarios(journal: Journal, stopped: bool) -> tuple[ScenarioRun, ...]:
    runs: dict[str, ScenarioRun] = {}
    for event in journal.events:
        if isinstance(event, ScenarioStarted):
            outcome = Outcome.INTERRUPTED if stopped else UNFINISHED
            runs[event.scenario] = ScenarioRun(event, outcome)
        elif isinstance(event, ScenarioEnded) and event.scenario in runs:
            begun = runs[event.scenario].started
            runs[event.scenario] = ScenarioRun(begun, event.outcome, event.broken_step, event.message, event.seconds)
    return tuple(runs.values())


def _last(journal: Journal, kind: type[Some]) -> Some | None:
    return next(reversed([*journal.of(kind)]), None)
