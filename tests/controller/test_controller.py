"""The controller on made-up scenarios that pass, hang, and take their worker down."""

from datetime import UTC, datetime
from pathlib import Path

from made_up_features import planned

from dpc_conformance.evidence.events import Outcome, ScenarioEnded, StepStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.controller import Controller, RunResult
from dpc_conformance.suite.tail import JournalTail
from dpc_conformance.suite.worker import Worker, WorkerPlan

AT = datetime(2026, 6, 1, tzinfo=UTC)
STEPS = """
import os, signal, threading
from pytest_bdd import given, then
@given("nothing")
def _(): pass
@then("it hangs")
def _(): threading.Event().wait()
@then("the worker dies")
def _(): os._exit(9)
@then("the user presses ^C")
def _(): os.kill(os.getppid(), signal.SIGINT); threading.Event().wait()
"""
FEATURE = """Feature: Made up
  Scenario: first
    Given nothing
  Scenario: second
    Given nothing
    Then {}
  Scenario: third
    Given nothing
"""


def plan_of(home: Path, then: str, *arguments: str) -> WorkerPlan:
    return planned(home, STEPS, {"one": FEATURE.format(then)}, *arguments)


def outcomes(plan: WorkerPlan) -> dict[str, ScenarioEnded]:
    ended = read_journal(plan.journal).of(ScenarioEnded)
    return {event.scenario.rpartition("_")[2]: event for event in ended}


def run(plan: WorkerPlan, limit: float = 60.0) -> RunResult:
    return Controller(plan, limit, [].append, AT).run()


def test_a_scenario_that_hangs_is_ended_and_the_rest_runs(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "it hangs")
    assert run(plan, limit=0.4) == RunResult()
    ended = outcomes(plan)
    assert [event.outcome for event in ended.values()] == [Outcome.PASSED, Outcome.HANG, Outcome.PASSED]
    assert ended["second"].broken_step == "Then it hangs"
    assert "0.4 seconds" in ended["second"].message


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "the worker dies")
    assert run(plan) == RunResult()
    ended = outcomes(plan)
    assert [event.outcome for event in ended.values()] == [Outcome.PASSED, Outcome.INFRASTRUCTURE, Outcome.PASSED]
    assert ended["second"].message == 'the worker died with exit code 9 in "Then the worker dies"'


def test_a_feature_that_cannot_be_collected_breaks_the_run_with_a_sentence(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "nothing")
    (tmp_path / "features" / "one.feature").write_text(
        "@DPC-CERT-EUK-01\nFeature: F\n  Scenario: s\n    Given nothing\n", encoding="utf-8"
    )
    result = run(plan)
    assert "did you mean @DPC-CERT-EKU-01?" in result.broke


def test_an_interrupt_stops_the_worker_and_keeps_what_happened(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "the user presses ^C")
    result = run(plan)
    assert result == RunResult(interrupted=True)
    ended = outcomes(plan)
    assert [event.outcome for event in ended.values()] == [Outcome.PASSED, Outcome.INTERRUPTED]


def test_a_worker_whose_controller_is_gone_stops(tmp_path: Path) -> None:
    worker = Worker(plan_of(tmp_path, "it hangs"))
    tail = JournalTail(tmp_path / "journal.jsonl")
    while not any(isinstance(event, StepStarted) and event.text == "Then it hangs" for event in tail.new_events()):
        assert worker.wait(0.05) is None
    worker.let_go()
    assert worker.wait(30) is not None
    worker.kill()


def test_an_expression_that_pytest_does_not_understand_is_the_users_mistake(tmp_path: Path) -> None:
    result = run(plan_of(tmp_path, "nothing", "-m", "one and"))
    assert result.misused
    assert "Wrong expression passed to '-m'" in result.broke
