"""How each scenario went, step by step, with the evaluations under the step that made them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dpc_conformance.catalogue.grounds import ENDS
from dpc_conformance.catalogue.verdicts import WORST_FIRST, Verdict
from dpc_conformance.evidence.events import EvaluationMade, Event, ScenarioEnded, ScenarioStarted, StepStarted


@dataclass
class WalkedStep:
    """A step that began. `seconds` is the machine's time since the scenario began."""

    text: str
    seconds: float
    evaluations: list[EvaluationMade] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether an evaluation in it failed."""
        return any(each.result == Verdict.FAIL for each in self.evaluations)


@dataclass
class Walk:
    """The last attempt of a scenario; `ended` is None where the journal has no end of it."""

    started: ScenarioStarted
    steps: list[WalkedStep] = field(default_factory=list)
    ended: ScenarioEnded | None = None
    trusted: bool = True
    """Whether what was seen in it means anything: not between sanity scenarios of which the last did not pass."""

    @property
    def outcome(self) -> str:
        """The journal's word for how it ended, or `unfinished`."""
        return str(self.ended.outcome) if self.ended else "unfinished"

    @property
    def end(self) -> Verdict | None:
        """What its end alone says; None where it ran to its last step."""
        return ENDS[self.outcome][0] if self.outcome in ENDS else None

    @property
    def verdict(self) -> Verdict:
        """The worst of what it saw, in the words of verdicts: Allure and others have one state for a scenario."""
        seen = {Verdict(each.result) for step in self.steps for each in step.evaluations} if self.trusted else set()
        if self.end:
            seen.add(self.end)
        elif not self.trusted:
            return Verdict.INCONCLUSIVE
        elif self.outcome == "failed":
            seen.add(Verdict.FAIL)
        return next((verdict for verdict in WORST_FIRST if verdict in seen), Verdict.PASS)


def walks_of(events: Iterable[Event]) -> dict[str, Walk]:
    """The walks by node id, in the order in which the scenarios began for the first time."""
    walks: dict[str, Walk] = {}
    for event in events:
        match event:
            case ScenarioStarted():
                walks[event.scenario] = Walk(event)
            case StepStarted() if event.scenario in walks:
                walks[event.scenario].steps.append(WalkedStep(event.text, event.seconds))
            case EvaluationMade() if event.scenario in walks:
                walk = walks[event.scenario]
                if not walk.steps:
                    walk.steps.append(WalkedStep("before the first step", 0.0))
                walk.steps[-1].evaluations.append(event)
            case ScenarioEnded() if event.scenario in walks:
                walks[event.scenario].ended = event
    return walks
