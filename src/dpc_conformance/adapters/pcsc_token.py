"""`adapter = "pcsc"` for the role token: the removable token is a real one in a PC/SC reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.card_trust import CardTrust
from dpc_conformance.adapters.card_trust_settings import TrustSettings
from dpc_conformance.adapters.careful_card import CarefulCard
from dpc_conformance.adapters.off_card_file import fetch
from dpc_conformance.adapters.pcsc import PcscCard, PcscUnavailable
from dpc_conformance.adapters.real_card import (
    RealCard,
    connect_again,
    edge_of,
    expect_same,
    serial_of_card,
    serial_of_token,
)
from dpc_conformance.adapters.token_secrets_file import read_token_secrets
from dpc_conformance.formats import containers
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, NotSupported
from dpc_conformance.roles.token import Token, TokenSecrets
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

ROLE, KEY = "token", "roles.token"
NAME = "the token in the reader"
SECRET_BYTES = 8
CARD_PLATFORM = "A000000151000000"
"""The issuer security domain of GlobalPlatform, an application that nearly every token has besides."""


class PcscTokenSettings(TrustSettings):
    """The table `roles.token` of a target file."""

    reader: str
    """The reader whose name contains this; of several the one with a card."""
    secrets_file: Path
    aid: Literal["derived", "piv"] | None = None
    """The AID of the derived PIV application; the edition decides where nothing is said."""
    contactless_reader: str | None = None
    """A contactless reader on which the same token lies."""
    other_aid: Annotated[
        str, Field(pattern=r"^([0-9A-Fa-f]{2}){5,16}$", description="an AID of 5 to 16 bytes, in hexadecimal")
    ] = CARD_PLATFORM
    """Another application on the token."""
    spare_key: Literal["9A", "9C", "9D"] = "9C"
    """The key reference whose key pair tests may replace."""
    expendable: bool = False
    """Whether tests may make the token useless for good."""


@dataclass(frozen=True)
class PcscTokenAdapter:
    """Puts the token into the tester's hand; unless the user allows it by its serial number, nothing changes it."""

    real: RealCard
    wanted: PcscTokenSettings
    secrets: TokenSecrets = field(repr=False)
    aid: bytes
    trust: CardTrust
    test_pki: bool

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "PcscTokenAdapter":
        """Look at the token and at everything that the settings name. TargetError: target file, key, problem."""
        where = f"{target.file}: {KEY}"
        wanted = fit(settings, PcscTokenSettings, f"{where}.", TargetError)
        folder, aid = target.file.parent, target.token_aid
        trust = wanted.read(folder, where, TargetError)
        secrets = read_token_secrets(folder / wanted.secrets_file, TargetError)
        try:
            card = PcscCard(wanted.reader)
            try:
                edge = edge_of(card)
                edge.select(aid)
                serial = serial_of_token(edge)
            finally:
                card.close()
        except (PcscUnavailable, CardRemoved) as problem:
            raise TargetError(f"{where}.reader: {problem}") from None
        except CardError:
            # A token without that application is judged, not turned away: there is a requirement on its AID.
            serial = None
        real = RealCard(ROLE, wanted.reader, serial, serial in target.allowed, wanted.expendable)
        return cls(real, wanted, secrets, aid, trust, target.claims.test_pki)

    def __call__(self, scene: Scene) -> None:
        """Change the scene. Raises Unreachable."""
        for secret in self._to_hide():
            scene.recorder.keep_secret(secret)
        scene.own_pki, scene.test_pki = False, self.test_pki
        scene.more_anchors += self.trust.anchors
        scene.more_authorities += self.trust.intermediates
        scene.more_crls += self.trust.crls
        scene.token = Token(
            card=self._careful(self._connect(scene)),
            secrets=self.secrets,
            aid=self.aid,
            other_aid=bytes.fromhex(self.wanted.other_aid),
            spare_key=int(self.wanted.spare_key, 16),
            contactless=lambda: self._contactless(scene),
            another=_no_other,
            fetch=fetch,
            may_be_changed=self.real.allowed,
            expendable=self.real.allowed and self.real.expendable,
        )

    def _connect(self, scene: Scene) -> PcscCard:
        card = connect_again(self.real.reader)
        scene.on_close.append(card.close)
        edge = edge_of(card)
        try:
            edge.select(self.aid)
            serial = serial_of_token(edge)
        except CardError:
            serial = None
        expect_same(self.real, serial)
        card.reset()
        return card

    def _contactless(self, scene: Scene) -> Card:
        if self.wanted.contactless_reader is None:
            raise NotSupported(NAME, "be used without contacts: the target names no contactless_reader")
        card = connect_again(self.wanted.contactless_reader)
        scene.on_close.append(card.close)
        self._expect_no_other(card)
        return self._careful(card)

    def _expect_no_other(self, card: PcscCard) -> None:
        """Unreachable when what lies on the contactless reader says that it is another card than the one allowed.

        A token tells no serial number there, as the standard has it; a PIV Card and a token of another make do.
        """
        edge = edge_of(card)
        for aid, serial_of in ((self.aid, serial_of_token), (containers.PIV_AID, serial_of_card)):
            try:
                edge.select(aid)
            except CardError:
                continue
            serial = serial_of(edge)
            if serial is not None:
                expect_same(replace(self.real, reader=self.wanted.contactless_reader or ""), serial)
        card.reset()

    def _careful(self, card: PcscCard) -> Card:
        if self.real.allowed:
            return card
        block = self.secrets.activation_secret.encode().ljust(SECRET_BYTES, b"\xff")
        return CarefulCard(card, NAME, (block,), wrong_pins=False)

    def _to_hide(self) -> tuple[str, ...]:
        """The secrets in every form in which a transcript could show them."""
        secret = self.secrets.activation_secret
        keys = (secret.encode(), self.secrets.unblocking_key, self.secrets.administration_key)
        return (secret, *(form for key in keys for form in (key.hex(), key.hex().upper())))


def _no_other() -> Token:
    raise NotSupported(NAME, "be compared with another: there is one token in one reader")


ADAPTER = Adapter("token", "pcsc", "A removable token in a PC/SC reader.", PcscTokenSettings, PcscTokenAdapter.read)
