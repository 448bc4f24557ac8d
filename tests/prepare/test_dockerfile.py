"""The Dockerfile installs by nothing but what is tested here, and runs `dpc` for somebody who is not root."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Dockerfile").read_text("utf-8")
LINES = [line.partition(" ") for line in TEXT.splitlines() if line and not line.startswith("#")]


def values(instruction: str) -> list[str]:
    return [rest for name, _, rest in LINES if name == instruction]


def test_every_line_that_runs_something_is_a_tested_command(tmp_path) -> None:
    prepare, folders = values("RUN")  # the tests beside this one run `tools/prepare`
    assert prepare == "tools/prepare"
    assert f"\nprepare:\n\t@{prepare}\n" in (ROOT / "Makefile").read_text("utf-8")
    program, *words = shlex.split(folders)
    assert program == "install"
    subprocess.run([program, *(f"{tmp_path}{each}" if each[0] == "/" else each for each in words)], check=True)
    made = {f"/{each.name}": oct(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert made == dict.fromkeys(json.loads(values("VOLUME")[0]), "0o41777")


def test_nothing_is_fetched_but_by_that_script() -> None:
    assert not values("ADD")
    assert values("COPY") == [". ."]
    assert "://" not in TEXT
    assert all(re.fullmatch(r"debian:\d+\.\d+-slim", each) for each in values("FROM"))


def test_the_command_is_dpc_of_the_environment_that_was_made_and_not_for_root() -> None:
    checkout, work = values("WORKDIR")
    [environment] = values("ENV")
    assert f"PATH={checkout}/.venv/bin:$PATH" in environment.split()
    assert json.loads(values("ENTRYPOINT")[0]) == ["dpc"]
    assert work in json.loads(values("VOLUME")[0])
    assert values("USER") == ["1000:1000"]


@pytest.mark.parametrize("name", [".git", *(ROOT / ".gitignore").read_text("utf-8").splitlines()])
def test_what_git_does_not_keep_is_not_copied(name: str) -> None:
    left_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    bare = name.rstrip("/")
    assert bare in left_out or f"**/{bare}" in left_out


def test_what_git_keeps_is_copied() -> None:
    left_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()[1:]
    kept = {".git", *(ROOT / ".gitignore").read_text("utf-8").splitlines()}
    assert {each.removeprefix("**/") for each in left_out} == {each.rstrip("/") for each in kept}
