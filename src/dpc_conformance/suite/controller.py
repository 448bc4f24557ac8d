"""Watches workers through the journal: ends scenarios that hang, replaces workers that die, hands events on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dpc_conformance.evidence.events import Event, Outcome, ScenarioEnded, ScenarioStarted, StepStarted
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.suite.last_words import last_words
from dpc_conformance.suite.tail import JournalTail
from dpc_conformance.suite.worker import Worker, WorkerPlan

POLL = 0.05
"""Seconds between two looks into the journal."""
MOST_WORKERS = 10
"""A run that loses more workers than this does not go on."""
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


class Controller:
    """Runs all scenarios of a plan; `limit` is what one scenario may take, in seconds of machine time."""

    def __init__(self, plan: WorkerPlan, limit: float, on_event: Callable[[Event], None], at: datetime) -> None:
        """`at` stands in the events the controller writes itself: the run's clock is the worker's, not ours."""
        self._plan, self._limit, self._on_event, self._at = plan, limit, on_event, at
        self._tail = JournalTail(plan.journal)
        self._running: ScenarioStarted | None = None
        self._step = ""
        self._since = 0.0

    def run(self) -> RunResult:
        """Run to the end. ^C stops everything that was started and is reported, not raised."""
        worker = None
        try:
            for _ in range(MOST_WORKERS):
                worker = Worker(self._plan)
                code = self._watch(worker)
                worker.kill()
                self._hand_on()
                result = self._after(code)
                if result:
                    return result
        except KeyboardInterrupt:
            if worker:
                worker.stop()
            self._hand_on()
            self._end_running(Outcome.INTERRUPTED, "the run was stopped")
            return RunResult(interrupted=True)
        finally:
            if worker:
                worker.kill()
        return RunResult(broke=f"{MOST_WORKERS} workers hung or died one after the other, so the rest was not run")

    def _watch(self, worker: Worker) -> int | None:
        """The worker's exit code; None when it hangs."""
        self._since = time.monotonic()
        while True:
            code = worker.wait(POLL)
            self._hand_on()
            if code is not None:
                return code
            if time.monotonic() - self._since > (self._limit if self._running else START_LIMIT):
                return None

    def _after(self, code: int | None) -> RunResult | None:
        """What a worker's end means; None: go on with the rest in a new one."""
        where = f' in "{self._step}"' if self._step else ""
        if code is None:
            if self._running is None:
                return RunResult(broke=f"a worker did nothing for {START_LIMIT:.0f} seconds (see {self._plan.log})")
            self._end_running(Outcome.HANG, f"passed its limit of {self._limit:g} seconds{where}")
            return None
        if self._running:
            self._end_running(Outcome.INFRASTRUCTURE, f"the worker died with exit code {code}{where}")
            return None
        if code in (*PYTEST_DONE, PYTEST_NOTHING_LEFT):
            return RunResult()
        if code == PYTEST_MISUSED:
            return RunResult(broke=last_words(self._plan.log), misused=True)
        return RunResult(broke=f"the worker ended with exit code {code}: {last_words(self._plan.log)}")

    def _hand_on(self) -> None:
        for event in self._tail.new_events():
            self._notice(event)
            self._on_event(event)

    def _notice(self, event: Event) -> None:
        self._since = time.monotonic() if isinstance(event, ScenarioStarted | ScenarioEnded) else self._since
        match event:
            case ScenarioStarted():
                self._running, self._step = event, ""
            case StepStarted():
                self._step = event.text
            case ScenarioEnded():
                self._running = None

    def _end_running(self, outcome: Outcome, message: str) -> None:
        if self._running is None:
            return
        seconds = round(time.monotonic() - self._since, 3)
        event = ScenarioEnded(self._at, self._running.scenario, outcome, self._step, message, seconds)
        with JournalWriter(self._plan.journal) as journal:
            journal.write(event)
        self._hand_on()
