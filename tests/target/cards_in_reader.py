"""What lies in the reader: the same in every process, because it is made from one seed at one moment."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from dpc_conformance.casting import Stage
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats.containers import PIV_AUTHENTICATION_KEY
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.token import Token, TokenSecrets
from dpc_conformance.target import load_target

MOMENT = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True)
class InReader:
    """A token or a card, with what its holder knows, and the authorities behind it with their CRLs (DER)."""

    card: Card
    pin: str
    secrets: TokenSecrets | None
    authorities: tuple[bytes, ...]
    crls: tuple[bytes, ...] = ()


@cache
def made(what: str) -> InReader:
    """A token or a card."""
    stage = Stage(load_target(), MOMENT, "in the reader")
    try:
        if what == "token":
            with stage.token(Recorder(), "the token in the reader") as cast:
                held, trust = cast.token, cast.trust
                authorities = (*trust.anchors, *trust.intermediates)
                crls = trust.crls_of((*authorities, certificate_in(held)))
                return InReader(held.card, held.secrets.activation_secret, held.secrets, authorities, crls)
        with stage.scene(Recorder(), "the card in the reader") as cast:
            authorities = (*cast.trust.anchors, *cast.trust.intermediates)
            crls = cast.trust.crls_of((cast.card_certificate, *authorities))
            return InReader(cast.card, cast.pin, None, authorities, crls)
    finally:
        stage.close()


def certificate_in(token: Token) -> bytes:
    """The certificate for derived PIV authentication (DER)."""
    edge = PivCard(token.card, Recorder(), RunClock(MOMENT))
    edge.select(token.aid)
    return edge.certificate(PIV_AUTHENTICATION_KEY)


def card_named(what: str) -> Card:
    """What the reader holds."""
    return made(what).card
