"""Several workers side by side: sanity first, last and alone, and the same verdicts as with one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_up_features import planned

from dpc_conformance.cli import main
from dpc_conformance.evidence.events import Event, Outcome, RunEnded, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.controller import Controller
from dpc_conformance.suite.lane import RunResult
from dpc_conformance.suite.worker import WorkerPlan

AT = datetime(2026, 6, 1, tzinfo=UTC)
STEPS = """
import os, signal, threading
from pathlib import Path
from pytest_bdd import given, then
@given("nothing")
def _(): pass
@given("it hangs")
def _(): threading.Event().wait()
@given("it hangs elsewhere")
def elsewhere(): threading.Event().wait()
@given("the worker dies")
def _(): os._exit(9)
@given("the user presses ^C when both are at work")
def _():
    Path("waiting").touch()
    threading.Event().wait()
@given("the other waits")
def _():
    while not Path("waiting").exists(): threading.Event().wait(0.01)
    os.kill(os.getppid(), signal.SIGINT)
    threading.Event().wait()
"""
SANITY = """Feature: Sanity
  @sanity-opens
  Scenario: opens
    Given nothing
  @sanity-closes
  Scenario: closes
    Given nothing
"""
ORDINARY = "Feature: {0}\n  Scenario: {0} one\n    Given {1}\n  Scenario: {0} two\n    Given nothing\n"
QUICK = ("features/journey/08_use.feature", "features/token/01_selection.feature", "features/card/pin.feature")


def plan_of(home: Path, **features: str) -> WorkerPlan:
    ordinary = {name: ORDINARY.format(name, given) for name, given in features.items()}
    return planned(home, STEPS, {"sanity": SANITY, **ordinary}, "--sanity=both")


def run(plan: WorkerPlan, workers: int, limit: float = 60.0) -> tuple[RunResult, list[Event]]:
    seen: list[Event] = []
    return Controller(plan, limit, seen.append, AT, workers).run(), seen


def outcomes(plan: WorkerPlan) -> dict[str, Outcome]:
    return {
        event.scenario.rpartition("test_")[2]: event.outcome for event in read_journal(plan.journal).of(ScenarioEnded)
    }


def test_sanity_runs_first_and_last_and_alone(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="nothing", b="nothing", c="nothing")
    result, seen = run(plan, workers=2)
    assert result == RunResult()
    story = [event for event in seen if isinstance(event, ScenarioStarted | ScenarioEnded)]
    assert seen == list(read_journal(plan.journal).events)
    assert [each.scenario.rpartition("_")[2] for each in (*story[:2], *story[-2:])] == ["opens"] * 2 + ["closes"] * 2
    started = [event for event in story if isinstance(event, ScenarioStarted)]
    assert len(started) == len({event.scenario for event in started}) == 8
    shares = {event.file: event.worker for event in started if not event.sanity}
    assert {event.file: event.worker for event in reversed(started) if not event.sanity} == shares
    assert set(shares.values()) == {"1/2", "2/2"}


def test_more_workers_than_files_leave_some_without_work(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="nothing")
    assert run(plan, workers=3)[0] == RunResult()
    assert set(outcomes(plan).values()) == {Outcome.PASSED}
    assert len(outcomes(plan)) == 4


def test_a_scenario_that_hangs_is_ended_in_its_lane_and_says_where(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="it hangs", b="nothing")
    result, _ = run(plan, workers=2, limit=0.5)
    assert result == RunResult()
    ended = {each.scenario.rpartition("test_")[2]: each for each in read_journal(plan.journal).of(ScenarioEnded)}
    assert (ended["a_one"].outcome, ended["a_one"].broken_step) == (Outcome.HANG, "Given it hangs")
    assert "0.5 seconds" in ended["a_one"].message
    assert {name: each.outcome for name, each in ended.items() if name != "a_one"} == dict.fromkeys(
        ("opens", "a_two", "b_one", "b_two", "closes"), Outcome.PASSED
    )


def test_a_worker_that_hangs_tells_in_which_calls_and_not_where_the_one_before_it_hung(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="it hangs", b="it hangs elsewhere")
    assert run(plan, workers=1, limit=0.5)[0] == RunResult()
    hung = [each.message for each in read_journal(plan.journal).of(ScenarioEnded) if each.outcome is Outcome.HANG]
    assert len(hung) == 2
    assert [" elsewhere (" in said for said in hung] == [False, True]
    assert all(": Aborted in wait (threading.py:" in said for said in hung)


def test_a_worker_that_dies_is_replaced_in_its_lane(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="the worker dies", b="nothing")
    assert run(plan, workers=2)[0] == RunResult()
    found = outcomes(plan)
    assert found.pop("a_one") is Outcome.INFRASTRUCTURE
    assert set(found.values()) == {Outcome.PASSED}
    assert len(found) == 5


def test_an_interrupt_stops_every_lane(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="the user presses ^C when both are at work", b="the other waits")
    assert run(plan, workers=2)[0] == RunResult(interrupted=True)
    found = outcomes(plan)
    assert (found["a_one"], found["b_one"]) == (Outcome.INTERRUPTED, Outcome.INTERRUPTED)
    assert "closes" not in found


def test_an_expression_that_matches_nothing_is_the_users_mistake(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, a="nothing", b="nothing")
    result, _ = run(WorkerPlan(**{**vars(plan), "arguments": (*plan.arguments, "-k", "nosuchthing")}), workers=2)
    assert result.misused
    assert result.broke == "nosuchthing: expected an expression that at least one scenario matches"


def test_verdicts_are_those_of_one_worker(tmp_path: Path) -> None:
    found = []
    for workers in ("1", "3"):
        reports = tmp_path / workers
        arguments = ["run", "-n", workers, "--reports", str(reports), "--clock", "2026-11-23", *QUICK]
        assert main(arguments) == 2  # only a part was chosen
        [ended] = read_journal(reports / "journal.jsonl").of(RunEnded)
        assert ended.broke == ""
        statement = json.loads((reports / "statement.json").read_text())
        found.append({name: value for name, value in statement.items() if name != "machine_clock"})
    assert found[0] == found[1]
    assert len(found[0]["scenarios"]) > 15


@pytest.mark.parametrize("text", ["0", "65", "two", "-1", "1.5"])
def test_a_wrong_number_of_workers_is_named(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "-n", text]) == 4
    assert capsys.readouterr().err == f"-n {text}: expected auto or a number from 1 to 64\n"


def test_a_card_in_a_reader_has_one_worker(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "card.toml"
    file.write_text('name = "x"\n[roles.card]\nadapter = "pcsc"\nreader = "r"\npin_file = "p"\n')
    assert main(["run", "-n", "2", "--target", str(file)]) == 4
    assert "-n 2: expected 1: roles.card is pcsc, which stands one session at a time" in capsys.readouterr().err
