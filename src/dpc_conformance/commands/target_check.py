"""`dpc target check`: what would run with a target, what would not and why, and whether its adapters can be reached."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from dpc_conformance.adapters.registry import adapters_of, real_cards
from dpc_conformance.clock import machine_now
from dpc_conformance.commands import run_options
from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.errors import BAD_INPUT
from dpc_conformance.commands.plan import as_values, counts
from dpc_conformance.commands.planned import (
    How,
    PlannedRequirement,
    PlannedScenario,
    planned_requirements,
    planned_scenarios,
)
from dpc_conformance.suite.consent import CardInReader
from dpc_conformance.suite.moment import RunSettings
from dpc_conformance.target import Target, TargetError
from dpc_conformance.target_roles import REFERENCE

FORMATS = ("text", "json")
MOST_IDS = 8


@dataclass(frozen=True)
class Reached:
    """Who plays a role, and why that cannot be; empty where it can."""

    role: str
    adapter: str
    problem: str = ""


@click.command("check", context_settings={"show_default": True})
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--clock", callback=run_options.moment, metavar="ISO", help="The run's clock at the start; default: now.")
@click.option("--all", "every", is_flag=True, help="Every requirement and every scenario by name.")
@click.option("--format", "form", default="text", metavar="NAME", help=f"{', '.join(FORMATS)}.")
def check(file: Path, clock: datetime | None, every: bool, form: str) -> int:
    """Say what a run with a target would do, and whether its adapters can be reached, without running.

    The file is read as a run reads it: unknown keys and claims that contradict each other are refused. What would run
    is listed by requirement and by scenario, and what would not with the reason. Every adapter is given its settings
    and looks whether its product answers; nothing is changed. The exit code is 4 when one cannot be used.

    \b
    Examples:
      dpc target check product.toml
      dpc target check product.toml --all
    """
    known("format", form, FORMATS)
    target = run_options.target_of(file)
    reached = [_reached(target, role) for role in target.roles]
    problems = [each for each in reached if each.problem]
    plan = RunSettings(target, clock or machine_now(), "").plan
    scenarios = planned_scenarios(plan, (), (), () if problems else _cards(target))
    rows = planned_requirements(plan, target, scenarios, ())
    if form == "json":
        click.echo(json.dumps({"roles": [vars(each) for each in reached], **as_values(rows, scenarios)}, indent=2))
    else:
        _print(target, reached, rows, scenarios, every)
    return BAD_INPUT if problems else 0


def _reached(target: Target, role: str) -> Reached:
    adapter = target.roles[role].adapter
    try:
        adapters_of(target, (role,))
    except TargetError as problem:
        return Reached(role, adapter, str(problem))
    return Reached(role, adapter)


def _cards(target: Target) -> tuple[CardInReader, ...]:
    return real_cards(target)


def _print(
    target: Target,
    reached: Sequence[Reached],
    rows: Sequence[PlannedRequirement],
    scenarios: Sequence[PlannedScenario],
    every: bool,
) -> None:
    click.echo(f"{target.name}, scope {target.scope.name}, judged by {target.edition.heading}")
    click.echo("\nRoles")
    for each in reached:
        state = "" if each.adapter == REFERENCE else f": {each.problem or 'can be used'}"
        click.echo(f"  {each.role.replace('_', ' '):18} {each.adapter}{state}")
    click.echo("\nRequirements")
    for line in _requirement_lines(rows, every):
        click.echo(f"  {line}")
    click.echo("\nScenarios")
    for line in _scenario_lines(scenarios, every):
        click.echo(f"  {line}")
    click.echo(f"\n{counts(rows, scenarios)}")


def _requirement_lines(rows: Iterable[PlannedRequirement], every: bool) -> Iterable[str]:
    if every:
        for each in rows:
            words = f"{len(each.scenarios)} scenarios" if each.how is How.SCENARIOS else f"{each.how}: {each.why}"
            yield f"{each.requirement.id:24} {words}"
        return
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in rows:
        alike[each.how, each.why].append(each.requirement.id)
    for (how, why), ids in alike.items():
        shown = ", ".join(ids[:MOST_IDS]) + (f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else "")
        yield f"{len(ids)} {how}{f': {why}' if why else ''} ({shown})"


def _scenario_lines(scenarios: Iterable[PlannedScenario], every: bool) -> Iterable[str]:
    if every:
        for each in scenarios:
            yield f"{each.text.file}: {each.name}{f': left out: {each.left_out}' if each.left_out else ''}"
        return
    alike: dict[str, list[PlannedScenario]] = defaultdict(list)
    for each in scenarios:
        alike[each.left_out].append(each)
    for reason, found in alike.items():
        yield f"{len(found)} would run" if not reason else f"{len(found)} left out: {reason}"
