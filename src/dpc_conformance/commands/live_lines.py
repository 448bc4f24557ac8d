"""What a person sees while a run goes on: one line for each scenario as it ends."""

from collections.abc import Callable

import click

from dpc_conformance.evidence.events import (
    Announced,
    EvaluationMade,
    Event,
    Outcome,
    ScenarioEnded,
    ScenarioLeftOut,
    ScenarioStarted,
)

MARKS = {
    Outcome.PASSED: ("pass", "green"),
    Outcome.FAILED: ("FAIL", "red"),
    Outcome.BROKEN: ("BROKEN", "red"),
    Outcome.BLOCKED: ("blocked", "yellow"),
    Outcome.SKIPPED: ("skipped", "yellow"),
    Outcome.INFRASTRUCTURE: ("INFRA", "magenta"),
    Outcome.HANG: ("HANG", "magenta"),
    Outcome.INTERRUPTED: ("stopped", "yellow"),
}


class LiveLines:
    """Listens to the events of a run."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._started: dict[str, ScenarioStarted] = {}
        self._failed: dict[str, list[str]] = {}
        self._left_out = 0

    def __call__(self, event: Event) -> None:
        """Print a line when a scenario ends, and what failed in it below."""
        match event:
            case Announced():
                self._say(event.sentence)
            case ScenarioLeftOut():
                self._left_out += 1
            case ScenarioStarted():
                self._tell_left_out()
                self._started[event.scenario] = event
            case EvaluationMade(result="FAIL"):
                self._failed.setdefault(event.scenario, []).append(f"{event.requirement}: {event.message}")
            case ScenarioEnded():
                self._ended(event)

    def _tell_left_out(self) -> None:
        if self._left_out and not self._started:
            count = "1 scenario has" if self._left_out == 1 else f"{self._left_out} scenarios have"
            self._say(f"{count} no part in this run (`dpc plan` says why)")

    def _ended(self, event: ScenarioEnded) -> None:
        word, colour = MARKS[event.outcome]
        started = self._started.get(event.scenario)
        title = f"{started.feature}: {started.name}" if started else event.scenario
        self._say(f"{click.style(f'{word:8}', fg=colour)}{event.seconds:6.1f} s  {title}")
        sentences = self._failed.get(event.scenario) or ([event.message] if event.message else [])
        for sentence in sentences:
            self._say(f"{'':18}{sentence}")
        if event.broken_step:
            self._say(f"{'':18}at: {event.broken_step}")
        if started and started.sanity and event.outcome is not Outcome.PASSED:
            self._say(f"{'':18}This is the sanity scenario: look here first, the verdicts of this run mean little.")
