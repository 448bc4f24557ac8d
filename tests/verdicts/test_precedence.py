"""Which of several grounds decides, what the run concludes, and its exit code."""

import itertools

import pytest

from dpc_conformance.catalogue.conclusion import Conclusion, ExitCode, conclude, exit_code
from dpc_conformance.catalogue.verdicts import SETTLED, WORST_FIRST, Code, Ground, Verdict, is_settled, worst

HIDES_A_FAILURE = {
    Verdict.HANG,
    Verdict.INFRASTRUCTURE,
    Verdict.BLOCKED,
    Verdict.INCONCLUSIVE,
    Verdict.SKIPPED,
    Verdict.REVIEW,
}


def ground(verdict: Verdict, code: Code = Code.EVALUATED) -> Ground:
    return Ground(verdict, code, "sentence")


def test_there_are_twelve_states_and_all_have_a_weight():
    assert len(Verdict) == 12
    assert sorted(WORST_FIRST) == sorted(Verdict)


@pytest.mark.parametrize("other", list(Verdict))
def test_fail_beats_everything(other):
    assert worst([ground(other), ground(Verdict.FAIL)]).verdict is Verdict.FAIL


@pytest.mark.parametrize("hiding", sorted(HIDES_A_FAILURE))
@pytest.mark.parametrize("good", [Verdict.PASS, Verdict.WARN, Verdict.ATTESTED, Verdict.NOT_APPLICABLE])
def test_what_may_hide_a_failure_beats_what_looks_good(hiding, good):
    assert worst([ground(good), ground(hiding)]).verdict is hiding


@pytest.mark.parametrize(("worse", "better"), list(itertools.combinations(WORST_FIRST, 2)))
def test_the_order_is_total_and_does_not_depend_on_who_came_first(worse, better):
    assert worst([ground(better), ground(worse)]).verdict is worse
    assert worst([ground(worse), ground(better)]).verdict is worse


def test_nothing_recorded_is_never_a_pass():
    assert (worst([]).verdict, worst([]).code) == (Verdict.INCONCLUSIVE, Code.NO_SCENARIO)


def test_a_defect_of_the_suite_is_not_hidden_by_another_inconclusive_ground():
    grounds = [ground(Verdict.INCONCLUSIVE, Code.CANNOT_TELL), ground(Verdict.INCONCLUSIVE, Code.SUITE_DEFECT)]
    assert worst(grounds).code is Code.SUITE_DEFECT


def test_what_completes_a_requirement():
    for verdict in Verdict:
        assert is_settled(ground(verdict)) is (verdict in SETTLED)
    assert is_settled(ground(Verdict.REVIEW, Code.REVIEW_DECIDED))
    assert not is_settled(ground(Verdict.REVIEW, Code.NEEDS_REVIEW))


@pytest.mark.parametrize(
    ("failed", "waived", "complete", "conclusion"),
    [
        (False, False, True, Conclusion.CONFORMANT),
        (False, True, True, Conclusion.WITH_DEVIATIONS),
        (False, False, False, Conclusion.INCOMPLETE),
        (False, True, False, Conclusion.INCOMPLETE),
        (True, False, True, Conclusion.NOT_CONFORMANT),
        (True, True, True, Conclusion.NOT_CONFORMANT),
        (True, False, False, Conclusion.NOT_CONFORMANT),
    ],
)
def test_the_conclusion(failed, waived, complete, conclusion):
    assert conclude(failed, waived, complete) is conclusion


@pytest.mark.parametrize(
    ("conclusion", "broke", "interrupted", "code"),
    [
        (Conclusion.CONFORMANT, False, False, 0),
        (Conclusion.WITH_DEVIATIONS, False, False, 0),
        (Conclusion.NOT_CONFORMANT, False, False, 1),
        (Conclusion.INCOMPLETE, False, False, 2),
        (Conclusion.INCOMPLETE, True, False, 3),
        (Conclusion.NOT_CONFORMANT, True, False, 3),
        (Conclusion.INCOMPLETE, True, True, 130),
    ],
)
def test_the_exit_code(conclusion, broke, interrupted, code):
    assert exit_code(conclusion, broke, interrupted) == code


def test_bad_input_has_its_own_exit_code():
    assert ExitCode.BAD_INPUT == 4
