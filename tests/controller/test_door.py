"""The door of `dpc`: help like a manual, one sentence for bad input."""

import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance.cli import COMMANDS, main
from dpc_conformance.suite.run_files import RunFiles


def test_help_names_every_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in COMMANDS)
    assert all(f"\n    {code} " in printed for code in (0, 1, 2, 3, 4, 130))
    assert "Other commands end with 1" in printed


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
        (["run", "--clock", "noon"], "--clock noon: expected a moment from 2000 to 2099, such as 2026-06-01T12:00:00Z"),
        (["run", "--clock", "9999-12-31"], "--clock 9999-12-31: expected a moment from 2000 to 2099"),
        (["run", "--seed", " "], "--seed: expected a text that is not empty"),
        (["run", "--limit", "0"], "--limit 0: expected more than 0 seconds"),
        (["run", "--limit", "nan"], "--limit nan: expected more than 0 seconds"),
        (["run", "-k", "a and"], "-k a and: expected not OR left parenthesis OR identifier; got end of input"),
        (["run", "--fault", "everything is fine"], "--fault everything is fine: "),
        (["run", "file"], "file: expected a .feature file or a folder of features"),
        (["run", "."], ".: expected a .feature file or a folder of features"),
        (["run", "--scope", "all"], "--scope: 'all' is not a scope"),
        (["run", "--target", "no.toml"], "no.toml: expected a file that can be read"),
        (["run", "features/no.feature"], "features/no.feature: expected a .feature file or a folder of features"),
        (["run", "--reports", "file/reports"], "--reports file/reports: expected a folder that can be written"),
        (["requirements", "DPC-CERT-EUK-01"], "did you mean DPC-CERT-EKU-01?"),
        (["run", "--requirement", "DPC-CERT-EUK-01"], "did you mean DPC-CERT-EKU-01?"),
        (["run", "--only", "tokn"], "--only tokn: expected a part of the story; did you mean token?"),
        (["plan", "--target", "no.toml"], "no.toml: expected a file that can be read"),
        (["plan", "--clock", "noon"], "--clock noon: expected a moment"),
        (["target", "check", "no.toml"], "no.toml: expected a file that can be read"),
        (["target", "new", "file"], "file: expected a file that does not exist yet"),
        (["adapter", "check", "pcsk"], "pcsk: expected the name of an adapter; did you mean pcsc?"),
        (["rerun", "--failed", "no"], "no: expected the folder of a run, with its journal.jsonl"),
        (["rerun"], "Missing option '--failed'."),
        (["diff", "no", "file"], "no: expected the folder of a run, with its journal.jsonl"),
        (["diff", "no", "file", "--format", "xml"], "--format xml: expected one of table, json, markdown"),
        (["review", "no"], "no: expected the folder of a run, with its journal.jsonl"),
        (["spec", "--format", "pdf"], "--format pdf: expected one of html, csv"),
        (["interpretations", "--format", "pdf"], "--format pdf: expected one of text, markdown, json"),
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


def test_an_expression_that_matches_nothing_is_bad_input_and_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", "-k", "nosuchthing"]) == 4
    assert capsys.readouterr().err == "nosuchthing: expected an expression that at least one scenario matches\n"
    assert list((tmp_path / "reports").iterdir()) == []


def test_two_runs_do_not_share_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with RunFiles(tmp_path / "reports").held():
        assert main(["run"]) == 4
    assert capsys.readouterr().err == "--reports reports: expected a folder that no other run is writing to\n"


def test_without_a_command_the_manual_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Exit codes of `dpc run`" in capsys.readouterr().out


def test_requirements_prints_an_entry_or_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirements", "DPC-ISS-PKIAUTH-01"]) == 0
    assert "level         MUST" in capsys.readouterr().out
    assert main(["requirements", "DPC-ISS-PKIAUTH"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 7
