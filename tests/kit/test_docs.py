"""docs/kit.md: its commands run in their order, and its target names the kit that they made."""

import re
import shlex

from cryptography import x509

from dpc_conformance import HOME
from dpc_conformance.cli import main
from dpc_conformance.commands import kit_serve

PAGE = (HOME / "docs" / "kit.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()]


def stopped() -> None:
    """The user ends what would go on for ever."""
    raise KeyboardInterrupt


def test_its_commands_run_and_make_a_kit_that_has_nothing_of_another(made, tmp_path, monkeypatch, capsys) -> None:
    [target] = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    (tmp_path / "kit.toml").write_text(target)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kit_serve, "until_stopped", stopped)
    assert len(COMMANDS) == 4
    for command in COMMANDS:
        # The port of the page may be taken on this machine.
        assert main(shlex.split(command.replace("0.0.0.0:80", "127.0.0.1:0"))[1:]) == 0, (
            command,
            capsys.readouterr(),
        )
    assert "http://status.lab.example/ocsp/piv" in (said := capsys.readouterr().out)
    assert "find fault" not in said
    kits = made, tmp_path / "kit"
    roots = [x509.load_pem_x509_certificate((each / "roots" / "root.pem").read_bytes()) for each in kits]
    assert roots[0].subject != roots[1].subject
    keys = [{file.read_bytes() for file in (each / "keys").iterdir()} for each in kits]
    assert keys[0].isdisjoint(keys[1])
