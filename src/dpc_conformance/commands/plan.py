"""`dpc plan`: what a run would do, by requirement, without running."""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dpc_conformance.clock import machine_now
from dpc_conformance.commands import run_options
from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.planned import (
    PlannedRequirement,
    PlannedScenario,
    planned_requirements,
    planned_scenarios,
)
from dpc_conformance.suite.moment import RunSettings

FORMATS = ("table", "json", "csv")
PIPE_WIDTH = 160


@click.command(context_settings={"show_default": True})
@click.option("--target", "target_file", type=click.Path(path_type=Path), metavar="FILE", help="Your product (TOML).")
@click.option("--scope", metavar="NAME", help="Programme to assess instead of the target's.")
@click.option("--edition", metavar="NAME", help="Edition to judge by instead of the target's.")
@click.option("--requirement", "named", multiple=True, metavar="ID", help="Only these requirements (repeatable).")
@click.option("--only", multiple=True, metavar="PART", help="Only this part of the story (repeatable).")
@click.option("--clock", callback=run_options.moment, metavar="ISO", help="The run's clock at the start; default: now.")
@click.option("--format", "form", default="table", metavar="NAME", help=f"{', '.join(FORMATS)}.")
def plan(
    target_file: Path | None,
    scope: str | None,
    edition: str | None,
    named: tuple[str, ...],
    only: tuple[str, ...],
    clock: datetime | None,
    form: str,
) -> None:
    """Show what `dpc run` with the same options would do, without running.

    Each requirement of the scope stands with how it would get its verdict: by which scenarios, by a review or an
    attestation; or with the reason why it would get none. Nothing is connected: `dpc target check` does that.

    \b
    Examples:
      dpc plan --target product.toml
      dpc plan --requirement DPC-ISS-PKIAUTH
      dpc plan --scope full --format csv > plan.csv
    """
    known("format", form, FORMATS)
    requirements = run_options.requirements_of(named)
    parts = run_options.features_of(only)
    target = run_options.target_of(target_file, scope, edition)
    settings = RunSettings(target, clock or machine_now(), "")
    scenarios = planned_scenarios(settings.plan, requirements, parts, ())
    rows = planned_requirements(settings.plan, target, scenarios, requirements)
    if form == "json":
        about = {"target": target.name, "scope": target.scope.name, "edition": target.edition.value}
        click.echo(json.dumps({**about, **as_values(rows, scenarios)}, indent=2, ensure_ascii=False))
    elif form == "csv":
        click.echo(as_csv(rows), nl=False)
    else:
        _print(rows, scenarios)


def as_values(rows: Sequence[PlannedRequirement], scenarios: Sequence[PlannedScenario]) -> dict[str, Any]:
    """The plan for a program."""
    return {
        "requirements": [
            {
                "id": each.requirement.id,
                "level": each.requirement.level.value,
                "source": each.requirement.source,
                "how": each.how.value,
                "why": each.why,
                "scenarios": [_place(one) for one in each.scenarios],
            }
            for each in rows
        ],
        "scenarios": [
            {
                "file": each.text.file,
                "line": each.text.line,
                "feature": each.text.feature,
                "name": each.name,
                "tags": sorted(each.text.tags),
                "runs": not each.left_out,
                "left_out": each.left_out,
            }
            for each in scenarios
        ],
    }


def as_csv(rows: Sequence[PlannedRequirement]) -> str:
    """A row for each requirement."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("requirement", "level", "how", "why", "scenarios", "source"))
    for each in rows:
        names = "; ".join(one.name for one in each.scenarios)
        found = each.requirement
        writer.writerow((found.id, found.level.value, each.how.value, each.why, names, found.source))
    return text.getvalue()


def counts(rows: Sequence[PlannedRequirement], scenarios: Sequence[PlannedScenario]) -> str:
    """How many of each, in one line."""
    found = Counter(each.how.value for each in rows)
    running = sum(not each.left_out for each in scenarios)
    listed = ", ".join(f"{count} {how}" for how, count in found.items())
    return f"{len(rows)} requirements: {listed}. {running} of {len(scenarios)} scenarios would run."


def _place(scenario: PlannedScenario) -> str:
    return f"{scenario.text.file}:{scenario.text.line}: {scenario.name}"


def _print(rows: Sequence[PlannedRequirement], scenarios: Sequence[PlannedScenario]) -> None:
    # Imported here: the other formats do without.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for name in ("requirement", "level", "by"):
        table.add_column(name, no_wrap=True)
    table.add_column("scenarios, or why none", overflow="fold")
    for each in rows:
        places = [f"{one.text.file.removeprefix('features/')}: {one.name}" for one in each.scenarios]
        words = "\n".join(places) or each.why
        table.add_row(each.requirement.id, each.requirement.level, each.how, escape(words))
    console = Console(highlight=False)
    console = console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)
    console.print(table)
    console.print(counts(rows, scenarios))
