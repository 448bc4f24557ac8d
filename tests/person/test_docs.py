"""The commands of docs/operator.md, in the folder of a product; the runs themselves are the walk of the others."""

import re
import shlex

import pytest

from dpc_conformance import HOME
from dpc_conformance.cli import main
from dpc_conformance.target import load_target

PAGE = (HOME / "docs" / "operator.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ (dpc .+)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(walked, monkeypatch, capsys, command) -> None:
    monkeypatch.chdir(walked.target.parent)
    code = main(shlex.split(command)[1:])
    said = capsys.readouterr()
    if command.startswith("dpc run --target") or command.startswith("dpc run --resume"):
        assert (code, "is a person, who is asked in a terminal" in said.err) == (4, True)
    else:
        assert code == 0, said


def test_the_target_of_the_page_is_one(tmp_path, walked) -> None:
    [text] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    file = walked.target.with_name("page.toml")
    file.write_text(text)
    assert main(["target", "check", str(file)]) == 0
    assert load_target(file).products >= {"phone", "issuer"}
