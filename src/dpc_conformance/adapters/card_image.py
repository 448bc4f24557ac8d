"""`adapter = "image"` for the role card: a card image in a folder is the cardholder's card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.card_in_hand import expect_readable, put_in_hand
from dpc_conformance.adapters.card_trust import CardTrust
from dpc_conformance.adapters.card_trust_settings import TrustSettings
from dpc_conformance.reference.card.image import DEFAULT_GLOBAL_PIN, DEFAULT_PIN, CardImage, CardImageError, load
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

KEY = "roles.card"
NAME = "the card image"


class CardImageSettings(TrustSettings):
    """The table `roles.card` of a target file."""

    folder: Path
    """The image, in the format of the GSA ICAM test cards."""
    pin: Annotated[str, Field(pattern=r"^[0-9]{6,8}$", repr=False, description="six to eight digits")] = DEFAULT_PIN
    """What the cardholder types; images record no PIN."""


@dataclass(frozen=True)
class CardImageAdapter:
    """Puts the image into the cardholder's hand, and has identity provider and issuer trust its authorities."""

    folder: Path
    pin: str = field(repr=False)
    trust: CardTrust

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "CardImageAdapter":
        """Read everything that the settings name. TargetError: target file, key, problem."""
        file = target.file
        wanted = fit(settings, CardImageSettings, f"{file}: {KEY}.", TargetError)
        trust = wanted.read(file.parent, f"{file}: {KEY}", TargetError)
        made = cls(file.parent / wanted.folder, wanted.pin, trust)
        try:
            card = made.load().card
        except CardImageError as problem:
            raise TargetError(f"{file}: {KEY}.folder: {problem}") from None
        expect_readable(certificate_on(card), f"{file}: {KEY}.folder")
        return made

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.recorder.keep_secret(self.pin)
        put_in_hand(scene, self.take, certificate_on(self.load().card), self.trust, NAME)

    def load(self) -> CardImage:
        """The card as it comes from its box: nothing selected, no PIN verified. Raises CardImageError."""
        image = load(self.folder, self.pin, DEFAULT_GLOBAL_PIN)
        # Where Discovery prefers the global PIN, that is the one which the cardholder knows.
        return image if image.pin == self.pin else load(self.folder, DEFAULT_PIN, self.pin)

    def take(self) -> tuple[Card, str, bytes]:
        """A new card, its PIN, and its PIV Authentication certificate (DER)."""
        image = self.load()
        return image.card, image.pin, certificate_on(image.card)


ADAPTER = Adapter(
    "card", "image", "A card image in a folder, as GSA publishes them.", CardImageSettings, CardImageAdapter.read, True
)
