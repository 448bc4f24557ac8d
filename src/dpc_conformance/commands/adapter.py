"""`dpc adapter`: the commands on adapters, each loaded only when it is called."""

import click

from dpc_conformance.lazy_group import LazyGroup

COMMANDS = {
    "list": ("dpc_conformance.commands.adapter_list:list_adapters", "List the adapters that a target can name."),
    "check": ("dpc_conformance.commands.adapter_check", "See whether an adapter keeps its contract."),
}


@click.group("adapter", cls=LazyGroup, commands_in=COMMANDS)
def adapter() -> None:
    """Look at adapters, by which real products play a role: ours and those of other distributions."""
