"""`dpc adapter list`: what a target can name."""

import textwrap
from collections.abc import Iterable

import click

from dpc_conformance.adapters.registered import Registered, WrongRegistration, registered
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.target_roles import OF_ROLE, REFERENCE, ROLES, NoSettings

WIDTH = 100
INDENT = "      "


@click.command("list")
def list_adapters() -> None:
    """List the adapters that a target can name, by role, with the keys of their tables.

    A distribution registers an adapter as entry point ROLE.NAME in the group dpc_conformance.adapters. The reference
    can play every role.
    """
    try:
        known = registered()
    except WrongRegistration as problem:
        raise BadInput(str(problem)) from None
    for role in ROLES:
        click.echo(role)
        _print(REFERENCE, "the embedded implementation", OF_ROLE.get(role, NoSettings).model_fields)
        for each in known:
            if each.role == role:
                _print_registered(each)


def _print_registered(each: Registered) -> None:
    try:
        found = each.load()
    except WrongRegistration as problem:
        _print(each.name, str(problem), ())
    else:
        _print(each.name, f"{found.summary} ({each.source})", found.settings.model_fields)


def _print(name: str, words: str, keys: Iterable[str]) -> None:
    click.echo(f"  {name:10} {words}")
    listed = ", ".join(keys)
    if listed:
        click.echo(textwrap.fill(f"keys: {listed}", WIDTH, initial_indent=INDENT, subsequent_indent=INDENT))
