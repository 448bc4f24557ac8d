"""What people decided about a run holds for its package too, though their words were about persons."""

import json
from pathlib import Path

import pytest
from people import MAIL, NAME
from small_run import NOW, SCENARIO, write_run

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.commands.packing import gather_package
from dpc_conformance.evidence.events import EvaluationMade, ReviewDecided
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.suite.run_files import RunFiles

FAILED, ASKED = "PIV-SRC-STATUS-01", "PIV-SRC-PIVI-01"


def verdict_of(reports: Path, identifier: str):
    statement = build_statement(read_journal(RunFiles(reports).journal))
    return next(each for each in statement.verdicts if each.requirement.id == identifier)


def packed(reports: Path, folder: Path) -> Path:
    folder.mkdir()
    gather_package(RunFiles(reports), folder, False)
    return folder


@pytest.mark.parametrize(("decision", "verdict"), [("holds", Verdict.REVIEW), ("fails", Verdict.FAIL)])
def test_an_answer_is_one_to_the_same_question(tmp_path, decision, verdict):
    reports = tmp_path / "reports"
    write_run(reports)
    journal = RunFiles(reports).journal
    questions = [f"does {NAME} see it?", f"does {MAIL} hear of it?"]
    with JournalWriter(journal) as writer:
        for message in questions:
            writer.write(EvaluationMade(NOW, SCENARIO, ASKED, "REVIEW", message=message, step=f"Then {NAME} is told"))
    review = {"requirement": ASKED, "statement": "s", "who": "w", "document": "d", "date": "2026-11-23"}
    with JournalWriter(journal) as writer:
        for name in verdict_of(reports, ASKED).questions:
            writer.write(ReviewDecided(NOW, {**review, "decision": decision, "run": "", "evaluation": name}))
    assert (verdict_of(reports, ASKED).ground.verdict, len(verdict_of(reports, ASKED).questions)) == (verdict, 0)
    package = packed(reports, tmp_path / "package")
    assert (verdict_of(package, ASKED).ground.verdict, len(verdict_of(package, ASKED).questions)) == (verdict, 0)
    assert NAME.encode() not in (package / "journal.jsonl").read_bytes()


def test_a_waiver_is_about_the_same_failure(tmp_path):
    reports = tmp_path / "reports"
    write_run(reports)
    journal = RunFiles(reports).journal
    started, *rest = journal.read_text("utf-8").splitlines()
    known = {"requirement": FAILED, "version": "12.4", "finding": f"subject is {NAME}", "reason": "r", "owner": "o"}
    values = {**json.loads(started), "waivers": [{**known, "link": "l", "expires": "2026-12-01"}]}
    journal.write_text("\n".join([json.dumps(values), *rest, ""]), "utf-8")
    assert verdict_of(reports, FAILED).waived
    package = packed(reports, tmp_path / "package")
    assert verdict_of(package, FAILED).waived
    assert NAME.encode() not in (package / "journal.jsonl").read_bytes()
