"""From a journal to verdicts, conclusion and exit code."""

import pytest

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.verdicts import Code, Verdict
from dpc_conformance.evidence.events import Outcome
from dpc_conformance.reporting.statement import Statement, build_statement

ONE = "PIV-SRC-STATUS-01"
WORDS = {"requirement": ONE, "statement": "s", "who": "w", "document": "d", "date": "2026-11-01"}


def verdict_of(statement: Statement, identifier: str):
    return next(each for each in (*statement.verdicts, *statement.outside) if each.requirement.id == identifier)


def test_everything_passed_is_conformant(run):
    run.pass_all_but()
    statement = build_statement(run.journal())
    assert statement.missing == ()
    assert (statement.conclusion, statement.exit_code) == (Conclusion.CONFORMANT, 0)
    assert (statement.counts[Verdict.PASS], statement.counts[Verdict.NOT_EFFECTIVE]) == (25, 1)
    assert sum(statement.not_assessed.values()) == 493 - 26


def test_one_failure_is_not_conformant_whatever_else_passed(run):
    run.pass_all_but()
    run.evaluate(ONE, "FAIL", message="accepted a revoked card")
    statement = build_statement(run.journal())
    assert verdict_of(statement, ONE).ground.sentence == "accepted a revoked card"
    assert (statement.conclusion, statement.exit_code) == (Conclusion.NOT_CONFORMANT, 1)


def test_a_requirement_nobody_looked_at_makes_the_run_incomplete(run):
    run.pass_all_but(ONE)
    statement = build_statement(run.journal())
    assert verdict_of(statement, ONE).ground.code is Code.NO_SCENARIO
    assert (statement.conclusion, statement.exit_code) == (Conclusion.INCOMPLETE, 2)


@pytest.mark.parametrize(
    ("outcome", "verdict", "code"),
    [
        (Outcome.BROKEN, Verdict.BLOCKED, 2),
        (Outcome.BLOCKED, Verdict.BLOCKED, 2),
        (Outcome.SKIPPED, Verdict.SKIPPED, 2),
        (Outcome.HANG, Verdict.HANG, 2),
        (Outcome.INFRASTRUCTURE, Verdict.INFRASTRUCTURE, 3),
        (None, Verdict.INFRASTRUCTURE, 3),
    ],
)
def test_a_second_scenario_that_did_not_end_well_takes_the_pass_away(run, outcome, verdict, code):
    run.pass_all_but()
    run.scenario(ONE, outcome=outcome)
    statement = build_statement(run.journal())
    assert verdict_of(statement, ONE).ground.verdict is verdict
    assert (statement.conclusion, statement.exit_code) == (Conclusion.INCOMPLETE, code)


def test_tagged_and_not_evaluated_is_a_defect_of_the_suite_also_outside_the_scope(run):
    run.pass_all_but()
    run.scenario("DPC-ISS-PKIAUTH-01")
    statement = build_statement(run.journal())
    assert statement.conclusion is Conclusion.INCOMPLETE
    assert any("defect of the suite: DPC-ISS-PKIAUTH-01" in each for each in statement.missing)


def test_an_evaluation_of_an_unknown_requirement_is_a_defect_of_the_suite(run):
    run.pass_all_but()
    run.evaluate("DPC-NEW-01", "PASS")
    assert "DPC-NEW-01 was evaluated and is not in the catalogue" in build_statement(run.journal()).missing[0]


def test_a_refusal_counts_when_its_control_passed_anywhere_in_the_run(run):
    run.pass_all_but(ONE)
    run.evaluate(ONE, "PASS", aspect="refusal", control="good card")
    assert verdict_of(build_statement(run.journal()), ONE).ground.code is Code.NO_CONTROL
    run.control("good card")
    assert build_statement(run.journal()).conclusion is Conclusion.CONFORMANT


def test_what_is_outside_the_scope_is_shown_and_decides_nothing(run):
    run.pass_all_but()
    run.evaluate("DPC-ISS-PKIAUTH-01", "FAIL")
    statement = build_statement(run.journal())
    assert [each.ground.verdict for each in statement.outside] == [Verdict.FAIL]
    assert statement.conclusion is Conclusion.CONFORMANT


def test_a_draft_is_shown_as_a_preview_and_decides_nothing(run):
    run.configure(scope="enrolment", edition="r1-fpd")
    run.evaluate("DPC-ISS-MULTI-03", "FAIL")
    draft = verdict_of(build_statement(run.journal()), "DPC-ISS-MULTI-03")
    assert draft.ground.verdict is Verdict.NOT_EFFECTIVE
    assert draft.seen.verdict is Verdict.FAIL


def test_a_must_from_memory_warns(run):
    run.configure(scope="certificates")
    run.evaluate("DPC-CERT-SER-02", "FAIL")
    ground = verdict_of(build_statement(run.journal()), "DPC-CERT-SER-02").ground
    assert (ground.verdict, ground.code) == (Verdict.WARN, Code.CLAUSE_NOT_READ)


def test_a_should_that_a_conflict_hardens_fails(run):
    run.configure(scope="enrolment")
    run.evaluate("DPC-ISS-PKIAUTH-04", "FAIL")
    hardened = verdict_of(build_statement(run.journal()), "DPC-ISS-PKIAUTH-04")
    assert (hardened.requirement.level, hardened.level, hardened.ground.verdict) == ("SHOULD", "MUST", "FAIL")


def test_not_applicable_needs_no_evaluation(run):
    run.configure(scope="enrolment")
    assert verdict_of(build_statement(run.journal()), "DPC-ISS-SCEP-01").ground.code is Code.CLAIMS


def test_a_decided_review_completes_and_is_named(run):
    run.pass_all_but(ONE)
    run.evaluate(ONE, "REVIEW")
    assert build_statement(run.journal()).conclusion is Conclusion.INCOMPLETE
    run.configure(reviews=[{**WORDS, "decision": "holds"}])
    statement = build_statement(run.journal())
    assert verdict_of(statement, ONE).ground.code is Code.REVIEW_DECIDED
    assert statement.conclusion is Conclusion.CONFORMANT


def test_a_run_that_assessed_nothing_is_never_conformant(run):
    run.configure(roles={"relying_party": "theirs"}, scope="card")
    statement = build_statement(run.journal())
    assert statement.verdicts == ()
    assert statement.conclusion is Conclusion.INCOMPLETE
    assert "no requirement of the scope was assessed" in statement.missing


def test_what_the_reference_shows_beside_a_product_is_not_the_products(run):
    run.configure(roles={"issuer": "theirs", "card": "reference"}, scope="card")
    run.evaluate("PIV-SRC-CCC-01", "PASS")
    seen = {each.requirement.id for each in build_statement(run.journal()).verdicts}
    assert "PIV-SRC-CCC-01" not in seen
    assert ONE in seen
