"""Reads everything that is on a card through its edge, as far as the PIN reaches."""

from dataclasses import dataclass

from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.containers import Container
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.piv_card import PivCard

READABLE = tuple(container for container in containers.CONTAINERS if container != containers.PAIRING_CODE)


@dataclass(frozen=True)
class CardContents:
    """What was read. `refused` holds the status word of each container that the card knows and did not give."""

    aid: bytes
    application_attempts: int | None
    global_attempts: int | None
    objects: dict[Container, bytes]
    refused: dict[Container, int]


def read_card(card: PivCard, pin: str | None) -> CardContents:
    """Select, verify the PIN if given, read each container. Raises CardError, WrongPin, PinBlocked, CardRemoved."""
    properties = card.select()
    attempts = {
        reference: _attempts(card, reference) for reference in (containers.APPLICATION_PIN, containers.GLOBAL_PIN)
    }
    if pin is not None:
        card.verify_pin(pin)
    objects: dict[Container, bytes] = {}
    refused: dict[Container, int] = {}
    for container in READABLE:
        try:
            content = card.read(container.tag)
        except CardError as refusal:
            if refusal.status != status_words.NOT_FOUND:
                refused[container] = refusal.status
            continue
        if content:
            objects[container] = content
    return CardContents(
        _aid(properties),
        attempts[containers.APPLICATION_PIN],
        attempts[containers.GLOBAL_PIN],
        objects,
        refused,
    )


def _aid(properties: bytes) -> bytes:
    """RID (79 4F) and PIX (4F) of the application property template; empty when the card leaves them out."""
    try:
        inner = Tlv.from_bytes(properties).children()
        values = {element.tag: element for element in inner}
        pix = values[b"\x4f"].value
        return pix if len(pix) > 6 else Tlv.from_bytes(values[b"\x79"].value).value + pix
    except (Malformed, KeyError):
        return b""


def _attempts(card: PivCard, reference: int) -> int | None:
    try:
        return card.attempts_left(reference)
    except CardError:
        return None
