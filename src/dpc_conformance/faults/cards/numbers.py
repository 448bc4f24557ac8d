"""Seeded defects of the numbers that name a card: FASC-N and Card UUID."""

from uuid import UUID

from cryptography import x509

from dpc_conformance.faults.cards.workshop import (
    FASC_N,
    GUID,
    change_cards,
    elements_of,
    load_certificate,
    names_in,
    reissue,
    sign_everything,
    signer_of,
)
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.fascn_writer import fasc_n
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki import extensions
from dpc_conformance.reference.scene import Scene

TWO_BITS_OF_THE_CHECK_CHARACTER = 0x18
"""The parity of the character stays odd."""
ANOTHER_FASC_N = fasc_n("4700", "0001", "888888", "8888888888")


def _rename(scene: Scene, card: VirtualCard, reference: int, name: x509.GeneralName) -> None:
    """The certificate of that key carries `name` in place of its name of the same kind."""
    names = names_in(load_certificate(card, reference))
    kept = [each for each in names if _kind(each) != _kind(name)]
    reissue(scene, card, reference, x509.SubjectAlternativeName([name, *kept]))


def _kind(name: x509.GeneralName) -> object:
    return name.type_id if isinstance(name, x509.OtherName) else type(name)


@fault("check character of the FASC-N is wrong in every object", {"PIV-SRC-CHUID-02"})
def wrong_check_character(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        right = elements_of(card, containers.CHUID)[FASC_N]
        number = right[:-1] + bytes([right[-1] ^ TWO_BITS_OF_THE_CHECK_CHARACTER])
        sign_everything(card, signer_of(scene), scene.entropy.branch("minutiae"), number)
        for reference in (containers.PIV_AUTHENTICATION_KEY, containers.CARD_AUTHENTICATION_KEY):
            _rename(scene, card, reference, extensions.fasc_n_name(number))

    change_cards(scene, change)


@fault("Card Authentication certificate has the FASC-N of another card", {"PIV-SRC-CHUID-07"})
def another_fasc_n(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        _rename(scene, card, containers.CARD_AUTHENTICATION_KEY, extensions.fasc_n_name(ANOTHER_FASC_N))

    change_cards(scene, change)


@fault("PIV Authentication certificate has the UUID of another card", {"PIV-SRC-CHUID-04"})
def another_uuid(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        guid = elements_of(card, containers.CHUID)[GUID]
        # No two cards may get the same one: the issuer tells its accounts apart by it.
        another = UUID(bytes=guid[:-1] + bytes([guid[-1] ^ 1]))
        _rename(scene, card, containers.PIV_AUTHENTICATION_KEY, extensions.uuid_name(another))

    change_cards(scene, change)
