"""What a run says at its end on the terminal: the conclusion, the counts, the slowest scenario, where to read on."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.statement import RequirementVerdict, Statement, is_open

COLOURS = {
    Conclusion.CONFORMANT: "bold green",
    Conclusion.WITH_DEVIATIONS: "bold yellow",
    Conclusion.NOT_CONFORMANT: "bold red",
    Conclusion.INCOMPLETE: "bold yellow",
}
WORTH_A_LINE = (
    Verdict.FAIL,
    Verdict.WARN,
    Verdict.HANG,
    Verdict.INFRASTRUCTURE,
    Verdict.BLOCKED,
    Verdict.INCONCLUSIVE,
    Verdict.SKIPPED,
    Verdict.REVIEW,
)
"""A REVIEW only while nobody has decided it."""
MOST_LINES = 12
ALIKE = 3
"""Up to so many requirements with the same verdict and sentence have a line each; more share one."""


class Terminal(Console):
    """A console whose reader may have gone: the run has its own exit code even then, and rich's is another."""

    def on_broken_pipe(self) -> None:
        """Say nothing more, also what is still to be flushed."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


def print_summary(statement: Statement, console: Console, report: Path | None, notes: tuple[str, ...] = ()) -> None:
    """Print about a screenful. `report` is the HTML report if there is one, `notes` are further sentences."""
    started = statement.started
    conclusion = statement.conclusion
    console.print()
    say = partial(console.print, highlight=False, soft_wrap=True)
    say(f"[{COLOURS[conclusion]}]{conclusion}[/]  {escape(started.target)}, scope {started.scope}")
    say(f"judged by {statement.edition.heading}", style="dim")
    if statement.broke:
        say(f"[bold red]the run broke:[/] {escape(statement.broke)}")
    _lines(statement, console)
    for sentence in _first([f"{each.id} FAIL: {seen.sentence} ({why})" for each, seen, why in statement.beside]):
        say(f"  decides nothing here: {escape(sentence)}")
    for sentence in _first(statement.missing):
        say(f"  incomplete: {escape(sentence)}")
    for group in statement.not_covered:
        count = len(group.requirements)
        say(f"  not covered by this suite: {group.title} ({count} requirements): {escape(group.reason)}")
    for each in statement.waivers:
        say(f"  waiver {each.waiver.requirement}: {each.state}: {escape(each.sentence)}")
    say(_counts(statement))
    slowest = max(statement.scenarios, key=lambda run: run.seconds, default=None)
    if slowest:
        total = f"{len(statement.scenarios)} scenarios in {statement.seconds:.1f} s"
        say(f"{total}; slowest {slowest.seconds:.2f} s: {escape(slowest.started.name)}")
    assessed, left_out = len(statement.verdicts), sum(statement.not_assessed.values())
    say(f"{assessed} requirements in scope, {left_out} not assessed")
    if report:
        say(f"report: {escape(str(report))}")
    for note in notes:
        say(escape(note))


def _first(sentences: Sequence[str]) -> list[str]:
    """Those for which there is room, and how many there are besides."""
    more = len(sentences) - MOST_LINES
    return [*sentences[:MOST_LINES], *([f"and {more} more, see the report"] if more > 0 else [])]


def _lines(statement: Statement, console: Console) -> None:
    rows = list(_rows([each for each in statement.verdicts if _worth_a_line(each)]))
    if not rows:
        return
    table = Table(box=None, show_header=False, padding=(0, 1))
    for verdict, who, words in rows[:MOST_LINES]:
        table.add_row(verdict, who, escape(words))
    console.print(table)
    if len(rows) > MOST_LINES:
        console.print(f"  and {len(rows) - MOST_LINES} more, see the report", highlight=False)


def _rows(verdicts: list[RequirementVerdict]) -> Iterator[tuple[str, str, str]]:
    ordered = sorted(verdicts, key=lambda each: (*_likeness(each), each.requirement.id))
    for (_, words), alike in groupby(ordered, key=_likeness):
        members = list(alike)
        verdict = members[0].ground.verdict.value
        if len(members) > ALIKE:
            yield verdict, f"{len(members)} requirements", words
        else:
            yield from ((verdict, each.requirement.id, words) for each in members)


def _worth_a_line(each: RequirementVerdict) -> bool:
    decided = each.ground.verdict is Verdict.REVIEW and not is_open(each)
    return each.ground.verdict in WORTH_A_LINE and not decided


def _likeness(each: RequirementVerdict) -> tuple[int, str]:
    words = f"waived: {each.ground.sentence}" if each.waived else each.ground.sentence
    return WORTH_A_LINE.index(each.ground.verdict), words


def _counts(statement: Statement) -> str:
    reviews = [each for each in statement.verdicts if each.ground.verdict is Verdict.REVIEW]
    decided = sum(not is_open(each) for each in reviews)
    of_them = f" ({'' if decided == len(reviews) else f'{decided} '}decided)" if decided else ""
    return "  ".join(
        f"{verdict.value} {count}{of_them if verdict is Verdict.REVIEW else ''}"
        for verdict, count in statement.counts.items()
        if count
    )
