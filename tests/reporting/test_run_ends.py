"""Waivers, repeated attempts, broken and stopped runs, and the statement as JSON."""

import json
from dataclasses import replace

import pytest

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.verdicts import Code, Verdict
from dpc_conformance.evidence.events import SANITY_CLOSES, SANITY_OPENS, Outcome, RunEnded
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.reporting.gathered import NoRun
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.reporting.statement_json import statement_json

ONE, OTHER = "PIV-SRC-STATUS-01", "PIV-SRC-PIVI-01"


def waiver(**values: str) -> dict[str, str]:
    known = {"requirement": ONE, "version": "1.2", "finding": "Accepted a revoked card", "reason": "known"}
    return {**known, "owner": "o", "link": "l", "expires": "2026-11-23", **values}


@pytest.mark.parametrize(
    ("values", "result", "conclusion", "state", "sentence"),
    [
        ({}, "FAIL", Conclusion.WITH_DEVIATIONS, "applied", "applies until 2026-11-23: known"),
        ({"expires": "2026-11-22"}, "FAIL", Conclusion.NOT_CONFORMANT, "expired", "expired on 2026-11-22; ask o (l)"),
        ({"expires": "2026-11-22"}, "PASS", Conclusion.NOT_CONFORMANT, "expired", "expired on 2026-11-22"),
        ({}, "PASS", Conclusion.NOT_CONFORMANT, "did not happen", "the requirement is PASS; take the waiver out"),
        ({}, "INCONCLUSIVE", Conclusion.INCOMPLETE, "not seen", "the requirement is INCONCLUSIVE"),
        (
            {"version": "1.1"},
            "FAIL",
            Conclusion.NOT_CONFORMANT,
            "matches nothing",
            "is for version 1.1",
        ),
        ({"version": "1.1"}, "PASS", Conclusion.NOT_CONFORMANT, "matches nothing", "names version 1.2"),
        (
            {"finding": "no audit"},
            "FAIL",
            Conclusion.NOT_CONFORMANT,
            "matches nothing",
            'not with "no audit"',
        ),
        ({"requirement": "DPC-ISS-SCEP-01"}, "PASS", Conclusion.NOT_CONFORMANT, "matches nothing", "does not assess"),
    ],
)
def test_a_waiver_has_to_be_right_about_a_failure(run, values, result, conclusion, state, sentence):
    run.configure(waivers=[waiver(**values)], product={"version": "1.2"})
    run.pass_all_but(ONE)
    run.evaluate(ONE, result, message="the kiosk accepted a revoked card")
    statement = build_statement(run.journal())
    [found] = statement.waivers
    assert (statement.conclusion, found.state) == (conclusion, state)
    assert sentence in found.sentence
    assert json.loads(statement_json(statement))["waivers"][0]["state"] == state


def test_a_waiver_needs_a_target_that_names_its_version(run):
    run.configure(waivers=[waiver()])
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", message="accepted a revoked card")
    statement = build_statement(run.journal())
    assert (statement.exit_code, statement.waivers[0].state) == (1, "matches nothing")
    assert "the target names no version" in statement.waivers[0].sentence


def test_a_waiver_does_not_cover_another_failure(run):
    run.configure(waivers=[waiver()], product={"version": "1.2"})
    run.pass_all_but(ONE, OTHER)
    run.evaluate(ONE, "FAIL", message="accepted a revoked card")
    run.evaluate(OTHER, "FAIL", message="accepted a revoked card")
    assert build_statement(run.journal()).exit_code == 1


def test_each_failure_of_a_requirement_needs_a_waiver_that_expects_it(run):
    run.configure(waivers=[waiver()], product={"version": "1.2"})
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", message="accepted a revoked card")
    run.evaluate(ONE, "FAIL", message="accepted a suspended card")
    assert build_statement(run.journal()).exit_code == 1
    run.configure(waivers=[waiver(), waiver(finding="a suspended card")])
    statement = build_statement(run.journal())
    assert (statement.exit_code, statement.conclusion) == (0, Conclusion.WITH_DEVIATIONS)


def test_a_waiver_does_not_cover_what_a_review_found_beside(run):
    review = {"requirement": ONE, "decision": "fails", "statement": "no", "who": "w", "document": "d"}
    run.configure(waivers=[waiver()], product={"version": "1.2"}, reviews=[{**review, "date": "2026-11-20"}])
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", message="accepted a revoked card")
    assert build_statement(run.journal()).conclusion is Conclusion.NOT_CONFORMANT


@pytest.mark.parametrize("before", ["PASS", "FAIL"])
def test_the_last_attempt_of_a_scenario_decides_how_it_ended_and_what_it_found(run, before):
    run.pass_all_but()
    died = run.scenario(ONE, outcome=None)
    again = next(event for event in run.events if getattr(event, "scenario", "") == died)
    run.evaluate(ONE, before, scenario=died)
    assert build_statement(run.journal()).exit_code == 3
    run.events.append(again)
    run.evaluate(ONE, "PASS", scenario=died)
    run.events.append(replace(run.events[1], scenario=died))
    assert build_statement(run.journal()).exit_code == 0


def test_what_an_earlier_attempt_found_is_no_pass(run):
    run.pass_all_but(ONE)
    died = run.scenario(ONE, outcome=None)
    again = next(event for event in run.events if getattr(event, "scenario", "") == died)
    run.evaluate(ONE, "PASS", scenario=died)
    run.events += [again, replace(run.events[1], scenario=died)]
    assert build_statement(run.journal()).exit_code != 0


def test_a_sanity_scenario_that_does_not_pass_makes_the_run_incomplete(run):
    run.pass_all_but()
    run.scenario(outcome=Outcome.FAILED, sanity=True)
    statement = build_statement(run.journal())
    assert "sanity" in statement.missing[0]
    assert statement.exit_code == 2


def sanity(run, tag: str, outcome: Outcome = Outcome.BROKEN) -> str:
    return run.scenario(tag, outcome=outcome, sanity=True)


def ground_of(statement, identifier):
    return next(each.ground for each in statement.verdicts if each.requirement.id == identifier)


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BROKEN, Outcome.HANG, Outcome.INFRASTRUCTURE, None])
@pytest.mark.parametrize("result", ["PASS", "FAIL", "WARN", "REVIEW", "NOT_APPLICABLE"])
def test_what_came_before_a_closing_sanity_scenario_that_did_not_pass_is_inconclusive(run, outcome, result):
    sanity(run, SANITY_OPENS, Outcome.PASSED)
    run.pass_all_but(ONE)
    run.evaluate(ONE, result, message="as it was seen")
    sanity(run, SANITY_CLOSES, outcome)
    statement = build_statement(run.journal())
    ground = ground_of(statement, ONE)
    assert (ground.verdict, ground.code) == (Verdict.INCONCLUSIVE, Code.SANITY_FAILED)
    assert ground.sentence.startswith(f"seen as {result}, but the closing sanity scenario")
    assert ground.sentence.endswith("did not pass: as it was seen")
    assert statement.counts[Verdict.PASS] == 0
    assert statement.conclusion is Conclusion.INCOMPLETE


def test_a_review_does_not_lift_it_and_what_the_sanity_scenario_saw_itself_stands(run):
    run.configure(reviews=[{"requirement": ONE, "statement": "s", "who": "w", "document": "d", "date": "2026-11-01"}])
    run.started.reviews[0]["decision"] = "holds"
    run.pass_all_but(ONE, OTHER)
    run.evaluate(ONE, "REVIEW")
    run.evaluate(OTHER, "FAIL", scenario=sanity(run, SANITY_CLOSES, Outcome.FAILED))
    statement = build_statement(run.journal())
    assert code_of(statement, ONE) is Code.SANITY_FAILED
    assert ground_of(statement, OTHER).verdict is Verdict.FAIL
    assert statement.conclusion is Conclusion.NOT_CONFORMANT


def test_a_journal_that_closes_sane_is_trusted_whatever_the_opening_was(run):
    sanity(run, SANITY_OPENS)
    run.pass_all_but()
    sanity(run, SANITY_CLOSES, Outcome.PASSED)
    statement = build_statement(run.journal())
    assert statement.counts[Verdict.PASS] == 25
    assert statement.conclusion is Conclusion.INCOMPLETE


def test_a_broken_scenario_counts_where_it_is_about_the_scope_or_about_no_requirement(run):
    run.pass_all_but()
    run.scenario("DPC-ISS-PKIAUTH-01", outcome=Outcome.BROKEN)
    assert build_statement(run.journal()).conclusion is Conclusion.CONFORMANT
    run.scenario("IOS-INT-03", outcome=Outcome.BROKEN)
    assert build_statement(run.journal()).conclusion is Conclusion.INCOMPLETE


def code_of(statement, identifier):
    return next(each.ground.code for each in statement.verdicts if each.requirement.id == identifier)


def test_interrupted_and_broken_runs_say_so(run, moment):
    run.pass_all_but()
    run.scenario(ONE, outcome=None)
    stopped = build_statement(run.journal(RunEnded(moment, interrupted=True)))
    assert code_of(stopped, ONE) is Code.INTERRUPTED
    assert stopped.exit_code == 130
    broke = build_statement(run.journal(RunEnded(moment, broke="port 443 is in use")))
    assert (broke.exit_code, broke.broke) == (3, "port 443 is in use")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"selection": '-k "pin"'}, 'only a part was chosen to run: -k "pin"'),
        ({"faults": ["a defect"]}, "the reference ran with seeded defects: a defect"),
    ],
)
def test_a_part_or_a_seeded_defect_is_never_conformant(run, chosen, sentence):
    run.configure(**chosen)
    run.pass_all_but()
    statement = build_statement(run.journal())
    assert (statement.conclusion, statement.missing) == (Conclusion.INCOMPLETE, (sentence,))


def test_a_journal_without_an_end_and_one_with_damage_are_incomplete(run):
    run.pass_all_but()
    assert build_statement(run.journal(end=None)).exit_code == 3
    damaged = build_statement(run.journal(damaged=(7,)))
    assert damaged.missing == ("line 7 of the journal is damaged",)
    assert damaged.exit_code == 2


def test_a_run_that_no_sanity_scenario_closed_is_incomplete(run):
    """As when something in a worker ends it as if all was done."""
    run.scenario(SANITY_OPENS, sanity=True)
    run.pass_all_but()
    assert build_statement(run.journal()).missing == ("no sanity scenario closed the run",)
    run.scenario(SANITY_CLOSES, sanity=True)
    assert build_statement(run.journal()).missing == ()


def test_a_journal_that_mixes_two_runs_is_incomplete(run):
    run.pass_all_but(ONE)
    first = run.journal()
    run.events.clear()
    run.evaluate(ONE, "PASS")
    both = build_statement(Journal((*first.events, *run.journal().events)))
    assert (both.conclusion, both.missing) == (Conclusion.INCOMPLETE, ("the journal mixes 2 runs",))


@pytest.mark.parametrize(
    ("started", "made", "sentence"),
    [
        ({"edition": "r2"}, {}, "'r2', which is no edition of this suite"),
        ({}, {"result": "MAYBE"}, "'MAYBE', which is no result of this suite"),
        ({}, {"aspect": "taste"}, "'taste', which is no aspect of this suite"),
    ],
)
def test_a_word_of_another_suite_is_told(run, started, made, sentence):
    run.configure(**started)
    run.evaluate(ONE, made.pop("result", "PASS"), run.scenario(ONE), **made)
    with pytest.raises(CatalogueError, match=sentence):
        build_statement(run.journal())


def test_a_journal_without_a_beginning_says_nothing():
    with pytest.raises(NoRun):
        build_statement(Journal(()))


def test_json_is_the_same_for_the_same_run_and_in_the_order_of_the_catalogue(run):
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", where="status", expected="refused", actual="accepted")
    text = statement_json(build_statement(run.journal()))
    assert text == statement_json(build_statement(run.journal()))
    values = json.loads(text)
    assert (values["conclusion"], values["exit_code"], values["complete"]) == ("not conformant", 1, True)
    assert values["counts"]["FAIL"] == 1
    failed = next(each for each in values["requirements"] if each["id"] == ONE)
    assert failed["findings"][0]["expected"] == "refused"
    told = [each["id"] for each in values["story"]]
    assert told[:15] == [f"IOS-INT-{number:02d}" for number in range(1, 16)]
    assert {"AND-16", "AND-INT-10"} <= set(told)


def test_json_does_not_depend_on_the_order_in_which_scenarios_ran(run):
    run.pass_all_but()
    text = statement_json(build_statement(run.journal()))
    pairs = [run.events[at : at + 3] for at in range(0, len(run.events), 3)]
    run.events = [event for pair in reversed(pairs) for event in pair]
    assert statement_json(build_statement(run.journal())) == text
