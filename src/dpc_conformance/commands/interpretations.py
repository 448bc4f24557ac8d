"""`dpc interpretations`: disputed readings of the sources, with what the suite decided and when."""

import json

import click

from dpc_conformance.catalogue.interpretations import Interpretation, load_interpretations
from dpc_conformance.commands.check_options import known

FORMATS = ("text", "markdown", "json")
INTRODUCTION = """\
# Interpretations

Where the sources disagree or leave a question open, this suite had to read them in one way. Each reading has an id that
never changes, what was decided, and when. Some are the target's to choose (`[conflicts]`); every run records which it
went by, and `dpc diff` tells where two runs differ. This file is written by `make interpretations`; a test holds it
current.

| id | question | decision | date | the target may choose | requirements |
|---|---|---|---|---|---|
"""


@click.command(context_settings={"show_default": True})
@click.option("--format", "form", default="text", metavar="NAME", help=f"{', '.join(FORMATS)}.")
def interpretations(form: str) -> None:
    """Print the disputed readings of the sources: id, question, decision and date.

    What a target may choose stands with its options; the first is what counts where it chooses nothing.
    """
    known("format", form, FORMATS)
    found = load_interpretations()
    if form == "json":
        click.echo(json.dumps([{**vars(each), "date": str(each.date)} for each in found], indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo(markdown(found), nl=False)
    else:
        for each in found:
            click.echo(f"{each.id}  {each.date}  {each.question}\n        {each.decision}")
            if each.options:
                click.echo(f"        {each.conflict}: {', '.join(_options(each))}")


def markdown(found: tuple[Interpretation, ...]) -> str:
    """The published page."""
    lines = []
    for each in found:
        choice = f"`{each.conflict}`: {', '.join(_options(each))}" if each.options else ""
        cells = (each.id, each.question, each.decision, str(each.date), choice, ", ".join(each.requirements))
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n")
    return INTRODUCTION + "".join(lines)


def _options(each: Interpretation) -> list[str]:
    return [each.default, *(option for option in each.options if option != each.default)]
