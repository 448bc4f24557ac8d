"""Seeded defects of the certificates on the card and of the keys that belong to them."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.cards.workshop import change_cards, load_certificate, names_in, reissue
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers, oids
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki import extensions
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene

SOMEBODY = "grace.goode@dpc.example"


@fault("PIV Authentication certificate is not for smart card logon", {"PIV-SRC-AUTHCERT-01"})
def no_smart_card_logon(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        reissue(scene, card, containers.PIV_AUTHENTICATION_KEY, extensions.purposes(oids.CLIENT_AUTH))

    change_cards(scene, change)


@fault("Card Authentication certificate names the cardholder too", {"PIV-SRC-CARDAUTH-01"})
def names_the_cardholder(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        names = names_in(load_certificate(card, containers.CARD_AUTHENTICATION_KEY))
        more = x509.SubjectAlternativeName([*names, extensions.upn_name(SOMEBODY)])
        reissue(scene, card, containers.CARD_AUTHENTICATION_KEY, more)

    change_cards(scene, change)


@fault("Digital Signature key on the card is not that of its certificate", {"PIV-SRC-SIGCERT-01"})
def another_signature_key(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        stranger = ec_key(scene.entropy.branch("another signature key"), ec.SECP256R1())
        card.application.keys[containers.SIGNATURE_KEY].private = stranger

    change_cards(scene, change)
