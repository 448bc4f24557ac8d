"""A kit's cards for a run."""

from collections.abc import Callable

from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.kit.kit import Kit
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

NAME = "the kit"


class KitCardStock:
    """Implements roles.card.CardStock. A card stays what the kit says: a product may remember CRLs for hours."""

    def __init__(self, kit: Kit, register: Callable[[Person, bytes], None], keep_secret: Callable[[str], None]) -> None:
        """`register` opens the account of a card's holder; `keep_secret` hears of each PIN."""
        self._kit, self._register, self._keep_secret = kit, register, keep_secret
        self._taken: dict[str, tuple[VirtualCard, str]] = {}

    def take(self, kind: str) -> tuple[VirtualCard, str]:
        """The card of that kind and its PIN; the same card each time. NotSupported for a kind that the kit lacks."""
        if kind not in self._taken:
            holder, known = self.holder_of(kind), self._kit.cards[kind]
            card, certificate = self._kit.card(kind)
            self._keep_secret(known.pin)
            if known.open_account:
                self._register(holder, certificate)
            self._taken[kind] = card, known.pin
        return self._taken[kind]

    def holder_of(self, kind: str) -> Person:
        """The person to whom the card of that kind belongs. NotSupported for a kind that the kit lacks."""
        if kind not in self._kit.cards:
            raise NotSupported(NAME, f"supply a card of kind {kind!r}")
        return self._kit.cards[kind].holder.person()

    def revoke(self, kind: str) -> None:
        """NotSupported: whoever fetched the CRL of the kit before would not know."""
        raise NotSupported(NAME, f"revoke the card of kind {kind!r} during a run: its CRLs are as they are")

    def silence_status_services(self) -> None:
        """NotSupported: the kit's service is no part of the run."""
        raise NotSupported(NAME, "lose its status services: they are no part of the run")
