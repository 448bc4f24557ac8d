"""Seeded defects of the deriving card's keys."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.keys import CardKey, PinRule
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.stock import ReferenceCardStock
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene


def _change_key(scene: Scene, reference: int, change: Callable[[CardKey], None]) -> None:
    _change_cards(scene, lambda card: change(card.application.keys[reference]))


def _change_cards(scene: Scene, change: Callable[[VirtualCard], None]) -> None:
    if not isinstance(scene.stock, ReferenceCardStock):
        raise TypeError("only cards that the reference makes can be given a defect")
    scene.stock.on_card.append(change)


@fault("card uses the PIV Authentication key without its PIN", {"PIV-SRC-AUTHCERT-03"})
def without_pin(scene: Scene) -> None:
    def change(key: CardKey) -> None:
        key.rule = PinRule.ALWAYS

    _change_key(scene, containers.PIV_AUTHENTICATION_KEY, change)


@fault("card asks for the PIN before it uses the Card Authentication key", {"PIV-SRC-CARDAUTH-02"})
def pin_for_everything(scene: Scene) -> None:
    def change(key: CardKey) -> None:
        key.rule = PinRule.PIN

    _change_key(scene, containers.CARD_AUTHENTICATION_KEY, change)


@fault(
    "PIV Authentication key on the card is not that of its certificate",
    {"PIV-SRC-AUTHCERT-02"},
    breaks={"The run opens with a cardholder who enrols a phone": "with such a card nobody can sign in anywhere"},
)
def another_key(scene: Scene) -> None:
    def change(key: CardKey) -> None:
        key.private = ec_key(scene.entropy.branch("another key"), ec.SECP256R1())

    _change_key(scene, containers.PIV_AUTHENTICATION_KEY, change)


class EndlessTries(Pin):
    """Tells how many tries are left, and takes the right PIN when none is."""

    def check_counter(self) -> None:
        """See Pin."""

    def compare(self, block: bytes) -> None:
        """See Pin."""
        self.attempts_left = max(self.attempts_left, 1)
        super().compare(block)


@fault("card takes its PIN when no tries are left", {"PIV-SRC-AUTHCERT-04"})
def endless_tries(scene: Scene) -> None:
    def on_card(card: VirtualCard) -> None:
        pins = card.application.pins.by_reference
        pins[containers.APPLICATION_PIN] = EndlessTries(pins[containers.APPLICATION_PIN].secret)

    _change_cards(scene, on_card)
