"""A run from its first event to its last: opens the journal, lets the controller work, closes the journal."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dpc_conformance import HOME, __version__
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.events import Event, RunEnded
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.fingerprint import catalogue_hash, environment, suite_hash
from dpc_conformance.suite.chosen_features import Chosen
from dpc_conformance.suite.controller import Controller, RunResult
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.suite.worker import WorkerPlan
from dpc_conformance.target import Target


@dataclass(frozen=True)
class RunOptions:
    """What the user chose. `limit` is in seconds of machine time for one scenario; `clock` None means now."""

    target: Target
    files: RunFiles
    chosen: Chosen
    seed: str
    limit: float
    clock: datetime | None = None
    keyword: str = ""
    markers: str = ""
    target_file: Path | None = None
    faults: tuple[str, ...] = ()

    @property
    def selection(self) -> str:
        """What the user chose out of everything there is, as it was typed; empty where nothing is left out."""
        options = {"-k": self.keyword, "-m": self.markers}
        return " ".join([*(f'{name} "{value}"' for name, value in options.items() if value), *self.chosen.named])

    def worker_arguments(self, start: datetime) -> tuple[str, ...]:
        """What a worker is told; every worker of a run starts its scenarios at the same moment."""
        optional = {"--target": self.target_file, "-k": self.keyword, "-m": self.markers}
        return (
            f"--seed={self.seed}",
            f"--clock={start.isoformat()}",
            f"--edition={self.target.edition.value}",
            f"--scope={self.target.scope.name}",
            f"--evidence={self.files.evidence}",
            *(word for name, value in optional.items() if value for word in (name, str(value))),
            *(f"--fault={name}" for name in self.faults),
            *(f"--allow-destructive={serial}" for serial in sorted(map(str, self.target.allowed))),
            *self.chosen.arguments(),
        )


def carry_out(options: RunOptions, on_event: Callable[[Event], None]) -> RunResult:
    """Run everything that was chosen; afterwards the journal is complete. Raises OSError where it cannot be written."""
    start = options.clock or machine_now()
    began = time.monotonic()
    with JournalWriter(options.files.journal) as journal:
        started = options.target.started(start, __version__, options.seed, start)
        journal.write(
            replace(
                started,
                selection=options.selection,
                faults=list(options.faults),
                suite_hash=suite_hash(),
                catalogue_hash=catalogue_hash(),
                environment=environment(),
                machine_clock=machine_now(),
            )
        )
    plan = WorkerPlan(
        home=HOME,
        config_file=HOME / "pytest.ini",
        journal=options.files.journal,
        log=options.files.log,
        arguments=options.worker_arguments(start),
    )
    result = Controller(plan, options.limit, on_event, start).run()
    with JournalWriter(options.files.journal) as journal:
        seconds = round(time.monotonic() - began, 3)
        journal.write(RunEnded(start, seconds, result.interrupted, result.broke))
    return result
