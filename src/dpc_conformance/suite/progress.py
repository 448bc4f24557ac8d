"""Where the running scenario is and how it went so far; the fixture `recorder` lives with it."""

import time
from dataclasses import dataclass, field

import pytest

from dpc_conformance.evidence.events import Outcome
from dpc_conformance.evidence.recorder import Recorder
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

    def ended(self, outcome: Outcome, message: str) -> None:
        """The first thing that goes wrong is the one that counts."""
        if self.outcome is Outcome.PASSED:
            self.outcome, self.message = outcome, self.recorder.redact(message)
            self.broken_step = "" if outcome is Outcome.FAILED else self.step


PROGRESS = pytest.StashKey[Progress]()


@pytest.fixture
def recorder(request: pytest.FixtureRequest) -> Recorder:
    """The timeline of the scenario; the report attaches what each step added to it."""
    progress = request.node.stash.get(PROGRESS, None)
    return progress.recorder if progress else Recorder()
