"""The open questions of a run, asked in the terminal; each decision is on record before the next question."""

from dataclasses import dataclass

import click

from dpc_conformance.commands.asking import HOW_TO_ANSWER, Back, NoMoreAnswers, ask, text
from dpc_conformance.commands.open_questions import OpenQuestion
from dpc_conformance.commands.review_record import Answer, put_on_record
from dpc_conformance.suite.run_files import RunFiles

WORDS = {"holds": "holds", "h": "holds", "fails": "fails", "f": "fails", "skip": "skip", "s": "skip", "quit": "quit"}
ABOUT_DECISIONS = """\
holds: you looked, and the requirement is met. fails: it is not. skip: leave it open. quit: leave the rest open.
Look at the evidence before you decide; your name and your reason stand in every report."""


@dataclass
class _Before:
    """What was typed before, offered again."""

    who: str = ""
    document: str = ""


def talk(files: RunFiles, questions: list[OpenQuestion]) -> None:
    """Ask one after the other until all are decided or the person has enough. Raises OSError."""
    before, at = _Before(), 0
    click.echo(f"{len(questions)} open. {HOW_TO_ANSWER}")
    while at < len(questions):
        click.echo()
        click.echo("\n".join(questions[at].lines(files.folder)))
        try:
            if not _asked(files, questions[at], before):
                return
            at += 1
        except Back:
            at = max(0, at - 1)
        except NoMoreAnswers:
            return


def _asked(files: RunFiles, question: OpenQuestion, before: _Before) -> bool:
    """False: the person has enough."""
    decision = ask("holds, fails, skip or quit", _decision, ABOUT_DECISIONS, "skip")
    if decision in ("skip", "quit"):
        return decision == "skip"
    before.who = ask("who decides", text("a name"), "Your name, as it shall stand in the reports.", before.who)
    statement = ask("what was seen, and why that decides", text("a reason"), "One or two sentences.")
    where = "A report, photo or ticket in which others can follow it."
    before.document = ask("where it can be read", text("a document"), where, before.document)
    put_on_record(files, question, Answer(decision == "holds", before.who, statement, before.document))
    return True


def _decision(answer: str) -> str:
    if answer.lower() not in WORDS:
        raise ValueError("expected holds, fails, skip or quit")
    return WORDS[answer.lower()]
