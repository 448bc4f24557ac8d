"""`dpc card`: what is on a PIV Card, read through its edge."""

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dpc_conformance.adapters import pcsc
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.commands.card_contents import CardContents, read_card
from dpc_conformance.commands.certificate_lines import Line
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.object_lines import object_lines
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card import image
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, PinBlocked, WrongPin

KEY_OF_CONTAINER = {container: reference for reference, container in containers.CERTIFICATE_OF_KEY.items()}


@click.group("card")
def card() -> None:
    """Look at PIV Cards: images in a folder, or cards in a reader."""


@card.command("show")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--reader", help="Read the card in the PC/SC reader with this in its name, instead of a folder.")
@click.option(
    "--pin", help="Also read what stands behind the PIN. The PIN of an image is 123456, its Global PIN 654321."
)
def show(folder: Path | None, reader: str | None, pin: str | None) -> None:
    """Print what is on a card.

    FOLDER holds a card image in the format of the GSA ICAM test cards. Everything is read with commands to the card,
    never from the files; without --pin the objects behind the PIN are named but not read.
    """
    if (folder is None) == (reader is None):
        raise BadInput("name either the folder of a card image or a --reader")
    if pin is not None and not (pin.isascii() and pin.isdigit() and 6 <= len(pin) <= 8):
        raise BadInput("--pin: expected six to eight digits")
    try:
        source: Card = pcsc.PcscCard(reader) if reader is not None else image.load(folder or Path()).card
        contents = read_card(PivCard(source, Recorder(), RunClock(machine_now())), pin)
    except (image.CardImageError, pcsc.PcscUnavailable, CardRemoved, CardError, WrongPin, PinBlocked) as problem:
        raise BadInput(str(problem)) from problem
    _print(str(folder or reader), contents)


@card.command("readers")
def list_readers() -> None:
    """List the PC/SC readers of this machine."""
    try:
        found = pcsc.readers()
    except pcsc.PcscUnavailable as problem:
        raise BadInput(str(problem)) from problem
    for name in found:
        click.echo(name)
    if not found:
        click.echo("no reader is connected")


def _print(source: str, contents: CardContents) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]PIV Card[/bold] {escape(source)}", soft_wrap=True)
    _block(console, "Application", _application(contents))
    for container in sorted(contents.objects, key=_order):
        size = len(contents.objects[container])
        _block(console, f"{_title(container)} [dim]{size} bytes[/dim]", object_lines(container, contents.objects))
    for container, status in contents.refused.items():
        hint = "behind the PIN, give --pin" if status == status_words.SECURITY_STATUS_NOT_SATISFIED else ""
        _block(console, _title(container), [("not read", hint or f"{status:04X} {status_words.meaning(status)}")])


def _application(contents: CardContents) -> list[Line]:
    lines = [
        ("AID", contents.aid.hex().upper() or "the card does not tell"),
        ("PIN", _attempts(contents.application_attempts)),
    ]
    if contents.global_attempts is not None:
        lines.append(("Global PIN", _attempts(contents.global_attempts)))
    if containers.DISCOVERY not in contents.objects:
        lines.append(("PIN policy", DiscoveryObject(()).words()))
    return lines


def _attempts(left: int | None) -> str:
    if left is None:
        return "the card does not tell"
    return f"{left} attempts left" if left else "blocked"


def _order(container: Container) -> tuple[bool, int]:
    return container in KEY_OF_CONTAINER, KEY_OF_CONTAINER.get(container, containers.CONTAINERS.index(container))


def _title(container: Container) -> str:
    reference = KEY_OF_CONTAINER.get(container)
    key = f"[cyan]{reference:02X}[/cyan] " if reference else ""
    return f"{key}[bold]{escape(container.name)}[/bold] [dim]{container.tag.hex().upper()}[/dim]"


def _block(console: Console, title: str, lines: list[Line]) -> None:
    console.print()
    console.print(title)
    table = Table.grid(padding=(0, 2, 0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in lines:
        table.add_row(escape(label), escape(value))
    if lines:
        console.print(table)
