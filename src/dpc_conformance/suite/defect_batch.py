"""One batch of defects: a pytest process runs it, and another the rest of it when the first falls silent or dies."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from dpc_conformance import HOME
from dpc_conformance.evidence.events import ScenarioStarted, StepStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.controller import POLL
from dpc_conformance.suite.defects import DefectPlan, write_plan
from dpc_conformance.suite.lane import PYTEST_DONE, PYTEST_NOTHING_LEFT, START_LIMIT
from dpc_conformance.suite.last_words import crash, last_words
from dpc_conformance.suite.worker import Worker, WorkerPlan


class BatchBroke(Exception):
    """A process ended before its first scenario, or did not begin one; the message tells its last words."""


@dataclass(frozen=True)
class DefectDone:
    """A defect whose journal is complete, unless `lost` says how the process ended in the middle of it."""

    plan: DefectPlan
    lost: str = ""


class DefectBatch:
    """Runs the defects of one batch, which share a folder of features and a target, one after the other."""

    def __init__(self, plans: tuple[DefectPlan, ...], path: Path, silence: float, plugins: tuple[str, ...] = ()):
        """`path` is where plans and logs go, each with an ending of its own.

        `silence` is how long nothing may happen, in seconds of machine time. `plugins` are loaded besides ours.
        """
        self._left, self._path, self._silence = plans, path, silence
        self._plugins = ("pytest_bdd.plugin", "dpc_conformance.suite.plugin", *plugins)

    def run(self, report: Callable[[DefectDone], None], stopped: Event) -> None:
        """Report each defect as soon as its last scenario has ended. Raises BatchBroke, OSError."""
        attempt = 0
        while self._left and not stopped.is_set():
            attempt += 1
            plan = self._plan(f"{self._path.name}-{attempt}")
            worker = Worker(plan)
            try:
                code = self._watch(worker, report, stopped)
                if code is None and not stopped.is_set():
                    worker.abort()
            finally:
                worker.kill()
            if not stopped.is_set():
                self._settle(code, plan.log, report)

    def _plan(self, name: str) -> WorkerPlan:
        file = self._path.with_name(f"{name}.json")
        write_plan(file, self._left)
        first = self._left[0]
        target = (f"--target={first.target}",) if first.target else ()
        arguments = (f"--defects={file}", "--tb=no", *target, str(HOME / "features" / first.features))
        # What happens goes into the journals of the defects; the process's own stays empty. Nobody reads their traces.
        journal, log = file.with_suffix(".jsonl"), file.with_suffix(".log")
        return WorkerPlan(HOME, HOME / "pytest.ini", journal, log, arguments, self._plugins)

    def _watch(self, worker: Worker, report: Callable[[DefectDone], None], stopped: Event) -> int | None:
        """The exit code; None when nothing happens for too long, or when the run is stopped."""
        since, seen = time.monotonic(), 0
        while not stopped.is_set():
            code = worker.wait(POLL)
            if code is not None:
                return code
            written = self._hand_on(report)
            if written != seen:
                since, seen = time.monotonic(), written
            if time.monotonic() - since > (self._silence if seen else max(self._silence, START_LIMIT)):
                return None
        return None

    def _hand_on(self, report: Callable[[DefectDone], None]) -> int:
        """Report what lies behind the defect in progress; returns how many octets its journal holds, plus one."""
        started = [number for number, plan in enumerate(self._left) if plan.journal.exists()]
        if not started:
            return 0
        for plan in self._left[: started[-1]]:
            report(DefectDone(plan))
        self._left = self._left[started[-1] :]
        return self._left[0].journal.stat().st_size + 1

    def _settle(self, code: int | None, log: Path, report: Callable[[DefectDone], None]) -> None:
        """Book what the end of a process means; what is left then is for the next one."""
        begun = self._hand_on(report)
        if code in (*PYTEST_DONE, PYTEST_NOTHING_LEFT):
            for plan in self._left:
                report(DefectDone(plan))
            self._left = ()
        elif not begun:
            how = "did nothing" if code is None else f"ended with exit code {code}"
            raise BatchBroke(f"a process {how} before its first scenario: {last_words(log)}")
        else:
            plan, *rest = self._left
            how = f"HANG: nothing for {self._silence:g} seconds" if code is None else f"died with exit code {code}"
            said = ": ".join(words for words in (f"{how} {_where(plan.journal)}", crash(log)) if words)
            report(DefectDone(plan, said))
            self._left = tuple(rest)


def _where(journal: Path) -> str:
    """The last scenario that began, and its last step."""
    events = read_journal(journal)
    scenario = list(events.of(ScenarioStarted))[-1]
    steps = [each.text for each in events.of(StepStarted) if each.scenario == scenario.scenario]
    return "in " + " of ".join(f'"{each}"' for each in (*steps[-1:], scenario.name))
