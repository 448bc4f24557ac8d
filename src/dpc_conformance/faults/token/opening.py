"""Seeded defects of what opens the derived application besides its own activation secret, and of whom it proves."""

from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import random_uuid
from dpc_conformance.faults.registry import fault
from dpc_conformance.faults.token.declaring import token_fault
from dpc_conformance.formats import containers, oids
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.pins import Pin, Pins
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.mould import HOLDER
from dpc_conformance.reference.token.virtual_token import VirtualToken


@token_fault("Global PIN is a PIN of the derived application", {"DPC-APP-NOGLOBAL-01", "DPC-APDU-VERIFY-06"})
def global_pin(token: VirtualToken) -> None:
    token.application.pins.by_reference[containers.GLOBAL_PIN] = token.other.global_pin
    token.application.pins.accepts = lambda _reference: True


class OpenedFromOutside(Pins):
    """Takes the Global PIN that another application verified for the activation secret."""

    outside: Pin

    @property
    def verified(self) -> bool:
        """Whether one of both is verified."""
        return super().verified or self.outside.verified


@token_fault("Global PIN of another application opens the derived one", {"DPC-APP-NOGLOBAL-01"})
def opened_from_outside(token: VirtualToken) -> None:
    pins = token.application.pins
    opened = OpenedFromOutside(pins.by_reference, pins.puk, pins.accepts)
    opened.outside = token.other.global_pin
    token.application.pins = opened


@fault("authentication certificate on the token leads to no trust anchor", {"DPC-APP-AUTHMECH-01"})
def stranger_certificate(scene: Scene) -> None:
    def change(token: VirtualToken) -> None:
        authority = scene.stage.pki.foreign_authority
        builder = profiles.derived_authentication(
            authority,
            naming.directory_name(HOLDER.common_name),
            token.application.keys[containers.PIV_AUTHENTICATION_KEY].private.public_key(),
            random_uuid(scene.entropy.branch("stranger")),
            scene.clock.now(),
            scene.entropy.branch("stranger's certificate"),
            policy=oids.DERIVED_PIV_AUTH_HARDWARE,
        )
        der = authority.sign(builder).public_bytes(Encoding.DER)
        objects = token.application.objects
        objects.put(containers.PIV_AUTHENTICATION_CERTIFICATE, card_data.certificate_object(der))

    scene.on_token.append(change)
