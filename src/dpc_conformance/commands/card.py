"""`dpc card`: the commands on PIV Cards, each loaded only when it is called."""

import click

from dpc_conformance.lazy_group import LazyGroup

COMMANDS = {
    "show": ("dpc_conformance.commands.card_show", "Print what is on a card."),
    "check": ("dpc_conformance.commands.card_check", "Read everything on a card and judge it."),
    "plug": ("dpc_conformance.commands.card_plug", "Keep a virtual card in a PC/SC reader until ^C."),
    "readers": ("dpc_conformance.commands.card_show", "List the PC/SC readers of this machine."),
}


@click.group("card", cls=LazyGroup, commands_in=COMMANDS)
def card() -> None:
    """Look at PIV Cards and judge them: images in a folder, or cards in a reader."""
