"""Findings as a table for a person."""

from collections import defaultdict

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row
from dpc_conformance.reporting.findings.printable import printable

STYLES = {
    Verdict.FAIL: "bold red",
    Verdict.WARN: "yellow",
    Verdict.INCONCLUSIVE: "magenta",
    Verdict.PASS: "green",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.NOT_EFFECTIVE: "cyan",
}
WORDS = {
    Verdict.FAIL: "failed",
    Verdict.WARN: "warned",
    Verdict.PASS: "passed",
    Verdict.INCONCLUSIVE: "could not be told",
    Verdict.NOT_APPLICABLE: "did not apply",
    Verdict.NOT_EFFECTIVE: "not in force",
}
ORDER = list(WORDS)
MOST_NAMED = 12


def print_table(judged: Judged, console: Console, everything: bool = False) -> None:
    """Print what was found, object by object; with `everything` also what passed or did not apply."""
    for each in judged.objects:
        console.print(_object(each, everything))
    console.print(_line("Judged by ", judged.edition, f" at {judged.moment:%Y-%m-%d %H:%M:%S} UTC"))
    if judged.options:
        chosen = ", ".join(f"{name}={option}" for name, option in judged.options.items())
        console.print(_line("Where sources differ: ", chosen, ""))


def summary(each: JudgedObject) -> str:
    """How many requirements passed, failed and so on, in words."""
    counts = each.counts()
    parts = [f"{counts[verdict]} {words}" for verdict, words in WORDS.items() if counts[verdict]]
    return ", ".join(parts) or "not judged"


def _object(each: JudgedObject, everything: bool) -> RenderableType:
    shown = [row for row in each.rows if everything or row.is_finding or row.verdict in (Verdict.FAIL, Verdict.WARN)]
    shown.sort(key=lambda row: ORDER.index(row.verdict) if row.verdict in ORDER else len(ORDER))
    title = Text.assemble((printable(each.name), "bold"), f"  {each.profile or each.kind}")
    parts: list[RenderableType] = [title]
    if each.subject:
        parts.append(Text(f"  {printable(each.subject)}", style="dim"))
    parts += [Text(f"  {printable(note)}", style="italic") for note in each.notes]
    if shown:
        parts.append(_table(shown))
    if not everything:
        parts += [Text(line, style="dim") for line in _untold(each)]
    parts.append(Text(f"  {summary(each)}\n", style=_style_of(each)))
    return Group(*parts)


def _table(rows: list[Row]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("requirement", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for name, ratio in (("where", 2), ("expected", 3), ("actual", 3), ("source", 4)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        verdict = "preview" if row.preview and row.is_finding else str(row.verdict)
        source = row.requirement.source + (f" [{row.mark}]" if row.mark else "")
        expected = row.expected or row.rule
        actual = row.actual or ("" if row.verdict is Verdict.PASS else row.ground.sentence)
        cells = (row.where, expected, actual, source)
        table.add_row(
            row.requirement.id,
            Text(verdict, style=STYLES.get(row.verdict, "")),
            *(Text(printable(" ".join(cell.split()))) for cell in cells),
        )
    return table


def _untold(each: JudgedObject) -> list[str]:
    reasons: dict[str, list[str]] = defaultdict(list)
    for row in each.rows:
        if row.verdict is Verdict.INCONCLUSIVE and not row.is_finding:
            reasons[row.ground.sentence].append(row.requirement.id)
    return [f"  not told, {printable(why)}: {_named(ids)}" for why, ids in reasons.items()]


def _named(ids: list[str]) -> str:
    return " ".join(ids) if len(ids) <= MOST_NAMED else f"{len(ids)} requirements"


def _style_of(each: JudgedObject) -> str:
    counts = each.counts()
    return next((STYLES[verdict] for verdict in (Verdict.FAIL, Verdict.WARN, Verdict.PASS) if counts[verdict]), "dim")


def _line(before: str, strong: str, after: str) -> Text:
    return Text.assemble((before, "dim"), strong, (after, "dim"))
