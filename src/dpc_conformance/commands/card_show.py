"""`dpc card show` and `dpc card readers`: what is on a PIV Card, read through its edge."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dpc_conformance.adapters import pcsc
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.card_source import card_from, pin_in, reading_of, well_formed
from dpc_conformance.commands.certificate_lines import Line
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.object_lines import application_named, object_lines
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.discovery import DiscoveryObject

SHOWN = tuple(container for container in containers.CONTAINERS if container != containers.PAIRING_CODE)
KEY_OF_CONTAINER = {container: reference for reference, container in containers.CERTIFICATE_OF_KEY.items()}


@click.command("show")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--reader", help="Read the card in the PC/SC reader with this in its name, instead of a folder.")
@click.option("--pin-file", metavar="FILE", help="Also read what stands behind the PIN, which is its first line.")
@click.option(
    "--pin",
    help="The PIN itself, which others on the machine can see: better for an image, whose PIN is 123456 and whose "
    "Global PIN is 654321.",
)
def show(folder: Path | None, reader: str | None, pin_file: str | None, pin: str | None) -> None:
    """Print what is on a card.

    FOLDER holds a card image in the format of the GSA ICAM test cards. Everything is read with commands to the card,
    never from the files; without a PIN the objects behind it are named but not read. A PIN is verified once, and not
    at all while fewer than two tries are left.
    """
    if (folder is None) == (reader is None):
        raise BadInput("name either the folder of a card image or a --reader")
    if pin is not None and pin_file is not None:
        raise BadInput("give either --pin-file or --pin")
    if pin is not None:
        well_formed(pin, "--pin")
    given = pin if pin_file is None else pin_in(pin_file)
    with card_from(folder, reader) as source:
        reading = reading_of(source.card, given, machine_now(), ask_keys=False)
    status = reading.selects[reading.aid]
    if status != status_words.SUCCESS:
        meaning = status_words.meaning(status)
        raise BadInput(f"{source.name}: expected a PIV Card Application, its SELECT gives {status:04X} {meaning}")
    _print(source.name, reading)


@click.command("readers")
def readers() -> None:
    """List the PC/SC readers of this machine."""
    try:
        found = pcsc.readers()
    except pcsc.PcscUnavailable as problem:
        raise BadInput(str(problem)) from problem
    for name in found:
        click.echo(name)
    if not found:
        click.echo("no reader is connected")


def _print(source: str, reading: CardReading) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]PIV Card[/bold] {escape(source)}", soft_wrap=True)
    objects = dict(_objects(reading))
    _block(console, "Application", _application(reading, objects))
    for container in sorted(objects, key=_order):
        size = len(objects[container])
        _block(console, f"{_title(container)} [dim]{size} bytes[/dim]", object_lines(container, objects))
    for container, status in _refused(reading):
        hint = "behind the PIN, give --pin-file" if status == status_words.SECURITY_STATUS_NOT_SATISFIED else ""
        _block(console, _title(container), [("not read", hint or f"{status:04X} {status_words.meaning(status)}")])


def _objects(reading: CardReading) -> Iterator[tuple[Container, bytes]]:
    """What stands in 53, or the whole object under its own tag. The Pairing Code is a secret and not shown."""
    for container in SHOWN:
        answer = reading.answer(container)
        try:
            content = reading.content(container)
        except Malformed:
            content = None
        if answer is not None and content is not None:
            yield container, answer.data if container.own_tag else content


def _refused(reading: CardReading) -> Iterator[tuple[Container, int]]:
    for container in SHOWN:
        answer = reading.answer(container)
        if answer is not None and answer.status not in (status_words.SUCCESS, status_words.NOT_FOUND):
            yield container, answer.status


def _application(reading: CardReading, objects: Mapping[Container, bytes]) -> list[Line]:
    lines = [
        ("AID", application_named(reading.property_template).hex().upper() or "the card does not tell"),
        ("PIN", _attempts(reading.attempts.get(containers.APPLICATION_PIN))),
    ]
    left = reading.attempts.get(containers.GLOBAL_PIN)
    if left is not None:
        lines.append(("Global PIN", _attempts(left)))
    if containers.DISCOVERY not in objects:
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
