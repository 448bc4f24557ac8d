"""Where the pages of the documentation are followed: in a folder of a user, or in a copy of this checkout."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance import HOME
from dpc_conformance.cli import main
from dpc_conformance.reporting import allure

THEIRS = HOME / "tests" / "adapters" / "theirs"
PARTS = ("src", "features", "steps", "fixtures", "docs/practice")
WIDE = "200"
ANSWERS = "A product\n4.2\n" + "\n" * 60


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The folder of a user, with the adapter of somebody else's distribution on the path."""
    paths = [str(tmp_path), str(THEIRS)]
    for path in paths:
        monkeypatch.syspath_prepend(path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs `dpc` in this process, and draws no Allure report, which other tests do."""
    monkeypatch.setattr(allure, "find_node", lambda: "Node is left out")
    monkeypatch.setenv("COLUMNS", WIDE)

    def ran(words: list[str]) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(ANSWERS))
        code = main(words)
        said = capsys.readouterr()
        return code, said.out + said.err

    return ran


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A copy of what a developer of the suite changes."""
    for part in PARTS:
        shutil.copytree(HOME / part, tmp_path / part)
    shutil.copy(HOME / "pytest.ini", tmp_path)
    return tmp_path


@pytest.fixture
def run_there(checkout):
    """Runs the `dpc` of the copy, which finds no Node to draw with."""

    def ran(words: list[str]) -> tuple[int, str]:
        environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "COLUMNS": WIDE, "PATH": ""}
        command = [sys.executable, "-m", "dpc_conformance", *words]
        done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return ran
