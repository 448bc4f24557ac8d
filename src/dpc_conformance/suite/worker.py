"""One pytest process that runs scenarios, with everything it starts, in a process group of its own."""

import contextlib
import os
import signal
import subprocess
import sys
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
    plugins: tuple[str, ...] = ("pytest_bdd.plugin", "allure_pytest.plugin", "dpc_conformance.suite.plugin")

    def command(self) -> list[str]:
        """The whole command line. Only our plugins are loaded, whatever else the environment holds."""
        loaded = [part for plugin in self.plugins for part in ("-p", plugin)]
        return [
            *(sys.executable, "-m", "pytest", f"--config-file={self.config_file}", f"--rootdir={self.home}"),
            *(
                "-o",
                "addopts=--strict-markers --strict-config",
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
        environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUNBUFFERED": "1"}
        for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
            environment.pop(name, None)
        with plan.log.open("ab") as log:
            self._process = subprocess.Popen(
                plan.command(),
                cwd=plan.home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
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

    def _signal(self, number: signal.Signals, only_worker: bool) -> None:
        try:
            if only_worker:
                self._process.send_signal(number)
            else:
                os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return
