"""Measures whole runs of `dpc run` on the reference from outside: wall and CPU time, and the journal's times."""

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.evidence.events import RunEnded, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal

LOOK_AGAIN = 0.01
"""Seconds between two looks whether the first scenario has begun: as exact as the figure is."""


@dataclass(frozen=True)
class Run:
    """One run, in seconds. `walk` is start-up and scenarios, `reports` what comes after them.

    `scenarios` has the time of each scenario by its name.
    """

    wall: float
    cpu: float
    first_scenario: float
    walk: float
    scenarios: dict[str, float]

    @property
    def reports(self) -> float:
        """Verdicts, summary and Allure report."""
        return self.wall - self.walk


def measure_run() -> Run:
    """Walk everything once with fresh reports. RuntimeError when the run did not get to its end."""
    with tempfile.TemporaryDirectory(prefix="dpc-benchmark-") as folder:
        journal = Path(folder, "journal.jsonl")
        cpu_before, began = _cpu_of_children(), time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "dpc_conformance", "run", "--reports", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while not _has_begun(journal) and _still_runs(process):
                pass
            first_scenario = time.perf_counter() - began
            process.wait()
        wall, cpu = time.perf_counter() - began, _cpu_of_children() - cpu_before
        return _read(journal, wall, cpu, first_scenario)


def _read(journal: Path, wall: float, cpu: float, first_scenario: float) -> Run:
    events = read_journal(journal)
    end = next(events.of(RunEnded), None)
    if end is None or end.broke:
        raise RuntimeError(f"the run did not get to its end: {end.broke if end else 'see dpc run'}")
    names = {event.scenario: event.name for event in events.of(ScenarioStarted)}
    scenarios = {names[event.scenario]: event.seconds for event in events.of(ScenarioEnded)}
    return Run(wall, cpu, first_scenario, end.seconds, scenarios)


def _has_begun(journal: Path) -> bool:
    return journal.exists() and b'"scenario-started"' in journal.read_bytes()


def _still_runs(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(LOOK_AGAIN)
    except subprocess.TimeoutExpired:
        return True
    return False


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
