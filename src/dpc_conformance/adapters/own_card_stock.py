"""A stock of test cards in which the cardholder's own card comes from elsewhere."""

from collections.abc import Callable

from dpc_conformance.roles.card import Card, CardStock
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

OWN = "good"


class OwnCardStock:
    """Implements roles.card.CardStock: cards with something special about them come from another stock."""

    def __init__(
        self,
        take: Callable[[], tuple[Card, str, bytes]],
        holder: Person,
        others: CardStock,
        register: Callable[[Person, bytes], None],
        name: str,
    ) -> None:
        """`take` gives card, PIN and PIV Authentication certificate (DER); `register` opens the holder's account."""
        self._take, self._holder, self._others, self._register = take, holder, others, register
        self._name = name
        self._taken: tuple[Card, str] | None = None

    def take(self, kind: str) -> tuple[Card, str]:
        """The own card for "good", the same each time. Raises NotSupported."""
        if kind != OWN:
            return self._others.take(kind)
        if self._taken is None:
            card, pin, certificate = self._take()
            self._register(self._holder, certificate)
            self._taken = card, pin
        return self._taken

    def holder_of(self, kind: str) -> Person:
        """The person to whom the card of that kind belongs. Raises NotSupported."""
        return self._holder if kind == OWN else self._others.holder_of(kind)

    def revoke(self, kind: str) -> None:
        """NotSupported for the own card: its CRLs are as they are."""
        if kind == OWN:
            raise NotSupported(self._name, "be revoked: its CRLs are as they are")
        self._others.revoke(kind)

    def silence_status_services(self) -> None:
        """NotSupported: the CRLs are in a folder, not behind a service."""
        raise NotSupported(self._name, "lose its status services: its CRLs are in a folder")
