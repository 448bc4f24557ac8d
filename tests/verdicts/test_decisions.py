"""What reviews, attestations and waivers can and cannot do."""

from dataclasses import replace
from datetime import date

import pytest

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.decisions import Attestation, Decisions, Review, decide
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict, is_settled

WORDS = {"requirement": "DPC-ISS-AUDIT-02", "statement": "s", "who": "w", "document": "d.pdf", "date": date(2026, 1, 1)}
HOLDS, FAILS = Review(**WORDS, decision="holds"), Review(**WORDS, decision="fails")
ATTESTED = Attestation(**WORDS)


def ground(verdict: Verdict, code: Code) -> Ground:
    return Ground(verdict, code, "as the run saw it")


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.REVIEW, Code.NEEDS_REVIEW),
        (Verdict.INCONCLUSIVE, Code.REASON_NOT_SEEN),
        (Verdict.INCONCLUSIVE, Code.CANNOT_TELL),
        (Verdict.INCONCLUSIVE, Code.NO_SCENARIO),
        (Verdict.BLOCKED, Code.NO_SUCH_VERB),
    ],
)
def test_a_review_answers_what_the_run_left_open(verdict, code):
    decided = decide(ground(verdict, code), HOLDS, None)
    assert (decided.verdict, decided.code) == (Verdict.REVIEW, Code.REVIEW_DECIDED)
    assert is_settled(decided)
    assert "d.pdf" in decided.sentence


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.FAIL, Code.NOT_MET),
        (Verdict.PASS, Code.EVALUATED),
        (Verdict.INCONCLUSIVE, Code.SUITE_DEFECT),
        (Verdict.INCONCLUSIVE, Code.NO_CONTROL),
        (Verdict.BLOCKED, Code.EARLIER_STEP_BROKE),
        (Verdict.SKIPPED, Code.LEFT_OUT),
        (Verdict.INFRASTRUCTURE, Code.UNREACHABLE),
        (Verdict.HANG, Code.TIME_LIMIT),
    ],
)
def test_neither_review_nor_attestation_covers_what_the_run_saw_or_broke(verdict, code):
    seen = ground(verdict, code)
    assert decide(seen, HOLDS, ATTESTED) is seen


def test_a_review_that_found_a_failure_fails():
    assert decide(ground(Verdict.PASS, Code.EVALUATED), FAILS, None).code is Code.REVIEW_FAILED
    seen = ground(Verdict.FAIL, Code.NOT_MET)
    assert decide(seen, FAILS, None) is seen


@pytest.mark.parametrize("code", [Code.NO_SCENARIO, Code.NO_SUCH_VERB])
def test_an_attestation_stands_in_where_the_run_could_not_look(code):
    decided = decide(ground(Verdict.INCONCLUSIVE, code), None, ATTESTED)
    assert (decided.verdict, decided.code) == (Verdict.ATTESTED, Code.VENDOR_STATEMENT)


def test_an_attestation_does_not_decide_what_a_person_has_to_judge():
    seen = ground(Verdict.REVIEW, Code.NEEDS_REVIEW)
    assert decide(seen, None, ATTESTED) is seen


REQUIREMENT = load_catalogue()["DPC-ISS-AUDIT-02"]
PRODUCT = ("Product", "1.2")
ASKED = Ground(
    Verdict.REVIEW, Code.NEEDS_REVIEW, "is it archived?", "features/a.feature::test_a", "Then it is archived"
)
PASSED = Ground(Verdict.PASS, Code.EVALUATED, "", "features/b.feature::test_b")


def answer(asked: Ground = ASKED, decision: str = "holds", product: tuple[str, str] = PRODUCT, **values: str) -> Review:
    name = Decisions((), (), product).question_of(REQUIREMENT, asked)
    return Review(**{**WORDS, "decision": decision, "run": "a1", "evaluation": name, **values})


def decided(*grounds: Ground, reviews: list[Review]) -> Ground:
    decisions = Decisions(reviews, (), PRODUCT)
    return decisions.settle(REQUIREMENT, decisions.after(REQUIREMENT, grounds))


def test_an_answer_to_a_question_settles_it_beside_what_passed():
    found = decided(PASSED, ASKED, reviews=[answer()])
    assert (found.verdict, found.code) == (Verdict.REVIEW, Code.REVIEW_DECIDED)
    assert decided(PASSED, ASKED, reviews=[answer(decision="fails")]).code is Code.REVIEW_FAILED


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, sentence="is it archived for three years?"),
        replace(ASKED, scenario="features/c.feature::test_c"),
        replace(ASKED, step="Then somebody looked"),
        replace(ASKED, verdict=Verdict.INCONCLUSIVE, code=Code.CANNOT_TELL),
    ],
)
def test_an_answer_does_not_answer_another_question(other):
    assert decided(other, reviews=[answer()]) is other
    assert decided(ASKED, other, reviews=[answer()]) is other


def test_an_answer_about_one_version_of_the_product_says_nothing_about_the_next():
    assert decided(ASKED, reviews=[answer(product=("Product", "1.1"))]) is ASKED


def test_what_nobody_looked_at_can_be_answered_too():
    nothing = Ground(Verdict.INCONCLUSIVE, Code.NO_SCENARIO, "no scenario of this run looked at it")
    assert decided(reviews=[answer(nothing)]).code is Code.REVIEW_DECIDED
    assert decided(reviews=[answer()]).code is Code.NO_SCENARIO


def test_the_last_answer_to_a_question_counts():
    assert decided(ASKED, reviews=[answer(), answer(decision="fails")]).verdict is Verdict.FAIL


def test_a_review_written_by_hand_answers_whatever_is_open():
    by_hand = Review(**WORDS, decision="holds")
    assert decided(ASKED, reviews=[by_hand]).code is Code.REVIEW_DECIDED
    assert not Decisions([by_hand], (), PRODUCT).is_open(REQUIREMENT, ASKED)
    assert Decisions((), (), PRODUCT).is_open(REQUIREMENT, ASKED)
    assert not Decisions((), (), PRODUCT).is_open(REQUIREMENT, PASSED)


NO_VERB = Ground(Verdict.BLOCKED, Code.NO_SUCH_VERB, "the issuer cannot do that", "features/c.feature::test_c")


@pytest.mark.parametrize(
    "other",
    [
        Ground(Verdict.BLOCKED, Code.EARLIER_STEP_BROKE, "an earlier step broke", "features/d.feature::test_d"),
        Ground(
            Verdict.INCONCLUSIVE, Code.CONTROL_FAILED, "refused, and so was everybody", "features/d.feature::test_d"
        ),
        Ground(Verdict.SKIPPED, Code.LEFT_OUT, "the user left the scenario out", "features/d.feature::test_d"),
    ],
)
@pytest.mark.parametrize("words", [{"reviews": [HOLDS]}, {"attestations": [ATTESTED]}])
def test_words_about_what_nobody_could_look_at_hide_nothing_else(other, words):
    decisions = Decisions(**{"reviews": (), "attestations": (), "product": PRODUCT, **words})
    assert decisions.settle(REQUIREMENT, NO_VERB, (NO_VERB, other)) is other
    beside_a_pass = decisions.settle(REQUIREMENT, NO_VERB, (NO_VERB, PASSED))
    assert beside_a_pass.verdict in (Verdict.ATTESTED, Verdict.REVIEW)


def test_an_attestation_covers_neither_a_warning_nor_what_could_not_be_told():
    decisions = Decisions((), [ATTESTED], PRODUCT)
    for verdict, code in ((Verdict.WARN, Code.CHECK_WARNS), (Verdict.INCONCLUSIVE, Code.CANNOT_TELL)):
        seen = ground(verdict, code)
        assert decisions.settle(REQUIREMENT, NO_VERB, (NO_VERB, seen)) is seen
