"""Which card a command reads, with which PIN, and the reading of it."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click

from dpc_conformance.adapters.pcsc import PcscCard, PcscUnavailable
from dpc_conformance.clock import RunClock
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.inputs import read_bytes
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.card_reading import TooFewTries, read_everything
from dpc_conformance.reference.card import image
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, PinBlocked, WrongPin

PIN = re.compile(r"[0-9]{6,8}")
WANTED = "six to eight digits"


@dataclass(frozen=True)
class CardSource:
    """A card and where it is; `pin` is what its holder would type, None when only the holder knows."""

    name: str
    card: Card
    pin: str | None = field(default=None, repr=False)


@contextmanager
def card_from(folder: Path | None, reader: str | None) -> Iterator[CardSource]:
    """The card in an image's folder, which is no risk and has a known PIN, or in a reader. BadInput."""
    try:
        if reader is None:
            loaded = image.load(folder or Path())
            yield CardSource(str(folder), loaded.card, loaded.pin)
            return
        card = PcscCard(reader)
    except (image.CardImageError, PcscUnavailable, CardRemoved) as problem:
        raise BadInput(str(problem)) from None
    try:
        yield CardSource(reader, card)
    finally:
        card.close()


def pin_in(file: str) -> str:
    """The PIN in the first line of a file, `-` for standard input. BadInput, which never shows what was read."""
    lines = read_bytes(file).splitlines()
    return well_formed(lines[0].decode("ascii", "replace").strip() if lines else "", f"--pin-file {file}")


def well_formed(pin: str, option: str) -> str:
    """The PIN, if a PIV Card can have it. BadInput names the option and not the PIN."""
    if not PIN.fullmatch(pin):
        raise BadInput(f"{option}: expected {WANTED}")
    return pin


def asked_pin() -> str | None:
    """What a person types, unseen; None for nothing, and where nobody sits."""
    if not sys.stdin.isatty():
        return None
    typed: str = click.prompt(
        "PIN of the card (empty: read without it)", hide_input=True, default="", show_default=False, err=True
    )
    return well_formed(typed, "PIN") if typed else None


def reading_of(card: Card, pin: str | None, moment: datetime, ask_keys: bool = True) -> CardReading:
    """What is on the card; with `ask_keys` its keys have answered a challenge each.

    BadInput for a card that is pulled out, answers nonsense, or does not accept the PIN.
    """
    try:
        return read_everything(
            card,
            Recorder(),
            RunClock(moment),
            SystemEntropy(),
            other_aids=(containers.DERIVED_PIV_AID,),
            pin=pin,
            ask_keys=ask_keys,
        )
    except (CardRemoved, CardError, WrongPin, PinBlocked, TooFewTries) as problem:
        raise BadInput(str(problem)) from None
