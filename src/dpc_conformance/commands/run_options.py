"""The options that `dpc run`, `dpc plan` and their kin share, read and refused in one sentence each."""

import math
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click

from dpc_conformance import HOME
from dpc_conformance.adapters.registry import adapters_of, one_at_a_time, real_cards
from dpc_conformance.catalogue.answers import is_answered_by
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.suite.moment import EXPECTED_CLOCK, parse_clock
from dpc_conformance.suite.selection import STORY
from dpc_conformance.suite.tags import WrongExpression, expect_known_ids, expect_sound
from dpc_conformance.target import Target, TargetError, file_of, load_target
from dpc_conformance.toml_file import nearest

MOST_WORKERS = 64


def moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    """The run's clock at the start. BadInput."""
    try:
        return parse_clock(text) if text else None
    except ValueError:
        raise BadInput(f"--clock {text}: {EXPECTED_CLOCK}") from None


def seed(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """A text from which names, serials and keys follow. BadInput."""
    if not (text.strip() and text.isprintable()):
        raise BadInput("--seed: expected a text that is not empty, such as friday")
    return text


def seconds(_context: click.Context, _parameter: click.Parameter, limit: float) -> float:
    """What one scenario may take. BadInput."""
    if not (math.isfinite(limit) and limit > 0):
        raise BadInput(f"--limit {limit:g}: expected more than 0 seconds")
    return limit


def workers(_context: click.Context, _parameter: click.Parameter, text: str) -> int:
    """How many workers run side by side; `auto` is one for each processor. BadInput."""
    if text == "auto":
        return os.cpu_count() or 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise BadInput(f"-n {text}: expected auto or a number from 1 to {MOST_WORKERS}")
    return int(text)


def target_of(
    file: Path | None,
    scope: str | None = None,
    edition: str | None = None,
    allowed: Iterable[str] = (),
    workstation: str | None = None,
) -> Target:
    """The target with what the command line says instead. BadInput."""
    try:
        return load_target(file_of(file).absolute() if file else None).choosing(scope, edition, allowed, workstation)
    except TargetError as problem:
        raise BadInput(str(problem)) from None


def expect_reachable(target: Target) -> None:
    """BadInput where an adapter does not take its settings, what it names does not answer, or nothing is assessed."""
    try:
        _expect_something_to_assess(target)
        adapters_of(target)
        real_cards(target)
    except TargetError as problem:
        raise BadInput(str(problem)) from None


def _expect_something_to_assess(target: Target) -> None:
    """TargetError where the product answers for nothing in the scope: such a run would say nothing about it."""
    answered = any(is_answered_by(each, target.products) for each in target.scope.requirements)
    if target.products and not answered:
        roles = ", ".join(f"roles.{role}" for role in sorted(target.products))
        raise TargetError(f"{target.file}: scope {target.scope.name}: expected one with requirements for {roles}")


def expect_sessions(target: Target, count: int) -> None:
    """BadInput where several workers would use something that stands one session at a time."""
    if count == 1:
        return
    try:
        alone = one_at_a_time(target)
    except TargetError as problem:
        raise BadInput(str(problem)) from None
    if alone:
        player = target.roles[alone[0]].adapter
        raise BadInput(f"-n {count}: expected 1: roles.{alone[0]} is {player}, which stands one session at a time")


def expect_expressions(keyword: str, markers: str) -> None:
    """BadInput for an expression of -k or -m that cannot be read, or that holds a misspelled id."""
    try:
        expect_sound("-k", keyword)
        expect_sound("-m", markers)
        expect_known_ids(markers)
    except WrongExpression as problem:
        raise BadInput(str(problem)) from None


def requirements_of(patterns: Sequence[str]) -> frozenset[str]:
    """The requirements that are meant by ids or leading parts of ids. BadInput names the nearest right one."""
    names = [name.upper() for each in patterns for name in each.split(",") if name]
    try:
        return load_catalogue().select(names, "--requirement")
    except CatalogueError as problem:
        raise BadInput(str(problem)) from None


def features_of(only: Sequence[str]) -> tuple[str, ...]:
    """Folders of features by the parts of the story that are named. BadInput names the nearest right one."""
    found = []
    for name in (name for each in only for name in each.split(",") if name):
        if name not in STORY or not (HOME / "features" / name).is_dir():
            raise BadInput(f"--only {name}: expected a part of the story{_meant(name)}")
        found.append(f"features/{name}")
    return tuple(found)


def _meant(name: str) -> str:
    near = load_catalogue().nearest(name) if "-" in name else None
    if near:
        return f"; did you mean --requirement {near}?"
    return nearest(name, [each for each in STORY if (HOME / "features" / each).is_dir()])
