"""The reader at the workstation, and what the browser's middleware does with the card in it."""

from collections.abc import Callable

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, RefusedAtTls


class CardReader:
    """Holds a card or none; a card that was pulled out stays out for a signature that is under way."""

    def __init__(self, recorder: Recorder, clock: RunClock) -> None:
        self._recorder, self._clock = recorder, clock
        self._card: Card | None = None

    def insert(self, card: Card) -> None:
        """Power the card up: PIN states of an earlier use are gone."""
        card.reset()
        self._card = card

    def remove(self) -> None:
        """Take the card out."""
        self._card = None

    def transmit(self, command: bytes) -> bytes:
        """To the card in the reader. Raises CardRemoved when there is none."""
        if self._card is None:
            raise CardRemoved
        return self._card.transmit(command)

    def reset(self) -> None:
        """Cut and restore power. Raises CardRemoved."""
        if self._card is None:
            raise CardRemoved
        self._card.reset()

    def open(self) -> PivCard:
        """The PIV application of the card, selected. Raises CardRemoved."""
        piv = PivCard(self, self._recorder, self._clock)
        piv.select()
        return piv


def signer(piv: PivCard, key_reference: int, host: str) -> Callable[[bytes], bytes]:
    """What signs for TLS with `host`: GENERAL AUTHENTICATE with the key (SP 800-73-5 part 2 §3.2.4).

    A card that will not sign (6982: nobody typed the PIN) ends the handshake: RefusedAtTls. CardRemoved passes.
    """

    def sign(block: bytes) -> bytes:
        try:
            return piv.sign_raw(key_reference, block)
        except (CardError, ValueError) as error:
            raise RefusedAtTls(host, f"the card did not sign: {error}") from error

    return sign
