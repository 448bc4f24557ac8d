"""Doors that stay shut, where import-linter does not look: steps, fixtures, clock and randomness."""

import ast
from functools import cache
from pathlib import Path

import pytest

from dpc_conformance import HOME

TYPES = ("dpc_conformance.roles",)
CLOCK = Path("src/dpc_conformance/clock.py")
ENTROPY = Path("src/dpc_conformance/entropy.py")
FORBIDDEN_CALLS = {
    "datetime.now": {CLOCK},
    "datetime.utcnow": set(),
    "datetime.today": set(),
    "date.today": set(),
    "time.time": set(),
    "time.sleep": set(),
    "secrets.token_bytes": {ENTROPY},
    "secrets.randbelow": {ENTROPY},
    "random.random": set(),
    "random.choice": set(),
    "random.randint": set(),
    "os.urandom": set(),
    "uuid.uuid4": set(),
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@cache
def calls(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            found.add(f"{node.func.value.id}.{node.func.attr}")
    return found


@pytest.mark.parametrize("path", sorted((HOME / "steps").glob("*.py")), ids=lambda path: path.name)
def test_steps_import_nothing_of_ours_but_types(path):
    ours = {name for name in imported(path) if name.startswith("dpc_conformance")}
    assert not {name for name in ours if not name.startswith(TYPES)}


@pytest.mark.parametrize("path", sorted((HOME / "fixtures").glob("*.py")), ids=lambda path: path.name)
def test_fixtures_build_no_roles_themselves(path):
    assert not {name for name in imported(path) if name.startswith("dpc_conformance.reference")}


@pytest.mark.parametrize("call", FORBIDDEN_CALLS)
def test_time_and_randomness_come_from_the_run(call):
    allowed = {HOME / path for path in FORBIDDEN_CALLS[call]}
    sources = [*(HOME / "src").rglob("*.py"), *(HOME / "steps").glob("*.py"), *(HOME / "fixtures").glob("*.py")]
    assert not [str(path) for path in sources if path not in allowed and call in calls(path)]


def test_production_code_does_not_ask_for_a_fault():
    def asks(path: Path) -> bool:
        conditions = [node.test for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.If)]
        return any("fault" in ast.unparse(condition).replace("default", "") for condition in conditions)

    assert not [str(path) for path in (HOME / "src/dpc_conformance/reference").rglob("*.py") if asks(path)]
