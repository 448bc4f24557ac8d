"""What a run says at its end on the terminal: the conclusion, the counts, the slowest scenario, where to read on."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.statement import RequirementVerdict, Statement

COLOURS = {
    Conclusion.CONFORMANT: "bold green",
    Conclusion.WITH_DEVIATIONS: "bold yellow",
    Conclusion.NOT_CONFORMANT: "bold red",
    Conclusion.INCOMPLETE: "bold yellow",
}
WORTH_A_LINE = (Verdict.FAIL, Verdict.WARN, Verdict.HANG, Verdict.INFRASTRUCTURE, Verdict.BLOCKED, Verdict.INCONCLUSIVE)
MOST_LINES = 12


def print_summary(statement: Statement, console: Console, report: Path | None, notes: tuple[str, ...] = ()) -> None:
    """Print about a screenful. `report` is the HTML report if there is one, `notes` are further sentences."""
    started = statement.started
    conclusion = statement.conclusion
    console.print()
    console.print(f"[{COLOURS[conclusion]}]{conclusion}[/]  {escape(started.target)}, scope {started.scope}")
    console.print(f"judged by {statement.edition.heading}", style="dim", highlight=False)
    if statement.broke:
        console.print(f"[bold red]the run broke:[/] {escape(statement.broke)}", highlight=False)
    _lines(statement, console)
    for sentence in statement.missing[:MOST_LINES]:
        console.print(f"  incomplete: {escape(sentence)}", highlight=False)
    for each in statement.waivers:
        console.print(f"  waiver {each.waiver.requirement}: {each.state}", highlight=False)
    console.print(_counts(statement), highlight=False)
    slowest = max(statement.scenarios, key=lambda run: run.seconds, default=None)
    if slowest:
        total = f"{len(statement.scenarios)} scenarios in {statement.seconds:.1f} s"
        console.print(f"{total}; slowest {slowest.seconds:.2f} s: {escape(slowest.started.name)}", highlight=False)
    assessed, left_out = len(statement.verdicts), sum(statement.not_assessed.values())
    console.print(f"{assessed} requirements in scope, {left_out} not assessed", highlight=False)
    if report:
        console.print(f"report: {report}", highlight=False, soft_wrap=True)
    for note in notes:
        console.print(escape(note), highlight=False)


def _lines(statement: Statement, console: Console) -> None:
    worth = sorted((each for each in statement.verdicts if each.ground.verdict in WORTH_A_LINE), key=_rank)
    if not worth:
        return
    table = Table(box=None, show_header=False, padding=(0, 1))
    for each in worth[:MOST_LINES]:
        words = f"waived: {each.ground.sentence}" if each.waived else each.ground.sentence
        table.add_row(each.ground.verdict.value, each.requirement.id, escape(words))
    console.print(table)
    if len(worth) > MOST_LINES:
        console.print(f"  and {len(worth) - MOST_LINES} more, see the report", highlight=False)


def _rank(verdict: RequirementVerdict) -> tuple[int, str]:
    return WORTH_A_LINE.index(verdict.ground.verdict), verdict.requirement.id


def _counts(statement: Statement) -> str:
    return "  ".join(f"{verdict.value} {count}" for verdict, count in statement.counts.items() if count)
