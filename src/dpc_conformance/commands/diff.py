"""`dpc diff`: what another run says that a first did not, by requirement."""

import json
from pathlib import Path

import click

from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.run_difference import Difference, difference
from dpc_conformance.commands.run_folder import RunSays, says_in

NEW_FAILURES = 1
FORMATS = ("table", "json", "markdown")
PIPE_WIDTH = 140


@click.command(context_settings={"show_default": True})
@click.argument("first", metavar="RUN1", type=click.Path(path_type=Path))
@click.argument("second", metavar="RUN2", type=click.Path(path_type=Path))
@click.option("--format", "form", default="table", metavar="NAME", help=f"{', '.join(FORMATS)}.")
def diff(first: Path, second: Path, form: str) -> int:
    """Compare two runs: new failures, what was fixed, and every other verdict that changed.

    RUN1 and RUN2 are reports folders, the earlier one first. What differs in product, suite, scope, claims, readings
    and the text of requirements is said as well, since it may explain the rest. The exit code is 1 when there are
    failures that RUN1 did not have and no waiver covers.

    \b
    Examples:
      dpc diff last-week reports
      dpc diff last-week reports --format markdown > changes.md
    """
    known("format", form, FORMATS)
    before, after = says_in(first), says_in(second)
    found = difference(before, after)
    if form == "json":
        click.echo(json.dumps(found.values(), indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo(_markdown(found, before, after), nl=False)
    else:
        _print(found, before, after)
    return NEW_FAILURES if found.new_failures else 0


def _markdown(found: Difference, before: RunSays, after: RunSays) -> str:
    lines = [f"# {before.title} → {after.title}", "", f"{found.summary()}", ""]
    for title, rows in found.sections():
        lines += [f"## {title}", "", "| requirement | before | after | |", "|---|---|---|---|"]
        lines += [f"| {each.requirement} | {each.before} | {each.after} | {_cell(each.sentence)} |" for each in rows]
        lines.append("")
    for title, sentences in found.around():
        lines += [f"## {title}", "", *(f"* {_cell(each)}" for each in sentences), ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _print(found: Difference, before: RunSays, after: RunSays) -> None:
    # Imported here: the other formats do without.
    from rich.markup import escape
    from rich.table import Table

    from dpc_conformance.reporting.console import Terminal

    console = Terminal(highlight=False)
    console = console if console.is_terminal else Terminal(highlight=False, width=PIPE_WIDTH)
    console.print(f"{escape(before.title)} → {escape(after.title)}")
    for title, rows in found.sections():
        console.print(f"\n[bold]{title}[/bold]")
        table = Table.grid(padding=(0, 2))
        for each in rows:
            table.add_row(f"  {each.requirement}", f"{each.before} → {each.after}", escape(each.sentence))
        console.print(table)
    for title, sentences in found.around():
        console.print(f"\n[bold]{title}[/bold]")
        for sentence in sentences:
            console.print(f"  {escape(sentence)}")
    console.print(f"\n{found.summary()}")
