"""`dpc selfcheck`: seed every known defect and see whether the suite finds it, and nothing else."""

import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.selfcheck_kept import KeptRows
from dpc_conformance.commands.selfcheck_rows import Reach, all_seeded, rows
from dpc_conformance.commands.selfcheck_table import conclusion, counts, json_of, markdown_of, table_of
from dpc_conformance.faults.matrix import Row, Seeded
from dpc_conformance.faults.subjects import Subject
from dpc_conformance.suite.defect_batch import BatchBroke

NOT_CAUGHT = 1
FORMATS = ("table", "json", "markdown")
SUBJECTS = tuple(str(one) for one in Subject)


@click.command(context_settings={"show_default": True})
@click.argument("word", required=False)
@click.option("--only", multiple=True, metavar="NAME", help=f"Only defects of {', '.join(SUBJECTS)}; may be repeated.")
@click.option("--full", is_flag=True, help="Every scenario for every defect of issuer and phone.")
@click.option(
    "--resume",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep results in FILE, and go on from there.",
)
@click.option("--format", "form", default="table", metavar="NAME", help=f"{', '.join(FORMATS)}.")
def selfcheck(word: str | None, only: tuple[str, ...], full: bool, file: Path | None, form: str) -> int:
    """Seed every known defect, one at a time, and see whether the suite finds it.

    A defect is caught when exactly the requirements fail that it names. Certificates and other objects with one defect
    go before their judge; a defect of card or token meets every scenario of its features; one of issuer or phone meets
    the scenarios about its subject and three happy paths. With --full it meets every scenario: only then can be said
    that nothing else turns red. A process that falls silent is ended, and the defect that it ran is booked as HANG.
    With a WORD only defects are seeded that have it in their name. With --resume what came of each defect is kept, and
    the same command goes on where it was stopped. The exit code is 0 when all were caught, else 1.

    \b
    Examples:
      dpc selfcheck
      dpc selfcheck --only certificates,card
      dpc selfcheck "binding secret"
      dpc selfcheck --full --resume results.json --format json > matrix.json
    """
    known("format", form, FORMATS)
    done = _carried_out(_chosen(word, only), full, KeptRows(file, full) if file else None)
    if form == "json":
        click.echo(json_of(done))
    elif form == "markdown":
        click.echo(markdown_of(done, full), nl=False)
    else:
        console = Console(highlight=False)
        console.print(table_of(done))
        console.print(*counts(done), f"({sum(row.scenarios for row in done)} scenarios)", sep="\n")
        console.print(conclusion(done, full))
    return 0 if all(row.caught for row in done) else NOT_CAUGHT


def _chosen(word: str | None, only: tuple[str, ...]) -> tuple[Seeded, ...]:
    """The defects that were asked for. BadInput when there are none."""
    names = [name for each in only for name in each.split(",")]
    for name in names:
        known("only", name, SUBJECTS)
    chosen = [each for each in all_seeded() if not names or each.subject in names]
    if word:
        chosen = [each for each in chosen if word.lower() in each.name.lower()]
    if not chosen:
        raise BadInput(f"{word}: expected a word from the name of a defect; `dpc faults` lists them")
    return tuple(chosen)


def _carried_out(chosen: tuple[Seeded, ...], full: bool, kept: KeptRows | None) -> list[Row]:
    """What came of each; a bar on standard error shows how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    done = kept.rows(chosen) if kept else []
    known_already = {row.fault.name for row in done}
    left = tuple(one for one in chosen if one.name not in known_already)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="dpc-selfcheck-") as folder,
            Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as progress,
        ):
            task = progress.add_task("seeded defects", total=len(chosen), completed=len(done))
            for row in rows(left, Path(folder), Reach.EVERYTHING if full else Reach.RELATED):
                done.append(row)
                if kept:
                    kept.add(row)
                progress.update(task, advance=1, description=str(row.fault.subject))
    except (BatchBroke, OSError) as error:
        raise CannotGoOn(f"the self-check could not go on: {error}") from None
    return done
