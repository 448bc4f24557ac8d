"""One lane of a run: workers that follow each other until their share of the scenarios is done."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dpc_conformance.evidence.events import Event, Outcome, ScenarioEnded, ScenarioStarted, StepStarted
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.suite.last_words import crash, last_words
from dpc_conformance.suite.worker import Worker, WorkerPlan

MOST_WORKERS = 10
"""A lane that loses more workers than this does not go on."""
START_LIMIT = 120.0
"""Seconds a worker has before its first scenario and after its last."""
PYTEST_DONE = (0, 1)
PYTEST_NOTHING_LEFT = 5
PYTEST_MISUSED = 4


@dataclass(frozen=True)
class RunResult:
    """How the workers ended. `broke` is one sentence when the run could not go on, else empty.

    `misused` says that pytest did not understand what it was asked, such as an expression of `-m`.
    """

    interrupted: bool = False
    broke: str = ""
    misused: bool = False


class Lane:
    """Starts workers for a share of the scenarios; `limit` is for one scenario, in seconds of machine time."""

    def __init__(self, plan: WorkerPlan, share: str, limit: float, at: datetime) -> None:
        """`at` stands in the events that the lane writes itself: the run's clock is the worker's, not ours."""
        self._plan, self._share, self._limit, self._at = plan, share, limit, at
        self._worker: Worker | None = None
        self._workers = 0
        self._running: ScenarioStarted | None = None
        self._step = ""
        self._since = 0.0
        self._logged = 0
        self._again = False
        self.result: RunResult | None = None
        self.past_opening = False
        """Whether a scenario began that does not open the run."""

    def begin(self) -> None:
        """Start a worker. Raises OSError."""
        self._workers += 1
        self._since = time.monotonic()
        self._logged = self._plan.log.stat().st_size if self._plan.log.exists() else 0
        self._worker = Worker(self._plan)

    def wait(self, seconds: float) -> None:
        """Give the worker that long to end."""
        if self._worker and self.result is None:
            self._worker.wait(seconds)

    def settle(self, hand_on: Callable[[], None]) -> None:
        """Book the end of a worker, or end one that passed its limit; what is left is for the next one."""
        if self._worker is None or self.result is not None:
            return
        code = self._worker.wait(0)
        if code is None and time.monotonic() - self._since <= (self._limit if self._running else START_LIMIT):
            return
        if code is None:
            self._worker.abort()
        self._worker.kill()
        self._worker = None
        hand_on()  # what it wrote last
        self.result = self._after(code)
        hand_on()
        if self.result is None and self._workers < MOST_WORKERS:
            self.begin()
        elif self.result is None:
            lost = f"{MOST_WORKERS} workers hung or died one after the other, so the rest was not run"
            self.result = RunResult(broke=lost)

    def notice(self, event: Event) -> None:
        """Follow the scenario in progress; events of other lanes are not ours."""
        match event:
            case ScenarioStarted(worker=self._share):
                self._running, self._step, self._since = event, "", time.monotonic()
                self.past_opening = self.past_opening or not event.sanity
            case StepStarted(scenario=scenario) if self._running and scenario == self._running.scenario:
                self._step = event.text
            case ScenarioEnded(scenario=scenario) if self._running and scenario == self._running.scenario:
                self._running, self._since = None, time.monotonic()

    def not_counted(self, seconds: float) -> None:
        """That long a person has thought; no limit is meant for it."""
        self._since += seconds

    def begin_again(self) -> None:
        """The scenario in progress stops by itself and is to begin anew, in a new worker."""
        self._again = True

    def ask_to_stop(self) -> None:
        """Ask the worker to stop, and do not wait."""
        if self._worker:
            self._worker.ask_to_stop()

    def stop(self) -> None:
        """End a worker that was asked to stop, when it has not after the grace period."""
        if self._worker:
            self._worker.stop()

    def kill(self) -> None:
        """End the worker and everything it started."""
        if self._worker:
            self._worker.kill()

    def end_running(self, outcome: Outcome, message: str) -> None:
        """Put the end of the scenario in progress on record, for a worker that cannot do it any more."""
        if self._running is None:
            return
        seconds = round(time.monotonic() - self._since, 3)
        event = ScenarioEnded(self._at, self._running.scenario, outcome, self._step, message, seconds)
        with JournalWriter(self._plan.journal) as journal:
            journal.write(event)

    def _after(self, code: int | None) -> RunResult | None:
        """What a worker's end means; None: go on with the rest in a new one."""
        where = f' in "{self._step}"' if self._step else ""
        stacks = crash(self._plan.log, self._logged)
        where += f": {stacks}" if stacks else ""
        if code is not None and self._again:
            self._again = False
            self._workers -= 1
            return None
        if code is None:
            if self._running is None:
                return RunResult(broke=f"a worker did nothing for {START_LIMIT:.0f} seconds (see {self._plan.log})")
            self.end_running(Outcome.HANG, f"passed its limit of {self._limit:g} seconds{where}")
            return None
        if self._running:
            self.end_running(Outcome.INFRASTRUCTURE, f"the worker died with exit code {code}{where}")
            return None
        if code in (*PYTEST_DONE, PYTEST_NOTHING_LEFT):
            return RunResult()
        if code == PYTEST_MISUSED:
            return RunResult(broke=last_words(self._plan.log), misused=True)
        return RunResult(broke=f"the worker ended with exit code {code}: {last_words(self._plan.log)}")
