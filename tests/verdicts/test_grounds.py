"""What an evaluation, and the end of a scenario, say about a requirement."""

import pytest

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.grounds import Evaluation, ScenarioEnd, ground_of_end, ground_of_evaluation
from dpc_conformance.catalogue.verdicts import Aspect, Code, Result, Verdict
from dpc_conformance.catalogue.vocabulary import Level

READ = load_catalogue()["DPC-ISS-PKIAUTH-03"]
FROM_MEMORY = load_catalogue()["DPC-CERT-SER-02"]
INFERRED = load_catalogue()["DPC-CERT-SAN-03"]
CONTROL = "the same sign-in with a good card"


def evaluation(result: Result, aspect: Aspect = Aspect.BEHAVIOUR, **more: str) -> Evaluation:
    return Evaluation("DPC-ISS-PKIAUTH-03", result, aspect, scenario="s", step="Then it holds", **more)


@pytest.mark.parametrize(
    ("result", "verdict", "code"),
    [
        (Result.PASS, Verdict.PASS, Code.EVALUATED),
        (Result.FAIL, Verdict.FAIL, Code.NOT_MET),
        (Result.WARN, Verdict.WARN, Code.CHECK_WARNS),
        (Result.REVIEW, Verdict.REVIEW, Code.NEEDS_REVIEW),
        (Result.INCONCLUSIVE, Verdict.INCONCLUSIVE, Code.CANNOT_TELL),
        (Result.NOT_APPLICABLE, Verdict.NOT_APPLICABLE, Code.CONDITION_NOT_MET),
    ],
)
def test_what_an_evaluation_of_a_must_says(result, verdict, code):
    ground = ground_of_evaluation(evaluation(result), READ, Level.MUST, {})
    assert (ground.verdict, ground.code) == (verdict, code)
    assert (ground.scenario, ground.step) == ("s", "Then it holds")


@pytest.mark.parametrize(
    ("requirement", "level", "verdict", "code"),
    [
        (READ, Level.MUST, Verdict.FAIL, Code.NOT_MET),
        (READ, Level.SHOULD, Verdict.WARN, Code.SHOULD_NOT_MET),
        (READ, Level.MAY, Verdict.INCONCLUSIVE, Code.SUITE_DEFECT),
        (FROM_MEMORY, Level.MUST, Verdict.WARN, Code.CLAUSE_NOT_READ),
        (INFERRED, Level.MUST, Verdict.WARN, Code.CLAUSE_NOT_READ),
        (FROM_MEMORY, Level.SHOULD, Verdict.WARN, Code.SHOULD_NOT_MET),
    ],
)
def test_what_a_failure_weighs_by_level_and_mark(requirement, level, verdict, code):
    ground = ground_of_evaluation(evaluation(Result.FAIL), requirement, level, {})
    assert (ground.verdict, ground.code) == (verdict, code)


@pytest.mark.parametrize(
    ("controls", "verdict", "code"),
    [
        ({CONTROL: True}, Verdict.PASS, Code.EVALUATED),
        ({CONTROL: False}, Verdict.INCONCLUSIVE, Code.CONTROL_FAILED),
        ({"another": True}, Verdict.INCONCLUSIVE, Code.NO_CONTROL),
    ],
)
def test_a_refusal_means_something_only_beside_its_passing_control(controls, verdict, code):
    refusal = evaluation(Result.PASS, Aspect.REFUSAL, control=CONTROL)
    ground = ground_of_evaluation(refusal, READ, Level.MUST, controls)
    assert (ground.verdict, ground.code) == (verdict, code)


def test_a_refusal_that_names_no_control_is_inconclusive():
    ground = ground_of_evaluation(evaluation(Result.PASS, Aspect.REFUSAL), READ, Level.MUST, {})
    assert ground.code is Code.NO_CONTROL


def test_what_was_accepted_fails_with_or_without_a_control():
    accepted = evaluation(Result.FAIL, Aspect.REFUSAL, control=CONTROL)
    assert ground_of_evaluation(accepted, READ, Level.MUST, {}).verdict is Verdict.FAIL


@pytest.mark.parametrize("aspect", [Aspect.REASON, Aspect.STATE])
def test_reason_and_state_stand_on_their_own(aspect):
    assert ground_of_evaluation(evaluation(Result.PASS, aspect), READ, Level.MUST, {}).verdict is Verdict.PASS


def test_a_reason_that_cannot_be_seen_keeps_its_code():
    unseen = evaluation(Result.INCONCLUSIVE, Aspect.REASON, reason="reason-not-seen")
    assert ground_of_evaluation(unseen, READ, Level.MUST, {}).code is Code.REASON_NOT_SEEN


@pytest.mark.parametrize("evaluated", [True, False])
@pytest.mark.parametrize(
    ("outcome", "verdict", "code"),
    [
        ("broken", Verdict.BLOCKED, Code.EARLIER_STEP_BROKE),
        ("blocked", Verdict.BLOCKED, Code.NO_SUCH_VERB),
        ("skipped", Verdict.SKIPPED, Code.LEFT_OUT),
        ("interrupted", Verdict.SKIPPED, Code.INTERRUPTED),
        ("infrastructure", Verdict.INFRASTRUCTURE, Code.UNREACHABLE),
        ("hang", Verdict.HANG, Code.TIME_LIMIT),
        ("unfinished", Verdict.INFRASTRUCTURE, Code.WORKER_DIED),
    ],
)
def test_a_scenario_that_did_not_end_well_may_hide_a_failure(outcome, verdict, code, evaluated):
    end = ScenarioEnd("s", outcome, ["DPC-ISS-PKIAUTH-03"], "When it stops", "why")
    ground = ground_of_end(end, evaluated)
    assert (ground.verdict, ground.code, ground.step) == (verdict, code, "When it stops")
    assert "why" in ground.sentence


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_a_tag_without_an_evaluation_is_a_defect_of_the_suite(outcome):
    end = ScenarioEnd("s", outcome, ["DPC-ISS-PKIAUTH-03"])
    assert ground_of_end(end, evaluated=True) is None
    assert ground_of_end(end, evaluated=False).code is Code.SUITE_DEFECT
