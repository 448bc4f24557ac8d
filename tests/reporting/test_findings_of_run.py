"""The findings of a run, for code scanning services, say of each evaluation what the statement makes of it."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from dpc_conformance.commands.run_reports import Drawing, draw_documents
from dpc_conformance.evidence.events import SANITY_CLOSES, Outcome
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.evidence.lines import ObjectJudged
from dpc_conformance.evidence.objects import ObjectStore
from dpc_conformance.evidence.scenario_file import ScenarioFile
from dpc_conformance.suite.run_files import RunFiles

ONE, KEY = "DPC-CERT-EKU-01", "DPC-CRY-KEY-01"
CERTIFICATE = bytes.fromhex("3003020101")
FINDING = {"where": "extKeyUsage", "expected": "clientAuth", "actual": "nothing", "message": "no clientAuth"}
ABOUT = {"object": sha256(CERTIFICATE).hexdigest()}
Results = list[dict[str, Any]]


@pytest.fixture
def results(run, moment, tmp_path) -> Callable[[], Results]:
    """Draws what stands in the journal; in each scenario the certificate was judged."""

    def results() -> Results:
        files, folder = RunFiles(tmp_path), EvidenceFolder(tmp_path / "evidence")
        folder.make()
        files.journal.unlink(missing_ok=True)
        with JournalWriter(files.journal) as journal:
            for event in run.journal().events:
                journal.write(event)
        for scenario in {event.scenario for event in run.events}:
            lines = ScenarioFile(folder, scenario, ObjectStore(folder.objects), lambda _: False)
            lines.recorded(ObjectJudged(moment, "certificate", CERTIFICATE))
            lines.close()
        draw_documents(files, Drawing(files.journal, folder))
        [drawn] = json.loads(files.findings.read_text(encoding="utf-8"))["runs"]
        return drawn["results"]

    run.configure(scope="enrolment")
    return results


def test_a_failure_is_an_error(run, results):
    run.evaluate(ONE, "FAIL", **FINDING, **ABOUT)
    [result] = results()
    assert (result["ruleId"], result["kind"], result["level"]) == (ONE, "fail", "error")
    assert (result["properties"]["verdict"], result["properties"]["reason"]) == ("FAIL", "not-met")


def test_what_was_seen_before_a_scenario_began_anew_is_no_finding(run, results, tmp_path):
    run.evaluate(ONE, "FAIL", **FINDING, **ABOUT)
    run.events.append(run.events[0])
    run.evaluate(ONE, "PASS", run.events[0].scenario, **ABOUT)
    assert results() == []
    page = RunFiles(tmp_path).page.read_text(encoding="utf-8")
    section = page[page.index('id="certificates"') : page.index('id="decisions"')]
    assert re.findall(r'class="count (\w+)"', section) == ["PASS"]


def test_what_the_closing_sanity_scenario_took_back_is_open(run, results):
    run.evaluate(ONE, "FAIL", **FINDING, **ABOUT)
    run.scenario(SANITY_CLOSES, outcome=Outcome.FAILED, sanity=True)
    [result] = results()
    assert (result["kind"], result["level"]) == ("open", "none")
    assert (result["properties"]["verdict"], result["properties"]["reason"]) == ("INCONCLUSIVE", "sanity-failed")


def test_what_the_reference_makes_of_it_is_no_finding_on_a_product(run, results):
    run.configure(scope="full", roles={"token": "pcsc", "issuer": "reference"})
    run.scenario(KEY)
    run.evaluate(KEY, "FAIL", "features/credential/keys.feature::test_a_key", **FINDING, **ABOUT)
    assert results() == []
    run.evaluate(KEY, "FAIL", "features/token/keys.feature::test_a_key", **FINDING, **ABOUT)
    assert [result["ruleId"] for result in results()] == [KEY]


def test_a_failure_that_is_waived_is_suppressed(run, results):
    waiver = {"requirement": ONE, "version": "1", "finding": "no clientAuth", "reason": "r", "owner": "o", "link": "l"}
    run.configure(waivers=[{**waiver, "expires": "2099-01-01"}], product={"version": "1"})
    run.evaluate(ONE, "FAIL", **FINDING, **ABOUT)
    run.evaluate("DPC-CERT-KU-01", "FAIL", **FINDING, **ABOUT)
    assert {result["ruleId"]: result["suppressions"] for result in results()} == {
        ONE: [{"kind": "external"}],
        "DPC-CERT-KU-01": [],
    }
