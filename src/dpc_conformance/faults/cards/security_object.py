"""Seeded defects of the Security Object."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.cards.workshop import change_cards, elements_of, joined, signer_of
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import sealing
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene

SIGNED = (containers.CHUID, containers.FINGERPRINTS, containers.FACIAL_IMAGE)
NAME = b"\x01"


@fault("Security Object was signed with another key than the CHUID", {"PIV-SRC-SO-01"})
def another_key(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        signer = signer_of(scene)
        stranger = ec_key(scene.entropy.branch("another content signer"), ec.SECP256R1())
        impostor = replace(signer, identity=Identity(signer.identity.certificate, stranger))
        sealing.seal(card.application.objects, impostor)

    change_cards(scene, change)


@fault("Printed Information was changed after the Security Object was signed", {"PIV-SRC-SO-02"})
def modified(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        content = joined(elements_of(card, containers.PRINTED_INFORMATION) | {NAME: b"SOMEBODY ELSE"})
        card.application.objects.put(containers.PRINTED_INFORMATION, content)

    change_cards(scene, change)


@fault("Security Object lists neither CHUID nor biometrics", {"PIV-SRC-SO-03"})
def unsigned_objects_only(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        objects = card.application.objects
        unsigned = [each for each in sealing.listed(objects) if each not in SIGNED]
        sealing.seal(objects, signer_of(scene), unsigned)

    change_cards(scene, change)
