"""docs/http.md: its target can be read, and its commands run."""

import re
import shlex
from pathlib import Path

import pytest

from dpc_conformance.adapters.over_http.settings import IssuerSettings
from dpc_conformance.cli import main
from dpc_conformance.toml_file import read_model

PAGE = (Path(__file__).parents[2] / "docs" / "http.md").read_text()
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()]


def test_its_target_is_one_that_can_be_read(tmp_path) -> None:
    [written] = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    table = written.partition("[roles.issuer]\n")[2].replace('adapter = "http"\n', "")
    (tmp_path / "issuer.toml").write_text(table.replace("[roles.issuer.", "["))
    assert "credentials_of" in read_model(tmp_path / "issuer.toml", IssuerSettings, ValueError).verbs


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(opened, monkeypatch, command) -> None:
    monkeypatch.chdir(opened().target.parent)
    _, *words = shlex.split(command)
    more = ["--reports", "reports"] if words[0] == "run" else []
    assert main([*words, *more]) in (0, 2)  # a part of a run is incomplete
