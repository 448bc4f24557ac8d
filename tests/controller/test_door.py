"""The door of `dpc`: help like a manual, one sentence for bad input."""

import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance.cli import COMMANDS, main


def test_help_names_every_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in COMMANDS)
    assert all(f"\n    {code} " in printed for code in (0, 1, 2, 3, 4, 130))


def test_help_loads_no_command() -> None:
    program = (
        "import sys; from dpc_conformance.cli import main; main(['--help']); "
        "sys.exit(any(name.startswith('dpc_conformance.commands') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rum"], "No such command 'rum'. (see `dpc --help`)"),
        (["run", "--limt", "3"], "No such option '--limt'."),
        (["run", "-m", "smoke or DPC-CERT-EUK-01"], "did you mean DPC-CERT-EKU-01?"),
        (["run", "--clock", "noon"], "--clock noon: expected a moment such as 2026-06-01T12:00:00Z"),
        (["run", "--scope", "all"], "--scope: 'all' is not a scope"),
        (["run", "--target", "no.toml"], "no.toml: expected a file that can be read"),
        (["run", "features/no.feature"], "features/no.feature: expected a .feature file or a folder of features"),
        (["run", "--reports", "file/reports"], "--reports file/reports: expected a folder that can be written"),
        (["requirements", "DPC-CERT-EUK-01"], "did you mean DPC-CERT-EKU-01?"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_4(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert main(arguments) == 4
    said = capsys.readouterr()
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


def test_requirements_prints_an_entry_or_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirements", "DPC-ISS-PKIAUTH-01"]) == 0
    assert "level         MUST" in capsys.readouterr().out
    assert main(["requirements", "DPC-ISS-PKIAUTH"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 7
