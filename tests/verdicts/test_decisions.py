"""What reviews, attestations and waivers can and cannot do."""

from datetime import date

import pytest

from dpc_conformance.catalogue.decisions import Attestation, Review, Waiver, decide
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


def test_a_waiver_counts_until_its_day():
    waiver = Waiver(requirement="DPC-ISS-AUDIT-02", reason="r", who="w", until=date(2026, 11, 23))
    assert waiver.counts_on(date(2026, 11, 23))
    assert not waiver.counts_on(date(2026, 11, 24))
