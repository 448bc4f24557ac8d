"""Seeded defects of the cardholder's PIN, and of what the card and others do with it."""

from dataclasses import dataclass

from dpc_conformance.faults.cards.workshop import change_cards, elements_of, joined, put_sealed
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card, CardStock
from dpc_conformance.roles.people import Person

MANY = 15
POLICY, RESERVED = b"\x5f\x2f", 0x01
DIGIT, LOWER_HALF, PADDING = 0x30, 0x0F, 0xFF


@fault("fingerprints can be read without the PIN", {"PIV-SRC-BIO-01"})
def open_fingerprints(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        card.application.access.pin_protected -= {containers.FINGERPRINTS.tag}

    change_cards(scene, change)


@fault("Discovery Object has a PIN usage policy that is not listed", {"PIV-SRC-DISC-01"})
def unlisted_policy(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        elements = elements_of(card, containers.DISCOVERY)
        first, second = elements[POLICY]
        changed = elements | {POLICY: bytes([first | RESERVED, second])}
        put_sealed(scene, card, containers.DISCOVERY, joined(changed))

    change_cards(scene, change)


@fault("card gives its PIN fifteen tries", {"PIV-SRC-AUTHCERT-04"})
def many_tries(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        pin = card.application.pins.by_reference[containers.APPLICATION_PIN]
        pin.limit = pin.attempts_left = MANY

    change_cards(scene, change)


@dataclass
class PackedPin(Pin):
    """Compares four bits of each character, as a card does that packs two digits to the byte."""

    def check_format(self, block: bytes) -> None:
        """See Pin."""
        super().check_format(_digits(block))

    def compare(self, block: bytes) -> None:
        """See Pin."""
        super().compare(_digits(block))


def _digits(block: bytes) -> bytes:
    return bytes(each if each == PADDING else DIGIT | each & LOWER_HALF for each in block)


@fault("card takes letters for the digits of its PIN", {"PIV-SRC-AUTHCERT-04"})
def letters(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        pins = card.application.pins.by_reference
        pins[containers.APPLICATION_PIN] = PackedPin(pins[containers.APPLICATION_PIN].secret)

    change_cards(scene, change)


class Middleware:
    """Stands before a card and verifies the application PIN, whichever PIN was meant."""

    def __init__(self, card: Card) -> None:
        self._card = card

    def transmit(self, command: bytes) -> bytes:
        """See roles.card.Card."""
        if command[1] == containers.VERIFY:
            command = command[:3] + bytes([containers.APPLICATION_PIN]) + command[4:]
        return self._card.transmit(command)

    def reset(self) -> None:
        """See roles.card.Card."""
        self._card.reset()


@dataclass(frozen=True)
class BehindMiddleware:
    """Implements roles.card.CardStock: every card is met through that middleware."""

    stock: CardStock

    def take(self, kind: str) -> tuple[Card, str]:
        """See CardStock."""
        card, pin = self.stock.take(kind)
        return Middleware(card), pin

    def holder_of(self, kind: str) -> Person:
        """See CardStock."""
        return self.stock.holder_of(kind)

    def revoke(self, kind: str) -> None:
        """See CardStock."""
        self.stock.revoke(kind)

    def silence_status_services(self) -> None:
        """See CardStock."""
        self.stock.silence_status_services()


@fault("middleware at the workstation knows no Global PIN", {"PIV-SRC-DISC-02"})
def always_the_application_pin(scene: Scene) -> None:
    scene.stock = BehindMiddleware(scene.stock)
