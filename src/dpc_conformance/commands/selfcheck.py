"""`dpc selfcheck`: seed every known defect into the reference and see whether the suite finds it, and nothing else."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.faults.matrix import Row, row_of
from dpc_conformance.faults.registry import Fault, faults
from dpc_conformance.suite.defect_run import BatchBroke, run_plans

NOT_CAUGHT = 1
SECONDS, SECONDS_IN_FULL = 60.0, 600.0
"""Machine time that one defect may take."""


def rows(chosen: dict[str, Fault], folder: Path, full: bool) -> Iterator[Row]:
    """Run the defects and yield what came of each, as it falls. Raises BatchBroke, OSError."""
    plans = ((name, _met(fault, full), fault.folder) for name, fault in chosen.items())
    for done in run_plans(plans, folder, SECONDS_IN_FULL if full else SECONDS):
        yield row_of(chosen[done.name], done.journal)


def _met(fault: Fault, full: bool) -> frozenset[str] | None:
    """The requirements whose scenarios the defect meets; None for every scenario."""
    if fault.folder:
        return None  # all of its folder: that costs a second
    # With a defect that stops scenarios short there is nothing to be said about the others.
    return None if full and not fault.breaks else fault.trips


@click.command()
@click.argument("word", required=False)
@click.option("--full", is_flag=True, help="Every scenario for every defect, so that nothing else may turn red.")
def selfcheck(word: str | None, full: bool) -> int:
    """Seed every known defect into the built-in reference, one at a time, and see whether the suite finds it.

    A defect is caught when exactly the requirements fail that `dpc faults` lists for it. Each one meets the scenarios
    of its requirements and a whole journey; with --full it meets every scenario, which takes about half an hour. A
    defect of the token or of a card's data meets all scenarios about them, and no journey. With a WORD only defects are
    seeded that have it in their name. The exit code is 0 when all were caught, else 1.

    \b
    Examples:
      dpc selfcheck
      dpc selfcheck "binding secret"
      dpc selfcheck --full
    """
    chosen = {each.name: each for each in faults() if not word or word.lower() in each.name.lower()}
    if not chosen:
        raise BadInput(f"{word}: expected a word from the name of a defect; `dpc faults` lists them")
    console = Console(highlight=False)
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    done: list[Row] = []
    try:
        with (
            tempfile.TemporaryDirectory(prefix="dpc-selfcheck-") as folder,
            Progress(*columns, console=console, transient=True) as progress,
        ):
            task = progress.add_task("seeded defects", total=len(chosen))
            for row in rows(chosen, Path(folder), full):
                done.append(row)
                progress.update(task, advance=1)
    except (BatchBroke, OSError) as error:
        raise CannotGoOn(f"the self-check could not go on: {error}") from None
    console.print(table_of(done))
    caught = sum(row.caught for row in done)
    console.print(f"{caught} of {len(done)} seeded defects caught, in {sum(row.scenarios for row in done)} scenarios")
    return 0 if caught == len(done) else NOT_CAUGHT


def table_of(done: list[Row]) -> Table:
    """The matrix, in the order of the names."""
    table = Table("seeded defect", "turns red", "result", box=None, pad_edge=False)
    for row in sorted(done, key=lambda row: row.fault.name):
        table.add_row(row.fault.name, "\n".join(sorted(row.fault.trips)), str(row))
    return table
