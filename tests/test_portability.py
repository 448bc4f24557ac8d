"""What a vendor runs on any system imports nothing that only POSIX has; process groups have one place of their own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance import HOME
from dpc_conformance.faults.certificates.material import good

MODULES = ("crypt", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty")
NAMES = {
    "os": ("fork", "geteuid", "getpgid", "getuid", "killpg", "mkfifo", "pread", "pwrite", "setsid", "uname"),
    "signal": ("SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGALRM", "alarm", "setitimer"),
}
PROGRAMS = {f"dpc_conformance.reference.programs.{name}" for name in ("program", "program_log", "run_time")}
"""Come after a guard, and a guard asks for the system first."""
GUARDED = {
    "dpc_conformance.suite.process_group",
    "dpc_conformance.suite.folder_lock",
    "dpc_conformance.reference.vpn.networks",
    *PROGRAMS,
}
"""Asks for the system before it uses what only POSIX has."""
COMMANDS = (
    "check",
    "card",
    "card_check",
    "run",
    "rerun",
    "plan",
    "review",
    "diff",
    "target",
    "target_new",
    "target_check",
)
ADAPTERS = ("operator", "http", "pcsc", "files", "image")
STARTED = {
    "check certificate.der": 0,
    "card check --image nowhere": 4,
    "target check operator.toml": 0,
    "target check http.toml": 4,
    "target check pcsc.toml": 4,
    "run --target operator.toml": 4,
    "run --target http.toml": 4,
    "run --target pcsc.toml": 4,
}
"""Exit codes: with nothing behind them, each command goes as far as it can."""
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
wanted = ["dpc_conformance.cli", "dpc_conformance.suite.plugin"]
wanted += [f"dpc_conformance.commands.{{name}}" for name in {COMMANDS}]
for package in (dpc_conformance.steps, dpc_conformance.fixtures):
    wanted += [each.name for each in pkgutil.iter_modules(package.__path__, package.__name__ + ".")]
for name in wanted:
    importlib.import_module(name)
from dpc_conformance.adapters.registered import registered
from dpc_conformance.cli import main
for each in registered():
    if each.name in {ADAPTERS}:
        each.load()
for command in {list(STARTED)}:
    print(command, main(command.split()), file=sys.stderr)
print("imported:")
print(*sorted(name for name in sys.modules if name.startswith("dpc_conformance")), sep="\\n")
"""


TARGETS = {
    "operator": 'roles.phone.adapter = "operator"',
    "http": 'roles.issuer.adapter = "http"\nroles.issuer.base_url = "https://issuer.example"',
    "pcsc": 'roles.card.adapter = "pcsc"\nroles.card.reader = "none"',
}


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> subprocess.CompletedProcess[str]:
    """A process that imported and started these commands."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "certificate.der").write_bytes(good().signed())
    for name, text in TARGETS.items():
        (folder / f"{name}.toml").write_text(f'name = "A product"\n{text}\n')
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


@pytest.fixture(scope="module")
def imported(started) -> list[str]:
    """The modules of ours that come with these commands."""
    assert started.returncode == 0, started.stderr
    return started.stdout.rpartition("imported:\n")[2].split()


def test_each_command_starts_and_ends_with_a_sentence(started) -> None:
    ends = dict(line.rsplit(" ", 1) for line in started.stderr.splitlines() if line.startswith(tuple(STARTED)))
    assert ends == {command: str(code) for command, code in STARTED.items()}, started.stderr


def test_the_commands_are_imported_where_there_is_no_posix(imported) -> None:
    assert "dpc_conformance.suite.controller" in imported
    assert "dpc_conformance.casting" in imported
    assert "dpc_conformance.adapters.private_pcscd" not in imported


def test_nothing_that_only_posix_has_is_used_unasked(imported) -> None:
    used = {module: found for module in imported if module not in GUARDED and (found := posix_names(_file_of(module)))}
    assert used == {}


def test_no_import_in_a_function_is_one_either(imported) -> None:
    late = {
        module: found for module in imported if module not in GUARDED and (found := posix_imports(_file_of(module)))
    }
    assert late == {}


def posix_imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {each for each in names if each.partition(".")[0] in MODULES}


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
    file.write_text("import os\nos.killpg(1, 2)\ndef late():\n    import fcntl\n    from pwd import getpwnam\n")
    assert posix_names(file) == {"os.killpg"}
    assert posix_imports(file) == {"fcntl", "pwd"}


def _file_of(module: str) -> Path:
    parts = module.split(".")[1:]
    for folder in (HOME / "src" / "dpc_conformance", HOME):
        for path in (folder.joinpath(*parts).with_suffix(".py"), folder.joinpath(*parts, "__init__.py")):
            if path.is_file():
                return path
    raise FileNotFoundError(module)
