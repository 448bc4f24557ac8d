"""The third-party programs of one scenario: what they share, and their common end."""

import itertools
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.use import ProgramLogged
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.reference.programs.ports import free_port
from dpc_conformance.reference.programs.program import DoesNotStart, Plan, PortTaken, Program
from dpc_conformance.reference.programs.program_log import ProgramLog
from dpc_conformance.reference.programs.run_time import RunTime
from dpc_conformance.roles.errors import MachineLacks

ATTEMPTS = 5
PASSABLE = 0o711


class Programs:
    """Starts programs that live by the run's clock, in a temporary folder; nothing is made before the first one.

    Their logs become evidence (`ProgramLogged`) when somebody listens, and at their end. Nobody else can list the
    folder, but a program that gave up root's rights can pass through it.
    """

    def __init__(self, clock: RunClock, recorder: Recorder) -> None:
        self._clock, self._recorder = clock, recorder
        self._running: list[Program] = []
        self._numbers = itertools.count(1)

    def folder(self, name: str) -> Path:
        """A new folder for the files of a program, guarded. Raises MachineLacks."""
        made = self.guard.folder / f"{name}-{next(self._numbers)}"
        made.mkdir()
        made.chmod(PASSABLE)
        return made

    @cached_property
    def guard(self) -> Guard:
        """Ends what runs, and removes the folder of these programs, where we cannot. Raises MachineLacks."""
        if os.name != "posix":
            raise MachineLacks("this system starts no servers of others for a scenario: run it on Linux")
        folder = Path(tempfile.mkdtemp(prefix="dpc-programs-"))
        folder.chmod(PASSABLE)
        return Guard(folder)

    @cached_property
    def run_time(self) -> RunTime:
        """The run's clock, as programs see it. Raises MachineLacks."""
        return RunTime(self.folder("clock") / "difference", self._clock)

    def start(self, folder: Path, plan_for: Callable[[Path], Plan]) -> Program:
        """Start a program by the run's clock, with its log as evidence. Raises PortTaken, DoesNotStart, MachineLacks.

        `folder` is one of `folder()`; `plan_for` is told the path of the log, which the program may open by that name.
        """
        if folder.parent != self.guard.folder:
            raise ValueError(f"{folder} is not a folder of these programs")
        log = ProgramLog(folder / f"log-{next(self._numbers)}", self._recorder.redact)
        try:
            plan = plan_for(log.path)
            time = self.run_time
        except BaseException:
            log.let_go()
            raise
        by_the_run = replace(
            plan, environment={**time.environment, **plan.environment}, preload=(time.library, *plan.preload)
        )
        try:
            program = Program(by_the_run, folder, log, self.guard)
        except DoesNotStart:
            self._keep_as_evidence(plan.name, log)
            raise
        self._running.append(program)
        return program

    def start_on_free_ports(
        self, folder: Path, kinds: tuple[socket.SocketKind, ...], plan_for: Callable[[Path, tuple[int, ...]], Plan]
    ) -> tuple[Program, tuple[int, ...]]:
        """The same with free loopback ports, one for each kind: others when somebody takes one of them meanwhile."""
        for _ in range(ATTEMPTS):
            ports = tuple(map(free_port, kinds))
            try:
                return self.start(folder, lambda log, ports=ports: plan_for(log, ports)), ports  # type: ignore[misc]
            except PortTaken:
                continue
        raise MachineLacks("somebody else takes the ports of third-party programs again and again")

    def listen(self, program: Program) -> tuple[str, ...]:
        """Everything that the program has logged by now; what is new becomes evidence."""
        program.log.catch_up()
        self._keep_as_evidence(program.name, program.log)
        return program.log.lines()

    def stop(self, program: Program) -> None:
        """End one program before the others."""
        self._running.remove(program)
        program.stop()
        self._keep_as_evidence(program.name, program.log)

    def close(self) -> None:
        """End all of them and remove their files."""
        while self._running:
            self.stop(self._running[-1])
        if "guard" in vars(self):
            self.guard.leave()
            shutil.rmtree(self.guard.folder, ignore_errors=True)

    def _keep_as_evidence(self, name: str, log: ProgramLog) -> None:
        text = "\n".join(log.take())
        if text:
            self._recorder.record(ProgramLogged(self._clock.now(), name, text))
