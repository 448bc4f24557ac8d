"""One token: cast from the mould, with secrets of its own; the door for seeded defects."""

import string
from collections.abc import Callable
from dataclasses import dataclass

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card.access import AccessRules
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.generation import CARD_KEYS, KeyGenerator
from dpc_conformance.reference.card.keys import card_key
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.personalise import administration_key
from dpc_conformance.reference.card.pins import Pin, Pins
from dpc_conformance.reference.card.property_template import PropertyTemplate
from dpc_conformance.reference.card.secret_format import ALPHANUMERIC, ANY
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki.keys import KeyPool
from dpc_conformance.reference.token.mould import HASHED, Mould, sealed
from dpc_conformance.reference.token.other_application import OtherApplication
from dpc_conformance.roles.token import Token, TokenSecrets

ATTEMPTS = 5
SECRET_LENGTH = 6
ALPHABET = string.digits + string.ascii_letters
LABEL = "Derived PIV"
ALGORITHMS = (
    containers.RSA_3072,
    containers.RSA_2048,
    containers.AES_128,
    containers.P_256,
    containers.P_384,
)
SECURITY_OBJECT_CAPACITY = 3000
"""More than on a PIV Card, because the signer's certificate stands inside (SP 800-157 B.1.2.1)."""


@dataclass
class VirtualToken:
    """The parts of a token; a seeded defect changes them before the token is handed out."""

    card: VirtualCard
    application: PivApplication
    other: OtherApplication
    signer: ContentSigner
    secrets: TokenSecrets
    published: dict[str, bytes]
    spare_key: int = containers.PIV_AUTHENTICATION_KEY

    def seal(self) -> None:
        """Sign the Security Object again, over what the token holds now."""
        objects = self.application.objects
        held: dict[Container, bytes] = {each: objects.content(each) for each in HASHED if each.tag in objects.stored}
        objects.put(containers.SECURITY_OBJECT, sealed(held, self.signer))

    def in_hand(self, another: Callable[[], Token]) -> Token:
        """The token as the tester gets it."""
        return Token(
            card=self.card,
            secrets=self.secrets,
            aid=self.application.aid,
            other_aid=self.other.aid,
            spare_key=self.spare_key,
            contactless=self.card.contactless,
            another=another,
            fetch=self.published.get,
        )


def cast_token(mould: Mould, entropy: Entropy, pool: KeyPool) -> VirtualToken:
    """A token of that mould whose secrets, challenges and new keys come from `entropy`."""
    secret = _activation_secret(entropy.branch("activation secret"))
    puk = entropy.branch("unblocking key").bytes(8)
    administration = administration_key(entropy)
    objects = DataObjects()
    objects.capacities[containers.SECURITY_OBJECT.tag] = SECURITY_OBJECT_CAPACITY
    for container, content in mould.contents.items():
        objects.put(container, content)
    application = PivApplication(
        objects,
        Pins({containers.APPLICATION_PIN: Pin(secret, ATTEMPTS, ALPHANUMERIC)}, Pin(puk, ATTEMPTS, ANY)),
        {reference: card_key(reference, key) for reference, key in mould.keys.items()},
        mould.aid,
        administration,
        # A derived application has no Card Authentication key (SP 800-157 B.1.4.1 Table 2).
        KeyGenerator(entropy.branch("on the token"), pool, CARD_KEYS - {containers.CARD_AUTHENTICATION_KEY}),
        AccessRules(usable_contactless=frozenset()),
        PropertyTemplate(True, LABEL, ALGORITHMS),
    )
    # The hardest case for a tester who wants to see it do nothing: a holder who uses one secret for everything.
    other = OtherApplication(Pin(secret, ATTEMPTS, ALPHANUMERIC))
    return VirtualToken(
        VirtualCard(application, other),
        application,
        other,
        mould.signer,
        TokenSecrets(secret, puk, administration.secret, administration.algorithm),
        dict(mould.published),
    )


def _activation_secret(entropy: Entropy) -> str:
    return "".join(ALPHABET[entropy.below(len(ALPHABET))] for _ in range(SECRET_LENGTH))
