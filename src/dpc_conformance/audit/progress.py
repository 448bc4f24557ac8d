"""What a person sees while an audit runs: how much is done, how fast it goes, how long it will take."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from dpc_conformance.audit.parts import Part
from dpc_conformance.audit.summary import Summary
from dpc_conformance.catalogue.verdicts import Verdict


class _Rate(ProgressColumn):
    """Certificates per second of this call."""

    def render(self, task: Task) -> Text:
        """The rate, once there is one."""
        seconds = task.elapsed or 0
        number = task.fields["certificates"]
        return Text(f"{number / seconds:,.0f}/s" if seconds and number else "-/s", style="cyan")


class Shown:
    """Takes in parts as they become ready."""

    def __init__(self, progress: Progress, total: int, done: int) -> None:
        self._progress = progress
        self._certificates = self._findings = 0
        self._task = progress.add_task("Judging", total=total, completed=done, certificates=0, findings=0)

    def add(self, part: Part) -> None:
        """Move on by one part."""
        self._certificates += part.read
        self._findings += sum(part.verdicts.values())
        self._progress.update(self._task, advance=part.weight, certificates=self._certificates, findings=self._findings)


@contextmanager
def showing(console: Console, total: int, done: int) -> Iterator[Shown]:
    """A progress bar on `console`; `total` and `done` are weights of slices."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.fields[certificates]:,} certificates"),
        _Rate(),
        TextColumn("{task.fields[findings]:,} findings"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Shown(progress, total, done)


def summary_table(summary: Summary) -> Table:
    """Requirements that fail or warn somewhere, the most frequent first."""
    table = Table("Profile", "Requirement", "Fail", "Warn", "Cannot tell", "Holds", title="Findings by requirement")
    for column in table.columns[2:]:
        column.justify = "right"
    rows = [row for row in summary.rows() if row["fails"]]
    for row in sorted(rows, key=lambda row: -row["fails"]):
        fail, warn = row.get(Verdict.FAIL.value, 0), row.get(Verdict.WARN.value, 0)
        numbers = (f"{number:,}" for number in (fail, warn, row["cannot_tell"], row["holds"]))
        table.add_row(row["profile"], row["requirement"], *numbers)
    return table
