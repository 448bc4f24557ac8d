"""A card that somebody else made in the cardholder's hand: what changes in a scene for an image and for a reader."""

from collections.abc import Callable

from cryptography import x509

from dpc_conformance.adapters.card_holder import holder_named_in
from dpc_conformance.adapters.card_trust import CardTrust
from dpc_conformance.adapters.own_card_stock import OwnCardStock
from dpc_conformance.evidence.agencies import ServedAgency
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.agencies import ServedAgencies, agency_of
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.signed_objects import load_certificate
from dpc_conformance.reference.relying_party.sign_in import CertificateSignIn
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.target import TargetError


def expect_readable(certificate: bytes, where: str) -> None:
    """Raises TargetError, which names `where`, for a PIV Authentication certificate (DER) that nobody can read."""
    try:
        load_certificate(certificate)
    except ValueError as problem:
        sentence = f"{where}: PIV Authentication: {problem}; `dpc card check` says what is wrong with the card"
        raise TargetError(sentence) from None


def put_in_hand(
    scene: Scene, take: Callable[[], tuple[Card, str, bytes]], certificate: bytes, trust: CardTrust, name: str
) -> None:
    """The cardholder has that card; identity provider, issuer and judge trust its authorities.

    `take` gives card, PIN and PIV Authentication certificate (DER), which is `certificate`; `name` is what reports call
    the card.
    """
    parsed = x509.load_der_x509_certificate(certificate)
    scene.stock = OwnCardStock(take, holder_named_in(parsed), scene.stock, scene.people_register, name)
    have_cards_judged(scene, lambda policies: trust.widen(scene.path_judge(policies)))
    scene.on_issuer.append(lambda parts: _have_issuer_serve(agency_of(parsed), parts))
    scene.more_anchors += trust.anchors
    scene.more_authorities += trust.intermediates
    scene.more_crls += trust.crls


def have_cards_judged(scene: Scene, judge_for: Callable[[frozenset[str]], PathJudge]) -> None:
    """Identity provider and issuer judge cards by what `judge_for` gives for the policies that they accept."""
    scene.on_issuer.append(lambda parts: _have_issuer_judge(judge_for, parts))
    judge = judge_for(frozenset({oids.COMMON_AUTHENTICATION}))
    scene.identity_provider.authenticate = CertificateSignIn(judge, scene.holder_of_card)


def _have_issuer_serve(agency: str | None, parts: IssuerParts) -> None:
    """Whoever tests with a card of its own belongs to the home agency: the one that issued the card."""
    if agency is not None:
        own = ServedAgency(agency, "the agency that issued the card", own=True)
        parts.agencies = ServedAgencies((own, *parts.agencies.agencies))


def _have_issuer_judge(judge_for: Callable[[frozenset[str]], PathJudge], parts: IssuerParts) -> None:
    judge = judge_for(parts.settings.card_policies)
    parts.judge, parts.card_reading.card_authentication_judge = judge, judge.of_cards_themselves()
    signers = judge_for(parts.settings.content_signing_policies)
    parts.card_reading.content_signer_judge = signers.of_content_signers()
