"""The commands of the README's sections for vendors, run in their order in one folder."""

import io
import os
import re
import shlex

import pytest

from dpc_conformance import HOME
from dpc_conformance.cli import main

THEIRS = HOME / "tests" / "adapters" / "theirs"
FIRST, LAST = "## Your product: a target", "## Certificates by themselves"
ENDS = {"--reports part": 2, "--holds": 4}
"""Exit codes other than 0: of parts of a run, and where this product does not leave the question open."""


def commands() -> list[str]:
    text = (HOME / "README.md").read_text("utf-8")
    section = text[text.index(FIRST) : text.index(LAST)]
    lines = [line for block in re.findall(r"```console\n(.*?)```", section, re.S) for line in block.splitlines()]
    return [re.sub(r"\s+#.*", "", line.removeprefix("$ ")) for line in lines if line.startswith("$ dpc ")]


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(THEIRS))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(THEIRS), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_readme_do_what_it_says(in_folder, monkeypatch, capsys) -> None:
    asked = commands()
    assert len(asked) > 12
    for line in asked:
        words, _, output = line.partition(" > ")
        monkeypatch.setattr("sys.stdin", io.StringIO("A product\n" + "\n" * 60))
        expected = next((code for part, code in ENDS.items() if part in line), 0)
        assert main(shlex.split(words)[1:]) == expected, (line, capsys.readouterr())
        if output:
            assert capsys.readouterr().out
        if "target new" in line:  # what was asked for is written; a product that is here plays on
            written = (in_folder / "product.toml").read_text()
            played = '[roles.relying_party]\nadapter = "theirs"\n'
            (in_folder / "product.toml").write_text(f"{written}\n{played}")
