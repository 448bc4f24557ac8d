"""`dpc review` in the terminal: questions one after the other, every decision on record before the next."""

import io
from pathlib import Path

import pytest

from dpc_conformance.cli import main
from dpc_conformance.evidence.events import ReviewDecided
from dpc_conformance.evidence.journal import read_journal

ONE, OTHER = "PIV-SRC-CHUID-01", "PIV-SRC-CHUID-02"


@pytest.fixture
def talk(run_folder, monkeypatch):
    """Answers the questions of a run line by line; gives exit code and decisions."""
    monkeypatch.setattr("dpc_conformance.commands.run_reports.draw_report", lambda *_, **__: None)
    folder: Path = run_folder(results={ONE: ("REVIEW", "as printed?"), OTHER: ("REVIEW", "as issued?")})

    def answered(*lines: str) -> tuple[int, list[tuple[str, str]]]:
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        typed.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", typed)
        code = main(["review", str(folder)])
        made = read_journal(folder / "journal.jsonl").of(ReviewDecided)
        return code, [(each.review["requirement"], each.review["decision"]) for each in made]

    return answered


def test_each_question_is_asked_and_what_was_typed_is_offered_again(talk, capsys) -> None:
    code, decided = talk("holds", "R. Jansen", "seen", "photo.png", "f", "", "not as issued", "")
    assert (code, decided) == (1, [(ONE, "holds"), (OTHER, "fails")])
    said = capsys.readouterr().out
    assert "who decides [R. Jansen]: " in said
    assert "as printed?" in said


def test_help_wrong_answers_and_the_way_back(talk, capsys) -> None:
    code, decided = talk("?", "perhaps", "skip", "<", "h", "", "me", "seen", "d", "quit")
    assert (code, decided) == (2, [(ONE, "holds")])
    said = capsys.readouterr().out
    assert "your name and your reason stand in every report" in said
    assert "expected holds, fails, skip or quit" in said
    assert "expected a name" in said


def test_nothing_that_was_decided_is_lost_when_the_answers_end(talk) -> None:
    assert talk("holds", "me", "seen", "d", "holds", "me") == (2, [(ONE, "holds")])


def test_an_interrupt_keeps_what_was_decided(talk, monkeypatch) -> None:
    from dpc_conformance.commands import review_talk

    put = review_talk.put_on_record

    def then_stop(*arguments) -> None:
        put(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(review_talk, "put_on_record", then_stop)
    assert talk("holds", "me", "seen", "d") == (130, [(ONE, "holds")])
