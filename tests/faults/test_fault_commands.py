"""`dpc faults`, `dpc run --fault` and the reading of a matrix's row."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dpc_conformance.cli import main
from dpc_conformance.evidence.events import EvaluationMade, Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.faults.matrix import Row, row_of
from dpc_conformance.faults.registry import Fault, UnknownFault, fault_named

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def made_up(*trips: str, breaks: dict[str, str] | None = None) -> Fault:
    return Fault("made up", lambda _: None, frozenset(trips), breaks or {})


def row(
    tmp_path: Path,
    fault: Fault,
    *results: tuple[str, str],
    outcome: Outcome = Outcome.FAILED,
    tags: tuple[str, ...] = (),
    message: str = "why",
) -> Row:
    journal = tmp_path / "journal.jsonl"
    with JournalWriter(journal) as writer:
        writer.write(ScenarioStarted(NOW, "a::b", "A scenario", "F", "a", 1, tags))
        for requirement, result in results:
            writer.write(EvaluationMade(NOW, "a::b", requirement, result))
        writer.write(ScenarioEnded(NOW, "a::b", outcome, message=message))
    return row_of(fault, journal)


def test_the_exact_set_is_caught(tmp_path):
    found = row(tmp_path, made_up("DPC-A-01"), ("DPC-A-01", "FAIL"), ("DPC-B-01", "PASS"))
    assert found.caught
    assert str(found) == "caught"


def test_a_pass_of_what_should_fail_is_missed(tmp_path):
    found = row(tmp_path, made_up("DPC-A-01"), ("DPC-A-01", "PASS"), outcome=Outcome.PASSED)
    assert not found.caught
    assert str(found) == "missed: DPC-A-01"


def test_more_than_was_declared_is_not_caught(tmp_path):
    found = row(tmp_path, made_up("DPC-A-01"), ("DPC-A-01", "FAIL"), ("DPC-B-01", "FAIL"))
    assert str(found) == "also red: DPC-B-01"


def test_a_scenario_that_breaks_is_no_catch(tmp_path):
    found = row(tmp_path, made_up(), outcome=Outcome.BROKEN)
    assert str(found) == "broke: A scenario (why)"


def test_a_scenario_may_break_where_it_is_declared(tmp_path):
    assert row(tmp_path, made_up(breaks={"A scenario": "it must"}), outcome=Outcome.BROKEN).caught


CONTRADICTION = "AssertionError: assert 0 == 1"


@pytest.mark.parametrize(
    ("trips", "tags", "message", "said"),
    [
        ({"LIFE-07"}, ("LIFE-07",), CONTRADICTION, "caught"),
        ({"LIFE-07", "ADM-04"}, ("LIFE-07", "ADM-04", "negative"), CONTRADICTION, "caught"),
        ({"LIFE-07"}, ("LIFE-07", "ADM-04"), CONTRADICTION, f"missed: LIFE-07; broke: A scenario ({CONTRADICTION})"),
        ({"LIFE-07"}, ("LIFE-08",), CONTRADICTION, f"missed: LIFE-07; broke: A scenario ({CONTRADICTION})"),
        ({"LIFE-07"}, ("LIFE-07",), "LookupError: why", "missed: LIFE-07; broke: A scenario (LookupError: why)"),
        ({"DPC-A-01"}, ("DPC-A-01",), CONTRADICTION, f"missed: DPC-A-01; broke: A scenario ({CONTRADICTION})"),
    ],
)
def test_a_step_of_the_story_turns_red_where_its_scenario_is_contradicted(tmp_path, trips, tags, message, said):
    found = row(tmp_path, made_up(*trips), outcome=Outcome.BROKEN, tags=tags, message=message)
    assert str(found) == said


def test_a_scenario_with_a_finding_turns_no_step_of_the_story_red(tmp_path):
    found = row(tmp_path, made_up("LIFE-07"), ("DPC-A-01", "FAIL"), tags=("LIFE-07",), message=CONTRADICTION)
    assert str(found) == "missed: LIFE-07; also red: DPC-A-01"


def test_an_unknown_defect_names_the_nearest():
    with pytest.raises(UnknownFault, match='the nearest is "issuer accepts a revoked PIV Card"'):
        fault_named("issuer accepts a revoked card")


def test_the_list_names_defects_and_their_requirements(capsys):
    assert main(["faults", "revoked"]) == 0
    printed = capsys.readouterr().out
    assert "issuer accepts a revoked PIV Card\n    DPC-ISS-PKIAUTH-03 PIV-SRC-STATUS-01\n" in printed
    assert "binding secret" not in printed


def test_a_word_that_no_defect_has_is_bad_input(capsys):
    assert main(["selfcheck", "no such word"]) == 4
    assert "`dpc faults` lists them" in capsys.readouterr().err


def test_a_run_with_a_seeded_defect_is_not_conformant(tmp_path, capsys):
    arguments = ["run", "--reports", str(tmp_path / "out"), "--fault", "issuer accepts a revoked PIV Card"]
    assert main([*arguments, "-m", "PIV-SRC-STATUS-01"]) == 1
    assert "not conformant" in capsys.readouterr().out.lower()
