"""`dpc spec`: the numbered test specification."""

import csv
import io
from pathlib import Path

import click

from dpc_conformance import HOME, __version__
from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.spec_entries import Action, Entry, entries, in_story_order
from dpc_conformance.suite.numbered_tests import WrongNumbers, give_numbers
from dpc_conformance.suite.scenario_texts import UnreadableFeature, read_scenarios

FORMATS = ("html", "csv")
COLUMNS = (
    "number",
    "title",
    "purpose",
    "requirements",
    "clauses",
    "story",
    "preconditions",
    "steps",
    "expected result",
    "cases",
    "defects that prove it",
    "feature",
    "version",
    "text",
)


@click.command(context_settings={"show_default": True})
@click.option("--format", "form", default="html", metavar="NAME", help=f"{', '.join(FORMATS)}.")
@click.option("--give-numbers", is_flag=True, help="Give numbers to new scenarios (in a checkout of the suite).")
def spec(form: str, give_numbers: bool) -> None:
    """Print the test specification.

    Each test has a number that means the same test in every version, its purpose, the requirements and their clauses,
    what it starts from, what is done and what is expected, and the seeded defects that it has to find. `text` is a
    hash of the test's words: where it changed, the test did.

    \b
    Examples:
      dpc spec > specification.html
      dpc spec --format csv > specification.csv
    """
    known("format", form, FORMATS)
    try:
        if give_numbers:
            click.echo(f"{_numbered()} new numbers")
            return
        found = entries()
    except (UnreadableFeature, WrongNumbers) as problem:
        raise BadInput(str(problem)) from None
    click.echo(as_csv(found) if form == "csv" else _html(found), nl=False)


def as_csv(found: list[Entry]) -> str:
    """A row for each test."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in found:
        sources = dict.fromkeys(f"{one.id}: {one.source}" for one in each.requirements)
        writer.writerow(
            (
                each.number,
                each.text.name,
                each.purpose,
                " ".join(one.id for one in each.requirements),
                "\n".join(sources),
                " ".join(each.story),
                "\n".join(each.preconditions),
                "\n".join(_numbered_steps(each.actions)),
                "\n".join(_numbered_results(each.actions)),
                "\n".join(each.text.cases()) if each.text.rows else "",
                "\n".join(each.proof),
                f"{each.text.file}:{each.text.line}",
                __version__,
                each.digest,
            )
        )
    return text.getvalue()


def _numbered_steps(actions: tuple[Action, ...]) -> list[str]:
    return [f"{number}. {done}" for number, each in enumerate(actions, 1) for done in each.done]


def _numbered_results(actions: tuple[Action, ...]) -> list[str]:
    return [f"{number}. {expected}" for number, each in enumerate(actions, 1) for expected in each.expected]


def _html(found: list[Entry]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # the other format does without

    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("spec.html.jinja").render(entries=found, version=__version__) + "\n"


def _numbered() -> int:
    try:
        return give_numbers(in_story_order(read_scenarios(HOME)))
    except OSError as problem:
        raise BadInput(f"{problem.filename}: expected a file that can be written: {problem.strerror}") from None
