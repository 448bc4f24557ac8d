"""A made-up run: its journal is written event by event, so that a test says only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from dpc_conformance.catalogue.scope import load_scopes
from dpc_conformance.evidence.events import (
    ControlMade,
    EvaluationMade,
    Event,
    Outcome,
    RunEnded,
    ScenarioEnded,
    ScenarioStarted,
)
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.target import load_target

MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


ENDED = RunEnded(MOMENT, 3.5)


class MadeUpRun:
    """Collects events; `journal()` ends the run."""

    def __init__(self) -> None:
        target = replace(load_target(), reviews=(), attestations=())
        self.started = replace(target.started(MOMENT, "0.1.0", "seed", MOMENT), scope="card")
        self.events: list[Event] = []
        self._numbers = count(1)

    def configure(self, **values: object) -> None:
        self.started = replace(self.started, **values)

    def scenario(self, *tags: str, outcome: Outcome | None = Outcome.PASSED, sanity: bool = False, **more: str) -> str:
        """A scenario tagged so; its evaluations come from `evaluate`. None leaves it without an end."""
        number = next(self._numbers)
        identifier = f"features/a.feature::test_{number}"
        name = f"Scenario {number}"
        self.events.append(
            ScenarioStarted(MOMENT, identifier, name, "A feature", "features/a.feature", number, tags, sanity=sanity)
        )
        if outcome:
            self.events.append(ScenarioEnded(MOMENT, identifier, outcome, seconds=number / 4, **more))
        return identifier

    def evaluate(self, requirement: str, result: str, scenario: str = "", **more: str) -> None:
        identifier = scenario or self.scenario(requirement, outcome=self._outcome(result))
        self.events.append(EvaluationMade(MOMENT, identifier, requirement, result, **more))

    def control(self, name: str, passed: bool = True) -> None:
        self.events.append(ControlMade(MOMENT, "other", name, passed))

    def pass_all_but(self, *left_out: str) -> None:
        """Evaluate the rest of the scope `card` with PASS."""
        for identifier in sorted(load_scopes()["card"].requirements - set(left_out)):
            self.evaluate(identifier, "PASS")

    def journal(self, end: RunEnded | None = ENDED, damaged: tuple[int, ...] = ()) -> Journal:
        return Journal((self.started, *self.events, *([end] if end else [])), damaged)

    @staticmethod
    def _outcome(result: str) -> Outcome:
        return Outcome.FAILED if result == "FAIL" else Outcome.PASSED


@pytest.fixture
def run() -> MadeUpRun:
    return MadeUpRun()


@pytest.fixture
def moment() -> datetime:
    return MOMENT
