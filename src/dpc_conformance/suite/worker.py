"""One pytest process that runs scenarios, with everything it starts, in a process group of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

GRACE = 10.0
"""Seconds a worker gets to clear its stage after it was asked to stop."""


@dataclass(frozen=True)
class WorkerPlan:
    """How workers are started. `arguments` go to pytest, `log` gets what pytest prints."""

    home: Path
    config_file: Path
    journal: Path
    log: Path
    arguments: tuple[str, ...]
    plugins: tuple[str, ...] = ("pytest_bdd.plugin", "dpc_conformance.suite.plugin")

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
                f"cache_dir={self.log.parent / 'cache'}",
            ),
            *loaded,
            *(f"--journal={self.journal}", f"--finished={self.journal}"),
            *self.arguments,
        ]


class Worker:
    """A running worker; `stop` and `kill` end it with all its children."""

    def __init__(self, plan: WorkerPlan) -> None:
        self._scratch = tempfile.mkdtemp(prefix="dpc-worker-")
        alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUNBUFFERED": "1", "TMPDIR": self._scratch}
        environment = {**os.environ, **alone}
        for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
            environment.pop(name, None)
        held, leash = os.pipe()
        self._leash: int | None = leash
        with plan.log.open("ab") as log, os.fdopen(held, "rb") as end:  # closed here, open in the worker
            self._process = subprocess.Popen(
                [*plan.command(), f"--leash={end.fileno()}"],
                cwd=plan.home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=(end.fileno(),),
            )

    def wait(self, seconds: float) -> int | None:
        """The exit code, as soon as there is one; None when the worker still runs after `seconds`."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Ask the worker to stop, as ^C does; kill it when it has not after the grace period."""
        self._signal(signal.SIGINT, only_worker=True)
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            self._process.wait(GRACE)
        self.kill()

    def kill(self) -> None:
        """End the worker and everything it started, at once; a worker that is gone already leaves no children."""
        self._signal(signal.SIGKILL, only_worker=False)
        self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)
        self.let_go()

    def let_go(self) -> None:
        """Let the leash slip, as the end of this process does: a worker that still runs stops by itself."""
        if self._leash is not None:
            os.close(self._leash)
            self._leash = None

    def _signal(self, number: signal.Signals, only_worker: bool) -> None:
        try:
            if only_worker:
                self._process.send_signal(number)
            else:
                os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return
