"""One program of somebody else's, from its start to its end."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dpc_conformance.reference.programs import run_time
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.reference.programs.installed import program as installed
from dpc_conformance.reference.programs.program_log import ProgramLog

PATIENCE_SECONDS = 10.0
TAKEN = "Address already in use"


@dataclass(frozen=True)
class Plan:
    """How a program is started. It must stay in the foreground.

    `words` is its command line; `ready` tells from a line of its log that it serves. `preload` are libraries of ours
    that go into it.
    """

    name: str
    words: tuple[str | Path, ...]
    ready: Callable[[str], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    preload: tuple[Path, ...] = ()


class DoesNotStart(Exception):
    """A program that is there ended before it was ready, or did not become ready: its last words are the message."""


class PortTaken(Exception):
    """Somebody was faster and has the port."""


class Program:
    """A program that serves, leader of a process group of its own; `stop` ends all of that."""

    def __init__(self, plan: Plan, folder: Path, log: ProgramLog, guard: Guard) -> None:
        """Start it in `folder` and wait until it is ready. Raises PortTaken, DoesNotStart, MachineLacks."""
        self.name, self.log, self._guard = plan.name, log, guard
        env = installed("env", "coreutils")
        libraries = {"LD_PRELOAD": ":".join(map(str, plan.preload))} if plan.preload else {}
        variables = {**libraries, **plan.environment}
        try:
            self._process = subprocess.Popen(
                # The variables are for the program alone: they would disturb whoever only starts it.
                [env, *(f"{name}={text}" for name, text in variables.items()), *plan.words],
                cwd=folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log.writer,
                stderr=log.writer,
                process_group=0,
            )
        finally:
            log.let_go()
        guard.runs(self._process.pid)
        try:
            ready = log.wait_for(plan.ready)
        except BaseException:
            self.stop()
            raise
        if not ready:
            self.stop()
            said = log.lines()
            if any(TAKEN in line for line in said):
                raise PortTaken
            raise DoesNotStart(f"{plan.name}: {said[-1] if said else 'it says nothing'}")

    @property
    def process(self) -> int:
        """Its process id."""
        return self._process.pid

    def stop(self) -> None:
        """Ask it to end, make it end when it does not, and take its children along."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._guard.ended(self._process.pid)
        self.log.join()
        run_time.forget(self._process.pid)
