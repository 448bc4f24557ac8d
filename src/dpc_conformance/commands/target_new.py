"""`dpc target new`: asks about the product in the terminal and writes its target file."""

import json
from pathlib import Path
from typing import Any

import click

from dpc_conformance.catalogue.contradictions import contradiction
from dpc_conformance.commands.asking import HOW_TO_ANSWER, Back, NoMoreAnswers, ask
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.target_questions import Question, questions
from dpc_conformance.commands.target_text import claims_of, target_text
from dpc_conformance.reporting.whole_file import write_whole


@click.command("new")
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Ask about your product and write its target file.

    Each question has a default in [brackets]; ? explains it, < goes back to the one before. Every answer is kept in
    FILE.draft at once: after ^C the same command goes on where you stopped. The answers may come from a pipe, one in
    each line. A file that exists is never overwritten.

    \b
    Examples:
      dpc target new product.toml
      dpc target new product.toml < answers.txt
    """
    _expect_new(file)
    draft = _Draft(file.with_name(f"{file.name}.draft"))
    click.echo(HOW_TO_ANSWER)
    if draft.answers:
        click.echo(f"Going on with {draft.file}.")
    _talk(draft)
    _write(file, target_text(_values(draft)))
    draft.file.unlink(missing_ok=True)
    click.echo(f"written: {file}. `dpc target check {file}` says what a run with it would do.")


class _Draft:
    """The answers so far, on disk after each."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.answers: dict[str, str] = {}
        if file.exists():
            try:
                self.answers = {str(key): str(value) for key, value in json.loads(file.read_text("utf-8")).items()}
            except (OSError, ValueError, AttributeError):
                raise BadInput(f"{file}: expected a draft that `dpc target new` left; take it away") from None

    def keep(self, key: str, answer: str) -> None:
        self.answers[key] = answer
        try:
            write_whole(self.file, json.dumps(self.answers, indent=2) + "\n")
        except OSError as problem:
            raise BadInput(f"{self.file}: expected a file that can be written: {problem.strerror}") from None


def _talk(draft: _Draft) -> None:
    """Ask what is not answered yet; a contradiction leads back to its claim."""
    at, mending = _first_open(draft), False
    while True:
        asked = questions(draft.answers)
        if at >= len(asked):
            problem = contradiction(claims_of(_values(draft)))
            if problem is None:
                return
            click.echo(f"That cannot be: {problem}")
            at = next((number for number, each in enumerate(asked) if problem.startswith(f"{each.key}:")), 0)
            mending = True
            continue
        try:
            _ask(draft, asked[at])
            at = _first_open(draft) if mending else at + 1
        except Back:
            at = max(0, at - 1)
        except NoMoreAnswers:
            raise BadInput(f"the answers end before {asked[at].key}; what was answered is in {draft.file}") from None
        except click.Abort:
            click.echo(f"What was answered is in {draft.file}; the same command goes on from there.")
            raise


def _ask(draft: _Draft, question: Question) -> None:
    def kept(answer: str) -> str:
        question.value(answer)
        return answer

    default = draft.answers.get(question.key, question.default)
    draft.keep(question.key, ask(question.words, kept, question.explanation, default))


def _first_open(draft: _Draft) -> int:
    asked = questions(draft.answers)
    return next((number for number, each in enumerate(asked) if each.key not in draft.answers), len(asked))


def _values(draft: _Draft) -> dict[str, Any]:
    asked = [each for each in questions(draft.answers) if each.key in draft.answers]
    return {each.key: each.value(draft.answers[each.key]) for each in asked}


def _expect_new(file: Path) -> None:
    if file.exists():
        raise BadInput(f"{file}: expected a file that does not exist yet; this command overwrites nothing")
    if not file.absolute().parent.is_dir():
        raise BadInput(f"{file}: expected a folder that exists")


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise BadInput(f"{file}: somebody has written it meanwhile; the answers are in its draft") from None
    except OSError as problem:
        raise BadInput(f"{file}: expected a file that can be written: {problem.strerror}") from None
