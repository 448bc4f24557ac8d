"""`dpc review`: what a run left to a person is decided, with name and reason, and the verdicts are drawn again."""

import sys
from pathlib import Path

import click

from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.open_questions import OpenQuestion, open_questions
from dpc_conformance.commands.review_record import Answer, put_on_record
from dpc_conformance.commands.review_talk import talk
from dpc_conformance.commands.run_folder import statement_in
from dpc_conformance.commands.run_options import requirements_of
from dpc_conformance.commands.run_reports import draw_reports
from dpc_conformance.suite.folder_lock import FolderInUse, locked
from dpc_conformance.suite.run_files import RunFiles


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--holds", metavar="ID", help="Decide that this requirement holds.")
@click.option("--fails", metavar="ID", help="Decide that it does not.")
@click.option("--question", metavar="NAME", help="Which of several open questions about it is meant.")
@click.option("--who", metavar="NAME", help="Who decides.")
@click.option("--statement", metavar="TEXT", help="What was seen, and why that decides.")
@click.option("--document", metavar="NAME", help="Where it can be read: a report, a photo, a ticket.")
@click.option("--list", "only_list", is_flag=True, help="List what is open, and ask nothing.")
def review(
    run: Path,
    holds: str | None,
    fails: str | None,
    question: str | None,
    who: str | None,
    statement: str | None,
    document: str | None,
    only_list: bool,
) -> int:
    """Decide what a run left to a person.

    RUN is the reports folder of a run. What is open is listed with the question and what there is to look at. With
    --holds or --fails one question is decided; else they are asked in the terminal, one after the other. A decision is
    put on record in the run, and in its reviews.toml, which a target can name (`reviews = [...]`): it answers the same
    question about the same version of the product in a later run, and no other. Then the reports are drawn again.

    The exit code is that of the run with the decisions, 0 where they were only listed.

    \b
    Examples:
      dpc review reports --list
      dpc review reports --holds DPC-ISS-AUDIT-02 --who "R. Jansen" --statement "..." --document audit-2026.pdf
      dpc review reports
    """
    questions = open_questions(statement_in(run))
    if only_list or not (holds or fails or sys.stdin.isatty()):
        return _listed(questions, run)
    files = RunFiles(run.absolute())
    try:
        with locked(files.folder):
            if holds or fails:
                chosen = _meant(questions, holds, fails, question)
                put_on_record(files, chosen, _answer(bool(holds), who, statement, document))
            else:
                talk(files, questions)
            return draw_reports(files, require_all=False)
    except FolderInUse:
        raise BadInput(f"{run}: expected a folder that no run is writing to") from None
    except OSError as problem:
        raise CannotGoOn(f"{run}: {problem.strerror or problem}; the decision could not be written") from None


def _listed(questions: list[OpenQuestion], folder: Path) -> int:
    for each in questions:
        click.echo("\n".join(each.lines(folder)))
        click.echo()
    click.echo("1 question is open" if len(questions) == 1 else f"{len(questions)} questions are open")
    return 0


def _meant(questions: list[OpenQuestion], holds: str | None, fails: str | None, name: str | None) -> OpenQuestion:
    """The question that the options mean. BadInput where that is none, or not clear."""
    if holds and fails:
        raise BadInput("give either --holds or --fails")
    wanted = _one(holds or fails or "", "--holds" if holds else "--fails")
    about = [each for each in questions if each.requirement.id == wanted and name in (None, each.name)]
    if not about:
        which = f"the question {name} about it is not open" if name else "nothing about it is open"
        raise BadInput(f"{wanted}: {which} in this run; `dpc review --list` tells what is")
    if len(about) > 1:
        names = ", ".join(each.name for each in about)
        raise BadInput(f"{wanted}: {len(about)} questions are open; expected --question with one of {names}")
    return about[0]


def _one(identifier: str, option: str) -> str:
    found = requirements_of([identifier])
    if found != {identifier.upper()}:
        raise BadInput(f"{option} {identifier}: expected the id of one requirement")
    return identifier.upper()


def _answer(holds: bool, who: str | None, statement: str | None, document: str | None) -> Answer:
    given = {"--who": who, "--statement": statement, "--document": document}
    for option, value in given.items():
        if not (value and value.strip()):
            raise BadInput(f"{option}: expected it with a decision, which has a name and a reason")
    return Answer(holds, who or "", statement or "", document or "")
