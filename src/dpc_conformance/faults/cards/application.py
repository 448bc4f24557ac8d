"""Seeded defects of what the PIV Card Application says about itself."""

from dpc_conformance.faults.cards.workshop import change_cards, elements_of, joined, put_sealed
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.property_template import PropertyTemplate
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.scene import Scene


class TemplateOfToken(PropertyTemplate):
    """Names the derived PIV application, whatever was selected."""

    def encode(self, aid: bytes) -> bytes:  # noqa: ARG002
        """See PropertyTemplate."""
        return super().encode(containers.DERIVED_PIV_AID)


@fault("card that is a removable token answers to the PIV AID", {"PIV-SRC-AID-01"})
def token_as_card(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        card.application.properties = TemplateOfToken()

    change_cards(scene, change)


@fault("Card Capability Container names the data model of an older card", {"PIV-SRC-CCC-01"})
def old_data_model(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        content = joined(elements_of(card, containers.CCC) | {b"\xf5": b"\x02"})
        put_sealed(scene, card, containers.CCC, content)

    change_cards(scene, change)
