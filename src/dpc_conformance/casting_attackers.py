"""Builds those who mean harm: a phone under an attacker's hand, a stranger in a server's place."""

from collections.abc import Callable
from functools import partial
from typing import Any

from cryptography import x509

from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.device_manager.manager import ReferenceDeviceManager
from dpc_conformance.reference.hostile_parts import standard_parts
from dpc_conformance.reference.hostile_phone import ReferenceHostilePhone
from dpc_conformance.reference.impostor import ReferenceImpostor
from dpc_conformance.reference.request_writer import KeyOnCard, PublicKey
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.stage import SIGN_IN
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION


def key_on(scene: Scene, card: Card, pin: str) -> KeyOnCard:
    """The PIV Authentication key of the card, with its PIN typed."""
    edge = PivCard(card, scene.recorder, scene.clock)
    edge.select()
    key = x509.load_der_x509_certificate(edge.certificate(PIV_AUTHENTICATION)).public_key()
    if not isinstance(key, PublicKey):
        raise TypeError("the key of a PIV Card is RSA or EC")
    scene.recorder.keep_secret(pin)
    edge.verify_pin(pin)
    return KeyOnCard(key, partial(edge.sign_raw, PIV_AUTHENTICATION))


def hostile_phone(
    scene: Scene, manager: ReferenceDeviceManager, holder: Person, card_key: Callable[[], KeyOnCard]
) -> ReferenceHostilePhone:
    """A phone registered to the cardholder; `card_key` is at hand as long as the card is in a reader."""
    stage, entropy = scene.stage, scene.entropy.branch("hostile phone")
    attestations = scene.devices.into_wrong_hands(holder, entropy)

    def register(model: str, key: dict[str, Any]) -> str:
        return manager.register_device(holder, model, key, attestations.element.serial).device_id

    http = open_client(stage.names, scene.tls_roots, scene.recorder, scene.clock, "hostile phone")
    parts = standard_parts(
        http, manager.service_address, register, scene.recorder, scene.clock, entropy, card_key, attestations
    )
    for change in scene.on_hostile_phone:
        change(parts)
    return ReferenceHostilePhone(parts)


def impostor(scene: Scene, host: str, port: int) -> ReferenceImpostor:
    """A stranger's server takes the place of the issuer's at that port of its host."""
    stage = scene.stage
    stranger = ReferenceImpostor(stage.names, host, port, stage.impostor_authority, scene.clock, port == SIGN_IN)
    scene.on_close.append(stranger.leave)
    return stranger
