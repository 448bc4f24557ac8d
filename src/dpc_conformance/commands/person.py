"""Who answers what the scenarios of a run ask: somebody at the terminal, or a file of answers."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.person_talk import Terminal
from dpc_conformance.suite.conformance_run import RunOptions
from dpc_conformance.target import Target
from dpc_conformance.target_roles import OPERATOR, STATEFUL, asks_a_person, keeps_state_elsewhere


def with_person(options: RunOptions) -> RunOptions:
    """The options with whoever answers, and a word about pauses. BadInput where nobody can be asked."""
    target = options.target
    if not asks_a_person(target.roles):
        return options
    recorded = _recorded(target)
    if recorded is not None:
        return replace(options, answers=recorded)
    roles = [f"roles.{role}" for role, choice in target.roles.items() if choice.adapter == OPERATOR]
    if not sys.stdin.isatty():
        raise BadInput(
            f"{target.file}: {roles[0]} is a person, who is asked in a terminal; expected one, or `answers` with a file"
        )
    if not keeps_state_elsewhere(target.roles):
        others = [f"roles.{role}" for role in STATEFUL if target.roles[role].adapter != OPERATOR]
        click.echo(
            f"No scenario of this run can be paused: {', '.join(others)} would not know what was done before. "
            "A scenario that is interrupted begins anew; whole scenarios are kept."
        )
    return replace(options, person=Terminal(options.files), answers=options.files.answers)


def _recorded(target: Target) -> Path | None:
    """The file of answers that the target names. BadInput where it names two."""
    tables = [choice.settings for choice in target.roles.values() if choice.adapter == OPERATOR]
    files = {target.file.parent / table["answers"] for table in tables if table.get("answers")}
    if len(files) > 1:
        raise BadInput(f"{target.file}: expected the same `answers` wherever a person plays a role")
    return next(iter(files), None)
