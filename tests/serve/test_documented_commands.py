"""The commands of docs/serve.md, as they stand there."""

import re
import shlex

import pytest

from dpc_conformance import HOME
from dpc_conformance.cli import main
from dpc_conformance.reference.pki.keys import default_folder

TEXT = (HOME / "docs" / "serve.md").read_text("utf-8").replace("\\\n", "")
COMMANDS = [re.sub(r"\s+#.*", "", line) for line in re.findall(r"^\$ (dpc serve.*)$", TEXT, re.M)]


@pytest.mark.parametrize("line", COMMANDS)
def test_it_is_understood(line, monkeypatch, tmp_path, request, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dpc_conformance.commands.serve.stay", lambda _: None)
    (tmp_path / "system").mkdir()
    (tmp_path / "system" / "rsa").symlink_to(default_folder())  # making keys would take most of the time
    words = shlex.split(line.partition(" > ")[0])
    if "--image" in words:
        (tmp_path / "icam-cards").symlink_to(request.getfixturevalue("icam_cards"))
    assert main(words[1:]) == 0
    assert capsys.readouterr().out.startswith(("The reference system runs until ^C.", "{"))


def test_there_are_some():
    assert len(COMMANDS) >= 4
