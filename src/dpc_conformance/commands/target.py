"""`dpc target`: the commands on target files, each loaded only when it is called."""

import click

from dpc_conformance.lazy_group import LazyGroup

COMMANDS = {
    "new": ("dpc_conformance.commands.target_new", "Write a target file for your product, by questions."),
    "check": ("dpc_conformance.commands.target_check", "Say what a run with a target would do, without running."),
}


@click.group("target", cls=LazyGroup, commands_in=COMMANDS)
def target() -> None:
    """Write and check target files: which product plays which role, and what it claims."""
