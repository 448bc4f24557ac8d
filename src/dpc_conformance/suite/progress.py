"""Where the running scenario is and how it went so far; the fixture `recorder` lives with it."""

import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from dpc_conformance.evidence.events import Outcome
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.scenario_file import ScenarioFile
from dpc_conformance.suite.described import Described


@dataclass
class Progress:
    """Where a scenario is and how it went so far."""

    facts: Described
    recorder: Recorder
    outcome: Outcome = Outcome.PASSED
    message: str = ""
    step: str = ""
    broken_step: str = ""
    began: float = field(default_factory=time.perf_counter)
    evidence: ScenarioFile | None = None
    """Where what happens is kept; None in a run that keeps nothing."""

    def ended(self, outcome: Outcome, message: str) -> None:
        """The first thing that goes wrong is the one that counts."""
        if self.outcome is Outcome.PASSED:
            self.outcome, self.message = outcome, self.recorder.redact(message)
            self.broken_step = "" if outcome is Outcome.FAILED else self.step

    def seconds(self) -> float:
        """The machine's time since the scenario began."""
        return round(time.perf_counter() - self.began, 3)

    def note(self, line: Any) -> int:
        """Add a line to the evidence, without secrets; returns how many there are."""
        self.recorder.note(line)
        return self.noted()

    def noted(self) -> int:
        """How many lines of evidence there are."""
        return self.evidence.count if self.evidence else 0


PROGRESS = pytest.StashKey[Progress]()


@pytest.fixture
def recorder(request: pytest.FixtureRequest) -> Recorder:
    """The timeline of the scenario; the report attaches what each step added to it."""
    progress = request.node.stash.get(PROGRESS, None)
    return progress.recorder if progress else Recorder()
