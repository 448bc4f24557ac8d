"""Each of the twelve verdicts can be told from every other in terminal, JSON, JUnit, Allure and on the page."""

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.evidence.events import Outcome
from dpc_conformance.reporting.allure_results import write_results
from dpc_conformance.reporting.console import print_summary
from dpc_conformance.reporting.junit import junit_xml
from dpc_conformance.reporting.page.page import statement_html
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.reporting.statement_json import statement_json

STATEMENT = {"statement": "s", "who": "w", "document": "d", "date": "2026-11-01"}
SCOPE = "enrolment"
SHOWN = {
    Verdict.PASS: "DPC-ISS-PKIAUTH-01",
    Verdict.FAIL: "DPC-ISS-PKIAUTH-03",
    Verdict.WARN: "DPC-CERT-SER-02",
    Verdict.REVIEW: "DPC-ISS-PKIAUTH-05",
    Verdict.ATTESTED: "DPC-ISS-AUDIT-01",
    Verdict.NOT_APPLICABLE: "DPC-ISS-SCEP-01",
    Verdict.NOT_EFFECTIVE: "DPC-ISS-ACCOUNT-01",
    Verdict.BLOCKED: "DPC-ISS-CHAN-01",
    Verdict.SKIPPED: "DPC-ISS-CHAN-02",
    Verdict.INCONCLUSIVE: "DPC-ISS-POP-01",
    Verdict.INFRASTRUCTURE: "DPC-ISS-DUP-01",
    Verdict.HANG: "DPC-CERT-VER-01",
}
"""A requirement for each verdict."""


@pytest.fixture
def drawn(run):
    """The journal and the statement of a run in which every verdict falls."""
    run.configure(scope=SCOPE, attestations=[{"requirement": SHOWN[Verdict.ATTESTED], **STATEMENT}])
    for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.INCONCLUSIVE):
        run.evaluate(SHOWN[verdict], verdict.value, message=f"seen: {verdict}")
    run.evaluate(SHOWN[Verdict.WARN], "FAIL", message="a clause from memory")
    for verdict, outcome in {
        Verdict.BLOCKED: Outcome.BLOCKED,
        Verdict.SKIPPED: Outcome.SKIPPED,
        Verdict.INFRASTRUCTURE: Outcome.INFRASTRUCTURE,
        Verdict.HANG: Outcome.HANG,
    }.items():
        run.scenario(SHOWN[verdict], outcome=outcome, message=f"ended: {outcome}")
    journal = run.journal()
    return journal, build_statement(journal)


def test_every_verdict_falls(drawn):
    fallen = {each.requirement.id: each.ground.verdict for each in drawn[1].verdicts}
    assert {verdict: fallen[identifier] for verdict, identifier in SHOWN.items()} == {each: each for each in Verdict}


def test_json(drawn):
    values = json.loads(statement_json(drawn[1]))
    told = {each["id"]: each["verdict"] for each in values["requirements"]}
    assert [told[SHOWN[verdict]] for verdict in Verdict] == [verdict.value for verdict in Verdict]


def test_junit(drawn):
    cases = ElementTree.fromstring(junit_xml(*drawn)).findall("testsuite/testcase[@classname='requirements']")
    by_id = {case.get("name").partition(" ")[0]: case for case in cases}
    assert len(by_id) == 128
    for verdict, identifier in SHOWN.items():
        told = by_id[identifier].find("properties/property[@name='verdict']")
        assert told.get("value") == verdict
    marks = {verdict: {child.tag for child in by_id[each]} - {"properties"} for verdict, each in SHOWN.items()}
    assert marks[Verdict.PASS] == set()
    assert marks[Verdict.FAIL] == {"failure"}
    assert marks[Verdict.WARN] == marks[Verdict.ATTESTED] == {"system-out"}
    assert marks[Verdict.NOT_APPLICABLE] == marks[Verdict.NOT_EFFECTIVE] == {"skipped"}
    open_ones = (Verdict.BLOCKED, Verdict.SKIPPED, Verdict.INCONCLUSIVE, Verdict.INFRASTRUCTURE, Verdict.HANG)
    assert all(marks[verdict] == {"error"} for verdict in (*open_ones, Verdict.REVIEW))
    assert {by_id[SHOWN[verdict]].find("error").get("type") for verdict in open_ones} == set(open_ones)


def test_the_totals_of_junit_are_those_of_its_cases(drawn):
    root = ElementTree.fromstring(junit_xml(*drawn))
    for element in (root, *root.findall("testsuite")):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert element.get(name) == str(sum(case.find(tag) is not None for case in cases)), element.get("name")


def test_a_waived_failure_is_no_failure_for_ci_and_no_pass_either(run):
    identifier = "PIV-SRC-STATUS-01"
    followed_up = {"reason": "known", "owner": "w", "link": "ticket 7", "expires": "2026-12-01"}
    waiver = {"requirement": identifier, "version": "2", "finding": "accepted", **followed_up}
    run.configure(product={"name": "p", "version": "2"}, waivers=[waiver])
    run.evaluate(identifier, "FAIL", message="accepted")
    root = ElementTree.fromstring(junit_xml(run.journal(), build_statement(run.journal())))
    [case] = [each for each in root.iter("testcase") if each.get("name").startswith(identifier)]
    assert case.find("failure") is None
    assert case.find("skipped").get("message") == "waived FAIL: accepted"


def test_allure(drawn, tmp_path: Path):
    journal, statement = drawn
    write_results(tmp_path / "results", journal, statement, lambda _: ())
    results = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "results").glob("*-result.json")]
    by_id = {each["fullName"].partition(" ")[2]: each for each in results if each["fullName"].startswith("requirement")}
    for verdict, identifier in SHOWN.items():
        result = by_id[identifier]
        assert {"name": "verdict", "value": verdict.value} in result["labels"]
        if verdict is not Verdict.PASS:
            assert result["statusDetails"]["message"].startswith(f"{verdict}: ")
    categories = json.loads((tmp_path / "results" / "categories.json").read_text("utf-8"))
    for verdict, identifier in SHOWN.items():
        result = by_id[identifier]
        message = result["statusDetails"].get("message", "")
        found = [
            each["name"].split(" ")[0]
            for each in categories
            if re.fullmatch(each["messageRegex"], message) and result["status"] in each["matchedStatuses"]
        ]
        assert found == ([] if verdict is Verdict.PASS else [verdict.value])


def test_terminal(drawn):
    out = io.StringIO()
    print_summary(drawn[1], Console(file=out, width=200), None)
    counts = next(line for line in out.getvalue().splitlines() if line.startswith("PASS "))
    assert re.findall(r"[A-Z_]{4,}", counts) == [verdict.value for verdict in Verdict]
    for verdict in (Verdict.FAIL, Verdict.WARN, Verdict.HANG, Verdict.BLOCKED, Verdict.REVIEW, Verdict.SKIPPED):
        assert re.search(rf"^ {verdict} ", out.getvalue(), re.M), verdict


def test_a_decided_review_is_counted_as_one(run):
    identifier = "PIV-SRC-STATUS-01"
    run.configure(reviews=[{"requirement": identifier, "decision": "holds", **STATEMENT}])
    run.pass_all_but(identifier)
    run.evaluate(identifier, "REVIEW", message="is it so?")
    out = io.StringIO()
    print_summary(build_statement(run.journal()), Console(file=out, width=200), None)
    assert "REVIEW 1 (decided)" in out.getvalue()
    assert not re.search(r"^ REVIEW ", out.getvalue(), re.M)


def test_page(drawn):
    page = statement_html(drawn[1])
    for verdict, identifier in SHOWN.items():
        row = page[page.index(f'<tr id="{identifier}">') :]
        row = row[: row.index("</tr>")]
        assert f'<span class="chip {verdict}">{verdict.replace("_", " ")}</span>' in row.partition("looked")[0]
