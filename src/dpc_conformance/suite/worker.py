"""One pytest process that runs scenarios, with everything it starts, in a process group of its own."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dpc_conformance.suite.process_group import ProcessGroup

PASSABLE = 0o711
"""Programs that a worker starts may give up root's rights, and keep files there."""
MEMORY, ROOM = Path("/dev/shm"), 2**30  # noqa: S108  what is made there has a name of its own
"""A file system in memory, and how much of it, in octets, has to be free for a worker."""
GRACE = 10.0
"""Seconds a worker gets to clear its stage after it was asked to stop."""
TO_TELL = 5.0
"""Seconds a worker that hangs gets to write in which calls."""


@dataclass(frozen=True)
class WorkerPlan:
    """How workers are started. `arguments` go to pytest, `log` gets what pytest prints."""

    home: Path
    config_file: Path
    journal: Path
    log: Path
    arguments: tuple[str, ...]
    plugins: tuple[str, ...] = ("pytest_bdd.plugin", "dpc_conformance.suite.plugin")
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What a worker finds in its environment beside what is there."""

    def of_lane(self, number: int) -> "WorkerPlan":
        """The same for the lane of that number, with a log of its own."""
        return self if number == 1 else replace(self, log=self.log.with_stem(f"{self.log.stem}-{number}"))

    def command(self) -> list[str]:
        """The whole command line. Only our plugins are loaded, whatever else the environment holds."""
        loaded = [part for plugin in self.plugins for part in ("-p", plugin)]
        return [
            *(sys.executable, "-m", "pytest", f"--config-file={self.config_file}", f"--rootdir={self.home}"),
            *(
                "-o",
                "addopts=--strict-markers --strict-config",
                "-o",
                "python_files=",  # a folder may hold other people's tests: only features are collected
                "--tb=short",
                "-o",
                f"cache_dir={self.log.parent / 'cache' / self.log.stem}",
            ),
            *loaded,
            *(f"--journal={self.journal}", f"--finished={self.journal}"),
            *self.arguments,
        ]


def memory() -> Path | None:
    """Where databases wait for no disk; None where that is not, or the user chose a place for temporary files."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None


class Worker:
    """A running worker; `stop` and `kill` end it with all its children."""

    def __init__(self, plan: WorkerPlan) -> None:
        self._scratch = tempfile.mkdtemp(prefix="dpc-worker-", dir=memory())
        Path(self._scratch).chmod(PASSABLE)
        alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUNBUFFERED": "1", "TMPDIR": self._scratch}
        environment = {**os.environ, **alone, **plan.environment}
        for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
            environment.pop(name, None)
        with plan.log.open("ab") as log:
            self._group = ProcessGroup(plan.command(), "--leash", plan.home, environment, log)

    def wait(self, seconds: float) -> int | None:
        """The exit code, as soon as there is one; None when the worker still runs after `seconds`."""
        try:
            return self._group.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def ask_to_stop(self) -> None:
        """Ask the worker to stop, as ^C does."""
        self._group.interrupt()

    def stop(self) -> None:
        """Kill a worker that was asked to stop and has not after the grace period."""
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            self._group.process.wait(GRACE)
        self.kill()

    def abort(self) -> None:
        """End a worker that hangs, so that its log tells in which calls."""
        self._group.abort()
        self.wait(TO_TELL)

    def kill(self) -> None:
        """End the worker and everything it started, at once; a worker that is gone already leaves no children."""
        self._group.kill()
        self._group.process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)
        self.let_go()

    def let_go(self) -> None:
        """Let the leash slip, as the end of this process does: a worker that still runs stops by itself."""
        self._group.let_go()
