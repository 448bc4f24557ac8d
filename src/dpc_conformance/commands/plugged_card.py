"""What `dpc card plug` can put into the reader: a card image, a new PIV Card, a new removable token."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import image
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.token.mould import mould
from dpc_conformance.reference.token.virtual_token import cast_token
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.token import TokenSecrets

HOLDER = Person("grace.goode", "Grace", "Goode", "grace.goode@dpc.example", "grace.goode@dpc.example")
KEYS = (containers.PIV_AUTHENTICATION_KEY, containers.SIGNATURE_KEY, containers.KEY_MANAGEMENT_KEY)


@dataclass(frozen=True)
class PluggedCard:
    """A card and what its user has to know: `what` it is, the `pin` of a card or the `secrets` of a token.

    `authorities` are the certificates of the CAs above it, root first; none for an image.
    """

    card: Card
    what: str
    pin: str = field(default="", repr=False)
    secrets: TokenSecrets | None = None
    authorities: tuple[x509.Certificate, ...] = ()


def card_image(folder: Path, pin: str) -> PluggedCard:
    """The card in that folder. Raises CardImageError."""
    loaded = image.load(folder, pin)
    return PluggedCard(loaded.card, f"The card image {folder}", loaded.pin)


def new_card(algorithm: str, pin: str) -> PluggedCard:
    """A good PIV Card of a new test PKI, with keys of that algorithm; the Card Authentication key is P-256."""
    maker = _Maker()
    algorithms = dict.fromkeys(KEYS, algorithm)
    pool = maker.pool.scenario()
    card = personalise(maker.pki, HOLDER, maker.clock, maker.entropy, pool, pin=pin, algorithms=algorithms)
    what = f"A PIV Card ({algorithm}) of {HOLDER.common_name}"
    return PluggedCard(card, what, pin, authorities=maker.authorities())


def new_token() -> PluggedCard:
    """A good removable token of a new test PKI, with secrets of its own."""
    maker = _Maker()
    made = mould(maker.pki, maker.clock.now(), maker.entropy, maker.pool, containers.DERIVED_PIV_AID)
    token = cast_token(made, maker.entropy, maker.pool.scenario())
    return PluggedCard(token.card, "A removable token", secrets=token.secrets, authorities=maker.authorities())


class _Maker:
    """Who makes cards, now and here; nobody can make the same ones again."""

    def __init__(self) -> None:
        self.clock, self.entropy = RunClock(machine_now()), SystemEntropy()
        self.pool = KeyPool(default_folder())
        self.pki = TestPki(self.clock.now(), self.clock.now(), self.entropy, self.pool)

    def authorities(self) -> tuple[x509.Certificate, ...]:
        """The certificates of the CAs, root first."""
        return tuple(authority.certificate for authority in self.pki.authorities)
