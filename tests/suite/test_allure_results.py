"""What stands in the Allure results of a run: Gherkin steps, labels, links, evidence where it was made, verdicts."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from made_up import MadeUpSuite

from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.evidence.reading import EvidenceReader
from dpc_conformance.reporting.allure_results import write_results
from dpc_conformance.reporting.allure_states import STATES, TITLES
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.target import load_target

STEPS = """
from datetime import UTC, datetime
from dpc_conformance.evidence import records
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
@given("a card that answers")
def _(recorder):
    recorder.record(records.ApduExchange(NOW, "SELECT PIV", "00A404000B", "6114", 0x9000, "success"))
    recorder.record(records.ApduExchange(NOW, "VERIFY (redacted)", "00200080 (redacted)", "", 0x63C2, "2 tries left"))
@when("the kiosk shows a QR code")
def _(recorder):
    recorder.record(records.QrCodeShown(NOW, "kiosk", "https://issuer.dpc.example/enrol", b"PNG", "00"))
    recorder.record(records.ScreenShown(NOW, "kiosk", "QR code", "Scan it", ("Done",)))
@then("it explodes")
def _(recorder):
    recorder.record(records.HandshakeRefused(NOW, "phone", "https://issuer.dpc.example/", "unknown ca"))
    raise RuntimeError("boom")
@then("all is well")
def _(): pass
@then("it is judged")
def _(judge): judge.record("DPC-CERT-EKU-01", "FAIL", message="no clientAuth")
@then("these rows hold")
def _(datatable): pass
"""
FEATURE = """@epic:Journey
Feature: Kiosk
  About the kiosk.

  Rule: The kiosk shows a code
    @severity:critical @IOS-INT-11
    Scenario: Evidence
      Given a card that answers
      When the kiosk shows a QR code
      Then it explodes
      And all is well

    @DPC-CERT-EKU-01
    Scenario Outline: Judged <n>
      Then it is judged
      And these rows hold
        | a | b |

      Examples:
        | n |
        | 1 |
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    suite = MadeUpSuite(tmp_path_factory.mktemp("allure"))
    suite.steps(STEPS)
    suite.feature(FEATURE)
    start = datetime(2026, 6, 1, tzinfo=UTC)
    journal = suite.home / "journal.jsonl"
    with JournalWriter(journal) as writer:
        writer.write(replace(load_target().started(start, "0", "seed", start), scope="certificates"))
    suite.run("features", f"--journal={journal}", f"--evidence={suite.home / 'evidence'}", "--clock=2026-06-01")
    read = read_journal(journal)
    reader = EvidenceReader(EvidenceFolder(suite.home / "evidence"))
    write_results(suite.home / "results", read, build_statement(read), lambda each: reader.scenario(each).lines)
    return suite.home / "results"


def result_of(results: Path, name: str) -> dict[str, Any]:
    found = [json.loads(path.read_text("utf-8")) for path in results.glob("*-result.json")]
    return next(each for each in found if each["name"].startswith(name))


def attachments(results: Path, step: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: (results / each["source"]).read_text("utf-8") for each in step.get("attachments", [])}


def test_steps_read_like_the_feature_and_later_ones_are_not_reached(results: Path) -> None:
    steps = result_of(results, "Evidence")["steps"]
    assert [(step["name"], step["status"]) for step in steps] == [
        ("Given a card that answers", "passed"),
        ("When the kiosk shows a QR code", "passed"),
        ("Then it explodes", "broken"),
        ("And all is well", "skipped"),
    ]


def test_evidence_hangs_where_it_was_made(results: Path) -> None:
    card, kiosk, broken, _ = result_of(results, "Evidence")["steps"]
    transcript = attachments(results, card)["APDU transcript"]
    assert "VERIFY (redacted)" in transcript
    assert "63C2 2 tries left" in transcript
    assert attachments(results, kiosk)["QR code on the kiosk"] == "PNG"
    assert "[Done]" in attachments(results, kiosk)["what the people saw"]
    assert "unknown ca" in attachments(results, broken)["HTTP exchanges"]


def test_labels_and_links(results: Path) -> None:
    evidence, judged = result_of(results, "Evidence"), result_of(results, "Judged 1")
    labels = {(label["name"], label["value"]) for label in evidence["labels"]}
    assert {
        ("epic", "Journey"),
        ("feature", "Kiosk"),
        ("story", "The kiosk shows a code"),
        ("severity", "critical"),
        ("tag", "IOS-INT-11"),
    } <= labels
    [link] = judged["links"]
    assert link["name"].startswith("DPC-CERT-EKU-01 (Common Policy")
    assert link["url"].startswith("https://www.idmanagement.gov/")
    assert judged["parameters"] == [{"name": "n", "value": "1"}]


def test_an_evaluation_is_a_line_under_its_step_and_a_failed_one_marks_the_step(results: Path) -> None:
    judged, table = result_of(results, "Judged 1")["steps"]
    assert judged["status"] == "failed"
    assert [(line["name"], line["status"]) for line in judged["steps"]] == [
        ("FAIL DPC-CERT-EKU-01: no clientAuth", "failed")
    ]
    assert table["status"] == "passed"
    assert attachments(results, table) == {"table of the step": "a,b\n"}


def test_what_was_raised_is_shown_as_pytest_prints_it(results: Path) -> None:
    details = result_of(results, "Evidence")["statusDetails"]
    assert details["message"] == "BLOCKED: RuntimeError: boom"
    assert "raise RuntimeError" in details["trace"]


def test_a_requirement_has_a_result_with_its_verdict_and_what_looked_at_it(results: Path) -> None:
    failed, unseen = result_of(results, "DPC-CERT-EKU-01: "), result_of(results, "DPC-CERT-KU-01: ")
    assert (failed["status"], failed["statusDetails"]["message"]) == ("failed", "FAIL: no clientAuth (not-met)")
    assert [step["name"] for step in failed["steps"]] == ["FAIL in \u201cJudged 1\u201d: no clientAuth"]
    assert unseen["status"] == "unknown"
    assert {"name": "verdict", "value": "INCONCLUSIVE"} in unseen["labels"]


def test_every_verdict_is_told_apart_by_label_and_category(results: Path) -> None:
    assert set(STATES) - set(TITLES) == {"PASS"}
    categories = json.loads((results / "categories.json").read_text("utf-8"))
    assert len({each["messageRegex"] for each in categories}) == len(TITLES)
    labels = [label["value"] for label in result_of(results, "Judged 1")["labels"] if label["name"] == "verdict"]
    assert labels == ["FAIL"]


def test_a_second_drawing_gives_the_same_results(results: Path, tmp_path: Path) -> None:
    journal = read_journal(results.parent / "journal.jsonl")
    reader = EvidenceReader(EvidenceFolder(results.parent / "evidence"))
    write_results(tmp_path / "again", journal, build_statement(journal), lambda each: reader.scenario(each).lines)
    held = {path.name: path.read_bytes() for path in results.iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == held
