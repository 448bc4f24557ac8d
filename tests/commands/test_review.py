"""`dpc review`: what is open is listed, decided with name and reason, put on record, and counts in the verdicts."""

import json
import tomllib
from pathlib import Path

import pytest

from dpc_conformance.cli import main
from dpc_conformance.evidence.events import ReviewDecided
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.target import load_target

ONE, OTHER = "PIV-SRC-CHUID-01", "PIV-SRC-CHUID-02"
ASKED = {ONE: ("REVIEW", "is the CHUID as printed?"), OTHER: ("INCONCLUSIVE", "nobody could see the FASC-N")}
WORDS = ("--who", "R. Jansen", "--statement", "I compared them.", "--document", "photo-1.png")


@pytest.fixture
def run(run_folder, monkeypatch) -> Path:
    """A run with two questions open; reports are drawn without Node, which takes its time."""
    monkeypatch.setattr("dpc_conformance.commands.run_reports.draw_report", lambda *_, **__: None)
    return run_folder(results=ASKED, product={"name": "Product", "version": "1.2"})


def verdicts(folder: Path) -> dict[str, tuple[str, str]]:
    statement = json.loads((folder / "statement.json").read_text())
    return {each["id"]: (each["verdict"], each["reason"]) for each in statement["requirements"]}


def test_what_is_open_is_listed_with_the_question(run, capsys) -> None:
    assert main(["review", str(run), "--list"]) == 0
    said = capsys.readouterr().out
    for words in (ONE, OTHER, "is the CHUID as printed?", "nobody could see the FASC-N", "2 questions are open"):
        assert words in said
    assert "chuid.feature:" in said
    assert not (run / "reviews.toml").exists()


def test_decisions_count_when_all_are_made(run, capsys) -> None:
    assert main(["review", str(run), "--holds", ONE, *WORDS]) == 2
    assert verdicts(run)[ONE] == ("REVIEW", "review-decided")
    assert main(["review", str(run), "--holds", OTHER, *WORDS]) == 0
    assert "I compared them. (R. Jansen" in (run / "statement.json").read_text()
    capsys.readouterr()
    assert main(["review", str(run), "--list"]) == 0
    assert "0 questions are open" in capsys.readouterr().out


def test_a_decision_that_it_fails_is_a_failure(run) -> None:
    assert main(["review", str(run), "--fails", ONE, *WORDS]) == 1
    assert verdicts(run)[ONE] == ("FAIL", "review-failed")


def test_a_decision_is_on_record_in_the_run_and_in_a_file_for_targets(run, tmp_path) -> None:
    main(["review", str(run), "--holds", ONE, *WORDS])
    [decided] = read_journal(run / "journal.jsonl").of(ReviewDecided)
    [written] = tomllib.loads((run / "reviews.toml").read_text())["review"]
    assert {name: str(value) for name, value in written.items()} == decided.review
    assert (written["run"], written["who"], written["decision"]) == ("run", "R. Jansen", "holds")
    assert len(written["evaluation"]) == 16
    target = tmp_path / "product.toml"
    target.write_text('name = "Product"\nreviews = ["run/reviews.toml"]\n')
    [review] = load_target(target).reviews
    assert (review.requirement, review.evaluation) == (ONE, written["evaluation"])


def test_the_decision_answers_the_same_question_in_a_later_run_and_no_other(run, run_folder, capsys) -> None:
    main(["review", str(run), "--holds", ONE, *WORDS])
    reviews = [each.review for each in read_journal(run / "journal.jsonl").of(ReviewDecided)]
    product = {"name": "Product", "version": "1.2"}
    changed = {ONE: ("REVIEW", "is the CHUID as issued?"), OTHER: ("PASS", "")}
    same = run_folder("same", {ONE: ASKED[ONE]}, product=product, reviews=reviews)
    other = run_folder("other", changed, product=product, reviews=reviews)
    newer = run_folder("newer", {ONE: ASKED[ONE]}, product={**product, "version": "1.3"}, reviews=reviews)
    for folder, left in ((same, 0), (other, 1), (newer, 1)):
        capsys.readouterr()
        main(["review", str(folder), "--list"])
        assert f"{left} question" in capsys.readouterr().out, folder


def test_a_later_decision_replaces_an_earlier_one(run) -> None:
    main(["review", str(run), "--fails", ONE, *WORDS])
    journal = read_journal(run / "journal.jsonl")
    name = list(journal.of(ReviewDecided))[0].review["evaluation"]
    assert main(["review", str(run), "--holds", ONE, *WORDS]) == 4  # decided: nothing is open any more
    assert len(name) == 16


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--holds", ONE, "--fails", OTHER], "give either --holds or --fails"),
        (["--holds", "PIV-SRC-CHIUD-01"], "PIV-SRC-CHIUD-01 is not in the catalogue; did you mean PIV-SRC-CHUID-01?"),
        (["--holds", "PIV-SRC-CHUID-03", *WORDS], "nothing about it is open in this run"),
        (["--holds", ONE, *WORDS[:4]], "--document: expected it with a decision, which has a name and a reason"),
        (["--holds", ONE, "--question", "abc", *WORDS], "the question abc about it is not open"),
        (["--holds", "PIV-SRC-CHUID", *WORDS], "expected the id of one requirement"),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_is_written(run, capsys, arguments, sentence) -> None:
    before = (run / "journal.jsonl").read_bytes()
    assert main(["review", str(run), *arguments]) == 4
    assert sentence in capsys.readouterr().err
    assert (run / "journal.jsonl").read_bytes() == before
    assert not (run / "reviews.toml").exists()


def test_a_folder_without_a_run_is_bad_input(tmp_path, capsys) -> None:
    assert main(["review", str(tmp_path), "--list"]) == 4
    assert "expected the folder of a run, with its journal.jsonl" in capsys.readouterr().err


def test_a_run_of_another_suite_that_is_reviewed_says_so(run, capsys) -> None:
    main(["review", str(run), "--holds", ONE, *WORDS])
    [said] = json.loads((run / "statement.json").read_text())["differences"]
    assert said.startswith("The journal does not say with which suite and catalogue the run was made")
    assert "The journal does not say with which suite" in capsys.readouterr().out
