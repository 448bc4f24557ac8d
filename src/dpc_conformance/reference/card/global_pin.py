"""A card whose holder knows the Global PIN as the PIN (SP 800-73-5 part 1 §3.3.2)."""

from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data, sealing
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.secret_format import padded
from dpc_conformance.reference.card.virtual_card import VirtualCard

BOTH_PINS_GLOBAL_FIRST = bytes.fromhex("6020")


def prefer_global_pin(card: VirtualCard, signer: ContentSigner) -> None:
    """What was the application PIN is the Global PIN from now on, the application has another one."""
    pins, objects = card.application.pins.by_reference, card.application.objects
    known = padded(pins[containers.APPLICATION_PIN].secret)
    pins[containers.GLOBAL_PIN] = Pin(known)
    pins[containers.APPLICATION_PIN] = Pin(_another(known))
    objects.put(containers.DISCOVERY, card_data.discovery(containers.PIV_AID, BOTH_PINS_GLOBAL_FIRST))
    sealing.seal(objects, signer)


def _another(pin: bytes) -> bytes:
    """The first digit is the next one, 0 after 9."""
    return b"%d" % ((pin[0] - ord("0") + 1) % 10) + pin[1:]
