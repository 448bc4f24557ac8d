"""What people and machines read: JUnit, the conformance statement, the last lines on the terminal."""

import io
import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console

from dpc_conformance.catalogue.part_in_run import NOBODY
from dpc_conformance.evidence.events import Outcome, ScenarioLeftOut
from dpc_conformance.reporting.console import Terminal, print_summary
from dpc_conformance.reporting.junit import junit_xml
from dpc_conformance.reporting.page.page import statement_html
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.reporting.statement_json import statement_json
from dpc_conformance.reporting.story import walked_steps
from dpc_conformance.reporting.walks import walks_of
from dpc_conformance.reporting.whole_file import write_whole

ONE = "PIV-SRC-STATUS-01"


def printed(statement, **more) -> str:
    out = io.StringIO()
    print_summary(statement, Console(file=out, width=160), Path("reports/index.html"), **more)
    return out.getvalue()


def test_junit_has_a_case_per_scenario_with_file_and_line(run):
    run.evaluate(ONE, "PASS")
    run.evaluate(ONE, "FAIL", message="accepted \x1b[31m<revoked>", step="Then refused")
    run.scenario(ONE, outcome=Outcome.BROKEN, broken_step="When it breaks", message="LookupError")
    run.scenario(ONE, outcome=Outcome.BLOCKED, message="no such verb")
    run.scenario(ONE, outcome=None)
    suite = ElementTree.fromstring(junit_xml(run.journal(), build_statement(run.journal()))).find("testsuite")
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["5", "1", "2", "1"]
    cases = suite.findall("testcase")
    assert [case.get("line") for case in cases] == ["1", "2", "3", "4", "5"]
    assert {case.get("file") for case in cases} == {"features/a.feature"}
    assert ONE in cases[1].find("failure").text
    assert "<revoked>" in cases[1].find("failure").get("message")
    assert "When it breaks" in cases[2].find("error").text
    assert cases[3].find("skipped").get("message") == "no such verb"


def test_what_failed_before_a_step_that_a_role_has_no_verb_for_is_a_failure(run):
    scenario = run.scenario(ONE, outcome=Outcome.BLOCKED, message="no such verb")
    run.evaluate(ONE, "FAIL", scenario, message="accepted a revoked card", step="Then refused")
    journal = run.journal()
    [case] = ElementTree.fromstring(junit_xml(journal, build_statement(journal))).find("testsuite").findall("testcase")
    assert "accepted a revoked card" in case.find("failure").text
    [walk] = walks_of((run.events[0], run.events[2], run.events[1])).values()
    assert (walk.verdict, walk.end) == ("FAIL", "BLOCKED")


def test_junit_says_what_only_the_run_as_a_whole_shows(run):
    waiver = {"requirement": ONE, "version": "1", "finding": "x", "reason": "r", "owner": "o", "link": "l"}
    run.configure(waivers=[{**waiver, "expires": "2026-11-22"}], product={"version": "1"})
    run.pass_all_but()
    whole, damaged = (junit_run(run.journal(damaged=lines)) for lines in ((), (7,)))
    assert [case.find("error") for case in whole] == [None, None]
    assert whole[1].find("failure").get("message") == "expired: expired on 2026-11-22; ask o (l)"
    assert damaged[0].find("error").get("message") == "line 7 of the journal is damaged"


def junit_run(journal):
    suites = ElementTree.fromstring(junit_xml(journal, build_statement(journal)))
    return suites.findall("testsuite/testcase[@classname='run']")


def test_the_story_tells_which_documented_steps_were_walked(run):
    run.scenario("IOS-INT-01")
    run.scenario("IOS-INT-08a", "IOS-INT-09")
    run.scenario("IOS-INT-08b", outcome=Outcome.FAILED)
    steps = walked_steps(build_statement(run.journal()).scenarios)
    assert [step.id for step in steps if step.id.startswith("IOS-INT")] == [f"IOS-INT-{n:02d}" for n in range(1, 16)]
    assert {step.id: step.state for step in steps if step.scenarios} == {
        "IOS-INT-01": "walked",
        "IOS-INT-08": "failed",
        "IOS-INT-09": "walked",
    }


def left_out(reason, *tags):
    return ScenarioLeftOut(
        datetime(2026, 11, 23, tzinfo=UTC), "a.feature::test_b", "B", "F", "a.feature", 9, tags, reason
    )


def test_the_story_tells_why_a_step_was_not_walked_or_only_in_part(run):
    run.scenario("AND-01")
    run.scenario("AND-INT-02b")
    without = [left_out(NOBODY, "AND-01", "AND-04"), left_out("It is not the product's.", "AND-INT-01")]
    steps = walked_steps(build_statement(run.journal()).scenarios, without)
    assert {step.id: (step.state, step.reason) for step in steps if step.scenarios or step.reason} == {
        "AND-01": ("walked in part", NOBODY),
        "AND-04": ("not walked", NOBODY),
        "AND-INT-01": ("not applicable", "It is not the product's."),
        "AND-INT-02": ("walked", ""),
    }


def test_the_page_stands_on_its_own_and_escapes_what_a_product_says(run):
    run.configure(target="<script>alert(1)</script>")
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", message="said <img src=x>", where="page", expected="a", actual="<b>")
    page = statement_html(build_statement(run.journal()))
    HTMLParser().feed(page)
    assert not re.search(r"<script|<img|<link|@import|url\(|https?://", page)
    assert "&lt;script&gt;" in page
    assert "not conformant" in page
    assert page.index(ONE) < page.index("Requirements in scope")


def test_the_scenarios_of_a_feature_stand_together_in_whatever_order_they_ran(run):
    for feature in ("One", "Other", "One"):
        run.scenario(ONE)
        run.events[-2] = replace(run.events[-2], feature=feature)
    page = statement_html(build_statement(run.journal()))
    found = re.findall(r'<span class="name">(One|Other)</span> <span class="right">([0-9] of [0-9])', page)
    assert found == [("One", "2 of 2"), ("Other", "1 of 1")]


def test_the_first_screen_names_product_version_operator_and_date(run):
    product = {"name": "Credential Manager", "version": "12.4", "build": "7", "environment": "staging"}
    run.configure(product={**product, "operator": "J. Tester"}, roles=dict.fromkeys(run.started.roles, "http"))
    run.pass_all_but()
    page = statement_html(build_statement(run.journal()))
    cover = page[page.index('<header class="cover') : page.index("</header>")]
    for words in ("Credential Manager", "version 12.4, build 7", "staging", "J. Tester", "2026-11-23 12:00 UTC"):
        assert words in cover
    assert "Every requirement of the scope that applies and is in force holds: 25 by test." in cover
    assert "No product" not in page


def test_the_page_says_when_no_product_took_part(run):
    assert "this says nothing about a product" in statement_html(build_statement(run.journal()))


def test_a_deviation_has_expected_actual_source_waiver_and_evidence(run):
    followed_up = {"owner": "PM", "link": "ticket 7", "expires": "2026-12-01"}
    waiver = {"requirement": ONE, "version": "12.4", "finding": "accepted", "reason": "fixed in 13", **followed_up}
    run.configure(product={"name": "Credential Manager", "version": "12.4"}, waivers=[waiver])
    run.pass_all_but(ONE)
    found = {"where": "the audit record", "expected": "a refusal", "actual": "an acceptance"}
    run.evaluate(ONE, "FAIL", message="it was accepted", evidence=17, **found)
    page = statement_html(build_statement(run.journal()))
    deviations = page[page.index('id="deviations"') : page.index('id="coverage"')]
    for words in (
        "the audit record",
        "a refusal",
        "an acceptance",
        "Common Policy",
        "fixed in 13",
        "ticket 7",
        "line 17",
    ):
        assert words in deviations
    assert "1 requirement does not hold, and a waiver covers each." in page


def test_the_first_page_names_what_is_outside_and_what_is_marked(run):
    run.configure(scope="enrolment")
    page = statement_html(build_statement(run.journal()))
    first = page[: page.index('id="journey"')]
    assert "not assessed" in first
    assert "DPC-APDU (57)" in first
    assert "12 requirements" in re.sub(r"\s+", " ", first)


def test_every_state_can_be_shown(run):
    for result in ("PASS", "FAIL", "WARN", "REVIEW", "INCONCLUSIVE", "NOT_APPLICABLE"):
        run.evaluate(ONE, result)
        statement = build_statement(run.journal())
        assert statement_html(statement)
        assert printed(statement)
    for outcome in (Outcome.SKIPPED, Outcome.HANG, Outcome.INFRASTRUCTURE, Outcome.BROKEN, None):
        run.scenario("PIV-SRC-PIVI-01", outcome=outcome)
        assert statement_html(build_statement(run.journal()))


def test_the_terminal_gets_conclusion_counts_slowest_and_report(run):
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", message="accepted [bold]a revoked card")
    text = printed(build_statement(run.journal()), notes=("pip install dpc-conformance[report] adds it",))
    assert text.strip().startswith("not conformant")
    assert "FAIL 1" in text
    assert "PASS 24" in text
    assert "accepted [bold]a revoked card" in text
    assert "slowest 6.50 s: Scenario 26" in text
    assert "report: reports/index.html" in text
    assert "dpc-conformance[report]" in text


def test_the_terminal_says_what_is_missing_and_what_broke(run):
    run.scenario(ONE, outcome=Outcome.INFRASTRUCTURE, message="the worker died")
    text = printed(build_statement(run.journal()))
    assert "INCOMPLETE" in text
    assert "the run broke" in text
    assert "incomplete:" in text


def test_whoever_read_along_may_go_before_the_end(run):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        print_summary(build_statement(run.journal()), Terminal(file=gone), None)


def test_the_terminal_says_how_much_it_leaves_out_and_the_whole_path(run):
    out = io.StringIO()
    statement = build_statement(run.journal(damaged=tuple(range(1, 20))))
    print_summary(statement, Console(file=out, width=160), Path("out[a]/index.html"))
    assert "incomplete: line 12 of the journal is damaged" in out.getvalue()
    assert f"incomplete: and {len(statement.missing) - 12} more, see the report" in out.getvalue()
    assert "report: out[a]/index.html" in out.getvalue()


def test_half_a_character_that_a_product_names_in_json_is_written_as_json_names_it(run, tmp_path):
    run.evaluate(ONE, "REVIEW", message="half a character: \ud83d")
    file = tmp_path / "statement.json"
    write_whole(file, statement_json(build_statement(run.journal())))
    assert "half a character: \\ud83d" in file.read_text()
    asked = next(each for each in json.loads(file.read_text())["requirements"] if each["id"] == ONE)
    assert asked["sentence"] == "half a character: \ud83d"


def test_the_page_says_that_a_waiver_fails_the_run_and_why_a_review_did(run):
    waiver = {"requirement": ONE, "version": "1", "finding": "x", "reason": "r", "owner": "o", "link": "l"}
    run.configure(waivers=[{**waiver, "expires": "2026-11-22"}], product={"version": "1"})
    run.pass_all_but()
    page = statement_html(build_statement(run.journal()))
    assert '<p class="meaning">1 waiver does not fit, which fails the run.</p>' in page
    review = {"requirement": ONE, "decision": "fails", "statement": "seen on paper", "who": "w", "document": "d"}
    run.configure(waivers=[], reviews=[{**review, "date": "2026-11-01"}])
    run.evaluate(ONE, "WARN", where="here", expected="this", actual="that", message="that")
    page = statement_html(build_statement(run.journal()))
    assert "<strong>seen on paper (w, 2026-11-01, d)</strong>" in page
