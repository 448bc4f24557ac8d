"""The pipelines of docs/ci: both give the same commands, and these install the wheel, run, pack and end as they say."""

import json
import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

from dpc_conformance.reporting.node import find_node

ROOT = Path(__file__).parents[2]
THEIRS = ROOT / "tests/adapters/theirs"
FOLDER = ROOT / "docs/ci"
GITHUB = yaml.safe_load((FOLDER / "github.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((FOLDER / "gitlab.yml").read_text("utf-8"))
STEPS = {each["name"]: each["run"] for each in GITHUB["jobs"]["conformance"]["steps"] if "run" in each}
TARGET = 'name = "Their application"\n[roles.relying_party]\nadapter = "theirs"\n'
STAND_IN = """#!/bin/sh
code=$(head -n 1 codes)
sed -i 1d codes
exit "$code"
"""


def carry_out(step: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One step as a runner does it: a shell that ends at the first command that fails."""
    variables = os.environ | {"TARGET": "target.toml", "OPTIONS": "", **environment}
    shell = ["bash", "-e", "-o", "pipefail", "-c", STEPS[step]]
    return subprocess.run(shell, cwd=folder, env=variables, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def ended(wheel, tmp_path_factory):
    """The folder of a pipeline that went through every step, with a product that conforms."""
    folder = tmp_path_factory.mktemp("pipeline")
    (folder / "target.toml").write_text(TARGET)
    # pip takes the wheel alone: what it needs is here already.
    alone = {"PIP_NO_DEPS": "1", "PIP_IGNORE_INSTALLED": "1"}
    there = os.pathsep.join((sysconfig.get_path("purelib"), str(THEIRS)))
    for step in STEPS:
        done = carry_out(step, folder, SUITE=str(wheel), PYTHONPATH=there, **alone)
        assert done.returncode == 0, (step, done.stdout, done.stderr)
    return folder


def test_both_pipelines_give_the_same_commands_in_the_same_order() -> None:
    pages = STEPS["Pages"]
    assert GITLAB["conformance"]["script"] == [each for each in STEPS.values() if each != pages]
    assert GITLAB["pages"]["script"] == [pages]


def test_the_same_is_set_at_the_top_of_both() -> None:
    assert GITHUB["env"] == GITLAB["variables"]


def test_a_pipeline_keeps_package_pages_and_history(ended) -> None:
    assert (ended / "package.zip").stat().st_size > 0
    pages = {each.name for each in (ended / "public").iterdir()}
    if isinstance(find_node(), str):
        pytest.skip(find_node())
    assert pages == {"index.html", "statement.html"}
    [kept] = (ended / "history.jsonl").read_text("utf-8").splitlines()
    assert json.loads(kept)["name"] == "Their application: conformant"


def test_what_is_kept_is_kept_of_every_run() -> None:
    assert GITLAB["conformance"]["cache"]["when"] == GITLAB["conformance"]["artifacts"]["when"] == "always"
    keeping = [each for each in GITHUB["jobs"]["conformance"]["steps"] if each.get("name", "").startswith("Keep")]
    assert len(keeping) == 3
    assert all("!cancelled()" in each["if"] for each in keeping)


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 130])
def test_a_pipeline_ends_with_the_exit_code_of_the_run_and_says_what_it_means(tmp_path, code) -> None:
    (tmp_path / "exit-code").write_text(f"{code}\n")
    done = carry_out("Verdict", tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (code, 1)


@pytest.mark.parametrize(
    ("codes", "kept"),
    [([0], 0), ([1], 1), ([2], 2), ([4], 4), ([3, 0], 0), ([3, 1], 1), ([3, 3], 3)],
    ids=lambda each: str(each),
)
def test_a_run_that_broke_is_repeated_once_and_no_other(tmp_path, codes, kept) -> None:
    program = tmp_path / ".dpc/bin/dpc"
    program.parent.mkdir(parents=True)
    program.write_text(STAND_IN)
    program.chmod(0o755)
    (tmp_path / "codes").write_text("".join(f"{each}\n" for each in (*codes, 99)))
    assert carry_out("Run", tmp_path).returncode == 0
    assert (tmp_path / "exit-code").read_text() == f"{kept}\n"
    assert (tmp_path / "codes").read_text() == "99\n"


def test_actions_and_images_are_pinned_and_no_address_is_named() -> None:
    texts = {each.name: each.read_text("utf-8") for each in FOLDER.iterdir()}
    used = re.findall(r"uses: (.+)", texts["github.yml"])
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", each) for each in used)
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+-[a-z-]+", job["image"]) for job in GITLAB.values() if "image" in job)
    assert not [name for name, text in texts.items() if "://" in text or re.search(r"\w\.(io|org|com)\b", text)]
