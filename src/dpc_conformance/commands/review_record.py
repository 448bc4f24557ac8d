"""A decision on record: in the journal of its run, and in a file of reviews that a target can name."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from dpc_conformance.catalogue.decisions import Review
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.open_questions import OpenQuestion
from dpc_conformance.evidence.events import ReviewDecided, RunStarted
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.reporting.whole_file import write_whole
from dpc_conformance.suite.run_files import RunFiles

HEAD = """\
# What people decided about runs, written by `dpc review`. A target that names this file in `reviews` takes the
# decisions along: each answers the question that it names, about the same version of the product, and no other.

"""


@dataclass(frozen=True)
class Answer:
    """What a person decided, and why."""

    holds: bool
    who: str
    statement: str
    document: str


def put_on_record(files: RunFiles, question: OpenQuestion, answer: Answer) -> None:
    """Append the decision to the journal and write the file of reviews anew. Raises OSError."""
    journal = read_journal(files.journal)
    started = list(journal.of(RunStarted))[-1]
    decided_at = machine_now()
    review = Review(
        requirement=question.requirement.id,
        decision="holds" if answer.holds else "fails",
        statement=answer.statement.strip(),
        who=answer.who.strip(),
        document=answer.document.strip(),
        date=decided_at.date(),
        run=started.run,
        evaluation=question.name,
    )
    with JournalWriter(files.journal) as writer:
        writer.write(ReviewDecided(decided_at, review.model_dump(mode="json")))
    last = {(each.requirement, each.evaluation): each for each in (*_known(files.reviews), review)}
    text = tomli_w.dumps({"review": [_entry(each) for each in last.values()]}, multiline_strings=True)
    write_whole(files.reviews, HEAD + text)


def _known(file: Path) -> list[Review]:
    """The decisions that the file holds already. BadInput where somebody made something else of it."""
    if not file.exists():
        return []
    try:
        return [Review.model_validate(each) for each in tomllib.loads(file.read_text("utf-8")).get("review", [])]
    except ValueError:
        raise BadInput(f"{file}: expected a file of reviews; the decision is in the journal of the run only") from None


def _entry(review: Review) -> dict[str, Any]:
    """In the order of a file that a person writes."""
    order = ("requirement", "decision", "statement", "who", "document", "date", "run", "evaluation")
    return {name: getattr(review, name) for name in order}
