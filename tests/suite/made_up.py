"""A made-up suite in a folder: features and steps of a test's own, run by our plugin's parts in a fresh pytest."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.suite.parts import PARTS

SETTINGS = """
[pytest]
markers =
    journey: a leg of the journey
"""


@dataclass(frozen=True)
class Ran:
    """What one pytest said."""

    code: int
    text: str


@dataclass(frozen=True)
class MadeUpSuite:
    """`home` holds pytest.ini, conftest.py with the steps, and features/."""

    home: Path

    def steps(self, code: str) -> None:
        """The step definitions."""
        head = "from pytest_bdd import given, when, then, parsers\nimport pytest\n"
        (self.home / "conftest.py").write_text(head + code, encoding="utf-8")

    def feature(self, text: str, name: str = "one") -> Path:
        """A feature file."""
        path = self.home / "features" / f"{name}.feature"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: str) -> Ran:
        """Run pytest with only our parts loaded."""
        (self.home / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
        loaded = [part for plugin in ("pytest_bdd.plugin", *PARTS) for part in ("-p", plugin)]
        command = [sys.executable, "-m", "pytest", "--strict-markers", "-p", "no:cacheprovider", *loaded, *arguments]
        environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        answer = subprocess.run(
            command, cwd=self.home, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return Ran(answer.returncode, answer.stdout + answer.stderr)
