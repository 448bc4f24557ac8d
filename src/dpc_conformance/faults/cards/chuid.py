"""Seeded defects of the CHUID: its elements, dates and signature."""

from datetime import date, timedelta
from uuid import UUID

from dpc_conformance.faults.cards.workshop import (
    EXPIRATION,
    FASC_N,
    GUID,
    change_cards,
    elements_of,
    joined,
    put_sealed,
    signer_of,
    signer_with,
)
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki import extensions
from dpc_conformance.reference.scene import Scene

SIGNATURE, END = b"\x3e", b"\xfe"
CODE_SIGNING = "1.3.6.1.5.5.7.3.3"
DAY = timedelta(days=1)


def _expiration(card: VirtualCard) -> date:
    return date.fromisoformat(elements_of(card, containers.CHUID)[EXPIRATION].decode())


def _signed(card: VirtualCard, expires: date, signer: ContentSigner) -> bytes:
    fields = elements_of(card, containers.CHUID)
    return card_data.chuid(fields[FASC_N], UUID(bytes=fields[GUID]), expires, signer)


@fault("CHUID has its expiration date behind its signature", {"PIV-SRC-CHUID-01"})
def out_of_order(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        fields = elements_of(card, containers.CHUID)
        # What is signed is all but the signature in the order of the card: it holds as before.
        order = (FASC_N, GUID, SIGNATURE, EXPIRATION, END)
        put_sealed(scene, card, containers.CHUID, joined({tag: fields[tag] for tag in order}))

    change_cards(scene, change)


@fault(
    "card expired yesterday by its CHUID, and its certificates go on",
    {"PIV-SRC-CHUID-03", "PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"},
)
def expired_yesterday(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        yesterday = (scene.clock.now() - DAY).date()
        put_sealed(scene, card, containers.CHUID, _signed(card, yesterday, signer_of(scene)))

    change_cards(scene, change)


@fault("expiration date of the CHUID was altered after signing", {"PIV-SRC-CHUID-05"})
def altered(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        earlier = f"{_expiration(card) - DAY:%Y%m%d}".encode()
        content = joined(elements_of(card, containers.CHUID) | {EXPIRATION: earlier})
        put_sealed(scene, card, containers.CHUID, content)

    change_cards(scene, change)


@fault("CHUID was signed by a signer of code", {"PIV-SRC-CHUID-06"})
def signed_by_code_signer(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        signer = signer_with(scene, extensions.purposes(CODE_SIGNING))
        put_sealed(scene, card, containers.CHUID, _signed(card, _expiration(card), signer))

    change_cards(scene, change)
