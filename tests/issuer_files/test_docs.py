"""docs/files.md: its keys are those of the adapter, and its commands run."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from dpc_conformance.adapters.issuer_files import FilesSettings
from dpc_conformance.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "files.md").read_text()
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()]


def test_its_target_is_one_that_can_be_read() -> None:
    [written] = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    table = tomllib.loads(written)["roles"]["issuer"]
    assert table.pop("adapter") == "files"
    FilesSettings.model_validate(table)


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(exported, monkeypatch, command) -> None:
    del exported.lines["ocsp_response"]
    monkeypatch.chdir(exported.target().parent)
    _, *words = shlex.split(command)
    more = ["--reports", "reports"] if words[0] == "run" else []
    assert main([*words, *more]) == 0
