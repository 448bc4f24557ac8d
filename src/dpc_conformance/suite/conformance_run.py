"""A run from its first event to its last: opens the journal, lets the controller work, closes the journal."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dpc_conformance import HOME, __version__
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.digests import digest_of_requirement
from dpc_conformance.catalogue.interpretations import readings_used
from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.evidence.events import CatalogueUsed, Event, RunEnded, ScenarioEnded
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.evidence.questions import AnswerBook
from dpc_conformance.fingerprint import catalogue_hash, environment, suite_hash
from dpc_conformance.suite.chosen_features import Chosen
from dpc_conformance.suite.controller import Controller
from dpc_conformance.suite.lane import RunResult
from dpc_conformance.suite.question_desk import Person, QuestionDesk
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.suite.worker import WorkerPlan
from dpc_conformance.target import Target


@dataclass(frozen=True)
class RunOptions:
    """What the user chose. `limit` is in seconds of machine time for one scenario; `clock` None means now.

    `requirements` are the ids that `named_requirements`, as they were typed, mean; `workers` work side by side.
    `scenarios` are node ids, those of the run `reran` that are run again; empty for all.
    """

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
    requirements: frozenset[str] = frozenset()
    named_requirements: tuple[str, ...] = ()
    workers: int = 1
    scenarios: tuple[str, ...] = ()
    reran: str = ""
    person: Person | None = None
    """Who answers at the terminal what scenarios ask; None where nobody does."""
    answers: Path | None = None
    """Where the answers of a person are kept, or come from where there is nobody."""
    workstation: str | None = None
    """The adapter that plays the workstation in place of the target's."""
    resumed: bool = False
    """Whether the run in the folder goes on."""

    @property
    def selection(self) -> str:
        """What the user chose out of everything there is, as it was typed; empty where nothing is left out."""
        options = {"-k": self.keyword, "-m": self.markers}
        chosen = [f'{name} "{value}"' for name, value in options.items() if value]
        chosen += [f"--requirement {each}" for each in self.named_requirements]
        again = [f"{len(self.scenarios)} scenarios of the run {self.reran}"] if self.scenarios else []
        return " ".join([*chosen, *self.chosen.named, *again])

    def worker_arguments(self, start: datetime) -> tuple[str, ...]:
        """What a worker is told; every worker of a run starts its scenarios at the same moment."""
        optional = {
            "--target": self.target_file,
            "-k": self.keyword,
            "-m": self.markers,
            "--workstation": self.workstation,
        }
        return (
            f"--seed={self.seed}",
            f"--clock={start.isoformat()}",
            f"--edition={self.target.edition.value}",
            f"--scope={self.target.scope.name}",
            f"--evidence={self.files.evidence}",
            *(word for name, value in optional.items() if value for word in (name, str(value))),
            *(f"--fault={name}" for name in self.faults),
            *(f"--requirement={identifier}" for identifier in sorted(self.requirements)),
            *(f"--scenario={identifier}" for identifier in self.scenarios),
            *(f"--allow-destructive={serial}" for serial in sorted(map(str, self.target.allowed))),
            *self.chosen.arguments(),
        )


def carry_out(options: RunOptions, on_event: Callable[[Event], None]) -> RunResult:
    """Run everything that was chosen; afterwards the journal is complete. Raises OSError where it cannot be written."""
    start = options.clock or options.target.starts(machine_now())
    began = time.monotonic()
    if not options.resumed:
        _begin(options, start)
    with _desk(options) as desk:
        plan = WorkerPlan(
            home=HOME,
            config_file=HOME / "pytest.ini",
            journal=options.files.journal,
            log=options.files.log,
            arguments=options.worker_arguments(start),
            environment=desk.environment if desk else {},
        )
        result = Controller(plan, options.limit, on_event, start, options.workers, desk).run()
    with JournalWriter(options.files.journal) as journal:
        seconds = round(time.monotonic() - began, 3)
        journal.write(RunEnded(start, seconds, result.interrupted, result.broke))
    return result


@contextlib.contextmanager
def _desk(options: RunOptions) -> Iterator[QuestionDesk | None]:
    """Open where the run has answers to keep or to take; what the journal says already is known there."""
    if options.answers is None:
        yield None
        return
    desk = QuestionDesk(AnswerBook(options.answers), options.person)
    try:
        for event in last_events(options.files.journal):
            desk.notice(event)
        yield desk
    finally:
        desk.close()


def last_events(journal: Path) -> tuple[Event, ...]:
    """How each scenario that is over has ended; of several ends the last."""
    ends = {event.scenario: event for event in read_journal(journal).of(ScenarioEnded)}
    return tuple(ends.values())


def _begin(options: RunOptions, start: datetime) -> None:
    with JournalWriter(options.files.journal) as journal:
        started = options.target.started(start, __version__, options.seed, start)
        journal.write(
            replace(
                started,
                run=SystemEntropy().bytes(8).hex(),
                selection=options.selection,
                faults=list(options.faults),
                reran=options.reran,
                suite_hash=suite_hash(),
                catalogue_hash=catalogue_hash(),
                environment=environment(),
                machine_clock=machine_now(),
            )
        )
        texts = {each.id: digest_of_requirement(each) for each in load_catalogue()}
        journal.write(CatalogueUsed(start, texts, readings_used(options.target.options)))
