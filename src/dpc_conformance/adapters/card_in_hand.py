"""A card that somebody else made in the cardholder's hand: what changes in a scene for an image and for a reader."""

from collections.abc import Callable

from dpc_conformance.adapters.card_trust import CardTrust
from dpc_conformance.adapters.own_card_stock import OwnCardStock
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.relying_party.sign_in import CertificateSignIn
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.people import Person


def put_in_hand(
    scene: Scene, take: Callable[[], tuple[Card, str, bytes]], holder: Person, trust: CardTrust, name: str
) -> None:
    """The cardholder has that card; identity provider, issuer and judge trust its authorities.

    `take` gives card, PIN and PIV Authentication certificate (DER); `name` is what reports call the card.
    """
    scene.stock = OwnCardStock(take, holder, scene.stock, scene.people_register, name)
    scene.on_issuer.append(lambda parts: _have_issuer_accept(scene, trust, parts))
    judge = trust.widen(scene.path_judge(frozenset({oids.COMMON_AUTHENTICATION})))
    scene.more_anchors += trust.anchors
    scene.more_authorities += trust.intermediates
    scene.more_crls += trust.crls
    scene.identity_provider.authenticate = CertificateSignIn(judge, scene.holder_of_card)


def _have_issuer_accept(scene: Scene, trust: CardTrust, parts: IssuerParts) -> None:
    judge = trust.widen(scene.path_judge(parts.settings.card_policies))
    parts.judge, parts.card_reading.card_authentication_judge = judge, judge.of_cards_themselves()
    signers = trust.widen(scene.path_judge(parts.settings.content_signing_policies))
    parts.card_reading.content_signer_judge = signers.of_content_signers()
