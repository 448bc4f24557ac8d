"""`dpc rerun --failed`: what did not end well runs again, with its controls, in a folder that says so."""

import json
import os
from dataclasses import replace

import pytest

from dpc_conformance.cli import main
from dpc_conformance.evidence.events import Outcome, RunStarted, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.suite.run_files import RunFiles

ONE, OTHER, THIRD = "PIV-SRC-CHUID-01", "PIV-SRC-CHUID-02", "PIV-SRC-CHUID-03"
FAULT = "card uses the PIV Authentication key without its PIN"


@pytest.fixture
def asked(monkeypatch):
    """The options of the run that would be carried out."""
    found = []
    monkeypatch.setattr("dpc_conformance.commands.rerun.run_in_folder", lambda options, *_, **__: found.append(options))
    return found


def test_what_failed_broke_or_hung_is_chosen(run_folder, asked) -> None:
    results = {ONE: ("FAIL", "x"), OTHER: ("BROKEN", "x"), THIRD: ("HANG", "x"), "PIV-SRC-CCC-01": ("REVIEW", "x")}
    folder = run_folder(results=results, faults=["a defect"])
    assert main(["rerun", "--failed", str(folder)]) == 0
    [options] = asked
    tags = {each.scenario: each.tags for each in read_journal(folder / "journal.jsonl").of(ScenarioStarted)}
    assert {tags[each][0] for each in options.scenarios} == {ONE, OTHER, THIRD}
    assert (options.reran, options.seed, options.faults) == ("run", "dpc", ("a defect",))
    assert options.target.scope.name == "card"
    assert options.clock is not None
    assert options.selection == "3 scenarios of the run run"
    assert options.files.folder.name == "run-rerun"


def test_a_folder_that_exists_is_not_taken(run_folder, asked) -> None:
    folder = run_folder(results={ONE: ("FAIL", "x")})
    folder.with_name("run-rerun").mkdir()
    main(["rerun", "--failed", str(folder)])
    assert asked[0].files.folder.name == "run-rerun-2"


def test_nothing_to_do_is_said(run_folder, asked, capsys) -> None:
    assert main(["rerun", "--failed", str(run_folder())]) == 0
    assert "nothing failed, broke or hung in" in capsys.readouterr().out
    assert asked == []


def test_where_nothing_runs_again_the_run_is_no_better_than_it_was(run_folder, asked, capsys) -> None:
    unknown = run_folder("unknown", results={ONE: ("INCONCLUSIVE", "not seen")})
    assert main(["rerun", "--failed", str(unknown)]) == 2
    assert "which is INCOMPLETE" in capsys.readouterr().out
    assert asked == []


def test_what_had_failed_before_it_was_blocked_runs_again(run_folder, asked) -> None:
    folder = run_folder(results={ONE: ("FAIL", "x")})
    with JournalWriter(folder / "journal.jsonl") as journal:
        [failed] = [each for each in read_journal(journal.path).of(ScenarioEnded) if each.outcome is Outcome.FAILED]
        journal.write(replace(failed, outcome=Outcome.BLOCKED))
    main(["rerun", "--failed", str(folder)])
    assert asked[0].scenarios == (failed.scenario,)


def test_a_target_that_is_gone_has_to_be_named_and_one_that_changed_is_told(
    run_folder, asked, tmp_path, capsys
) -> None:
    folder = run_folder(results={ONE: ("FAIL", "x")}, target_file="product.toml")
    assert main(["rerun", "--failed", str(folder)]) == 4
    assert "its target product.toml is not where it was; name it with --target" in capsys.readouterr().err
    file = tmp_path / "product.toml"
    file.write_text('name = "Product"\n')
    assert main(["rerun", "--failed", str(folder), "--target", str(file)]) == 0
    assert "the target has changed since that run: claims" in capsys.readouterr().out


def test_a_target_whose_name_is_not_utf_8_is_found_again(run_folder, asked, tmp_path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.toml")
    file.write_text('name = "Product"\n')
    folder = run_folder(results={ONE: ("FAIL", "x")}, target_file=file.name)
    RunFiles(folder).keep_target(file)
    assert main(["rerun", "--failed", str(folder)]) == 0
    assert asked[0].target_file == file


def test_a_run_with_a_defect_runs_again_and_says_what_it_reran(tmp_path, capsys) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    feature = "features/journey/01_prerequisites.feature"
    assert main(["run", "--fault", FAULT, "--reports", str(first), feature]) == 1
    ended = read_journal(first / "journal.jsonl").of(ScenarioEnded)
    failed = {each.scenario for each in ended if each.outcome is Outcome.FAILED}
    assert failed
    assert main(["rerun", "--failed", str(first), "--reports", str(second)]) == 1
    journal = read_journal(second / "journal.jsonl")
    ran = {each.scenario for each in journal.of(ScenarioStarted) if not each.sanity}
    assert ran == failed
    [before], [after] = read_journal(first / "journal.jsonl").of(RunStarted), journal.of(RunStarted)
    assert (after.reran, after.faults, after.seed, after.clock) == (before.run, [FAULT], before.seed, before.clock)
    statement = json.loads((second / "statement.json").read_text())
    assert f"scenarios of the run {before.run}" in statement["selection"]


def test_a_scenario_that_is_not_there_any_more_is_named(run_folder, capsys) -> None:
    folder = run_folder(results={ONE: ("FAIL", "x")})  # its made-up scenario is in no feature
    assert main(["rerun", "--failed", str(folder)]) == 4
    assert "expected a scenario that exists; this one is not there any more" in capsys.readouterr().err
