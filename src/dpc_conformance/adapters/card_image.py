"""`adapter = "image"` for the role card: a card image in a folder is the cardholder's card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from cryptography import x509
from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.adapters.card_holder import holder_named_in
from dpc_conformance.adapters.card_image_stock import CardImageStock
from dpc_conformance.adapters.card_trust import CardTrust, TrustError, read_trust
from dpc_conformance.formats import oids
from dpc_conformance.reference.card.image import DEFAULT_GLOBAL_PIN, DEFAULT_PIN, CardImage, CardImageError, load
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.relying_party.sign_in import CertificateSignIn
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.people import Person
from dpc_conformance.toml_file import fit

KEY = "roles.card"
AN_OID = "an OID in dots, such as 2.16.840.1.101.3.2.1.48.11"


class CardImageSettings(BaseModel):
    """The table `roles.card` of a target file."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    folder: Path
    """The image, in the format of the GSA ICAM test cards."""
    pin: Annotated[str, Field(pattern=r"^[0-9]{6,8}$", repr=False, description="six to eight digits")] = DEFAULT_PIN
    """What the cardholder types; images record no PIN."""
    trust: Path | None = None
    """Folder of certificates (PEM or DER) of the card's authorities; those that signed themselves are trusted."""
    crls: Path | None = None
    """Folder of the CRLs (DER) that stand for the URLs in the certificates."""
    policies: tuple[Annotated[str, Field(pattern=r"^[0-2](\.[0-9]+)+$")], ...] = Field((), description=AN_OID)
    """Policies (OIDs) that identity provider and issuer accept beside id-fpki-common-authentication."""


@dataclass(frozen=True)
class CardImageAdapter:
    """Puts the image into the cardholder's hand, and has identity provider and issuer trust its authorities."""

    folder: Path
    pin: str = field(repr=False)
    trust: CardTrust

    @classmethod
    def read(cls, settings: Mapping[str, Any], file: Path, error: type[ValueError]) -> "CardImageAdapter":
        """Read everything that the settings name. Raises `error` with one sentence: target file, key, problem."""
        wanted = fit(settings, CardImageSettings, f"{file}: {KEY}.", error)
        try:
            trust = read_trust(
                wanted.trust and file.parent / wanted.trust,
                wanted.crls and file.parent / wanted.crls,
                frozenset(wanted.policies),
            )
            made = cls(file.parent / wanted.folder, wanted.pin, trust)
            made.load()
        except TrustError as problem:
            raise error(f"{file}: {KEY}.{problem.key}: {problem}") from None
        except CardImageError as problem:
            raise error(f"{file}: {KEY}.folder: {problem}") from None
        return made

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.stock = CardImageStock(self.take, self.holder(), scene.stock, scene.people_register)
        scene.on_issuer.append(lambda parts: self._have_issuer_accept(scene, parts))
        judge = self.trust.widen(scene.path_judge(frozenset({oids.COMMON_AUTHENTICATION})))
        scene.more_anchors += self.trust.anchors
        scene.more_authorities += self.trust.intermediates
        scene.more_crls += self.trust.crls
        scene.identity_provider.authenticate = CertificateSignIn(judge, scene.holder_of_card)

    def _have_issuer_accept(self, scene: Scene, parts: IssuerParts) -> None:
        parts.judge = self.trust.widen(scene.path_judge(parts.settings.card_policies))

    def load(self) -> CardImage:
        """The card as it comes from its box: nothing selected, no PIN verified. Raises CardImageError."""
        image = load(self.folder, self.pin, DEFAULT_GLOBAL_PIN)
        # Where Discovery prefers the global PIN, that is the one which the cardholder knows.
        return image if image.pin == self.pin else load(self.folder, DEFAULT_PIN, self.pin)

    def take(self) -> tuple[Card, str, bytes]:
        """A new card, its PIN, and its PIV Authentication certificate (DER)."""
        image = self.load()
        return image.card, image.pin, certificate_on(image.card)

    def holder(self) -> Person:
        """Whom the certificate on the card names."""
        der = certificate_on(self.load().card)
        return holder_named_in(x509.load_der_x509_certificate(der))
