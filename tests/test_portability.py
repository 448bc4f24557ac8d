"""What a vendor runs on any system imports nothing that only POSIX has; process groups have one place of their own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance import HOME

MODULES = ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty")
NAMES = {
    "os": ("fork", "geteuid", "getpgid", "getuid", "killpg", "mkfifo", "pread", "pwrite", "setsid", "uname"),
    "signal": ("SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGALRM", "alarm", "setitimer"),
}
PROGRAMS = {f"dpc_conformance.reference.programs.{name}" for name in ("program", "program_log", "run_time")}
"""Come after a guard, and a guard asks for the system first."""
GUARDED = {"dpc_conformance.suite.process_group", "dpc_conformance.reference.vpn.networks", *PROGRAMS}
"""Asks for the system before it uses what only POSIX has."""
COMMANDS = ("check", "card", "card_check", "run", "rerun", "plan", "review", "diff", "target_new", "target_check")
PROGRAM = f"""
import builtins, importlib, pkgutil, sys
kept = builtins.__import__
def without_posix(name, globals=None, locals=None, fromlist=(), level=0):
    importer = (globals or {{}}).get("__name__", "")
    if importer.startswith("dpc_conformance") and not level and name.partition(".")[0] in {MODULES}:
        raise ModuleNotFoundError(f"{{importer}} imports {{name}}, which only POSIX has")
    return kept(name, globals, locals, fromlist, level)
builtins.__import__ = without_posix
import dpc_conformance.steps, dpc_conformance.fixtures
wanted = ["dpc_conformance.cli", "dpc_conformance.suite.plugin", "dpc_conformance.adapters.pcsc_card"]
wanted += ["dpc_conformance.adapters.pcsc_token", "dpc_conformance.adapters.card_image"]
wanted += [f"dpc_conformance.commands.{{name}}" for name in {COMMANDS}]
for package in (dpc_conformance.steps, dpc_conformance.fixtures):
    wanted += [each.name for each in pkgutil.iter_modules(package.__path__, package.__name__ + ".")]
for name in wanted:
    importlib.import_module(name)
print(*sorted(name for name in sys.modules if name.startswith("dpc_conformance")), sep="\\n")
"""


@pytest.fixture(scope="module")
def imported() -> list[str]:
    """The modules of ours that come with these commands."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_commands_are_imported_where_there_is_no_posix(imported) -> None:
    assert "dpc_conformance.suite.controller" in imported
    assert "dpc_conformance.casting" in imported
    assert "dpc_conformance.adapters.private_pcscd" not in imported


def test_nothing_that_only_posix_has_is_used_unasked(imported) -> None:
    used = {module: found for module in imported if module not in GUARDED and (found := posix_names(_file_of(module)))}
    assert used == {}


def posix_names(path: Path) -> set[str]:
    return {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in NAMES.get(node.value.id, ())
    }


def test_the_search_finds_what_it_is_for(tmp_path) -> None:
    file = tmp_path / "posix.py"
    file.write_text("import os\nos.killpg(1, 2)\n")
    assert posix_names(file) == {"os.killpg"}


def _file_of(module: str) -> Path:
    parts = module.split(".")[1:]
    for folder in (HOME / "src" / "dpc_conformance", HOME):
        for path in (folder.joinpath(*parts).with_suffix(".py"), folder.joinpath(*parts, "__init__.py")):
            if path.is_file():
                return path
    raise FileNotFoundError(module)
