"""The card as the browser's PKCS #11 module uses it: every command is on record, and what came of the PIN is known."""

import threading

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.apdu import CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.protocols.card_edge import CHAINED, CardEdge, CardError
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, PinBlocked, WrongPin

_NAMES = {
    containers.GET_RESPONSE: "GET RESPONSE",
    containers.CHANGE_REFERENCE_DATA: "CHANGE REFERENCE DATA (redacted)",
    containers.RESET_RETRY_COUNTER: "RESET RETRY COUNTER (redacted)",
}
_SECRET = frozenset({containers.VERIFY, containers.CHANGE_REFERENCE_DATA, containers.RESET_RETRY_COUNTER})
_SHOWN_KEYS = frozenset(
    {containers.PIV_AUTHENTICATION_KEY, containers.SIGNATURE_KEY, containers.CARD_AUTHENTICATION_KEY}
)
"""What other keys give back is somebody's secret key."""


NO_TRIES = frozenset({status_words.METHOD_BLOCKED, status_words.ATTEMPTS_LEFT})
"""What a card that takes no PIN any more says to the question how many tries are left; then none is sent to it."""


class ObservedCard:
    """Implements roles.card.Card around the card in the reader, for one sign-in. `keys` are those that answered."""

    def __init__(self, card: Card, recorder: Recorder, clock: RunClock) -> None:
        self.keys: set[int] = set()
        self._card, self._edge = card, CardEdge(card, recorder, clock)
        self._lock = threading.Lock()
        self._verified: list[int] = []
        self._asked: list[int] = []
        self._removed = self._hidden_answer = False

    @property
    def took_the_pin(self) -> bool:
        """Whether the card has taken the PIN."""
        return status_words.SUCCESS in self._verified

    @property
    def refuses(self) -> bool:
        """Whether the card did not take the PIN that was typed, or takes none any more."""
        return not self.took_the_pin and bool(self._verified or NO_TRIES & set(self._asked))

    @property
    def accepted(self) -> bool:
        """Whether the card has taken the PIN, and a key has answered."""
        return bool(self.keys) and self.took_the_pin

    def expect_accepted_pin(self) -> None:
        """Raises WrongPin or PinBlocked where the card did not take the PIN that was typed, CardRemoved if it left."""
        if self._removed:
            raise CardRemoved
        if status_words.METHOD_BLOCKED in self._verified or (not self._verified and NO_TRIES & set(self._asked)):
            raise PinBlocked
        left = [tries for status in self._verified if (tries := status_words.attempts_left(status)) is not None]
        if left:
            raise WrongPin(left[-1])

    def reset(self) -> None:
        """See roles.card.Card."""
        with self._lock:
            self._card.reset()

    def transmit(self, command: bytes) -> bytes:
        """See roles.card.Card."""
        try:
            sent = CommandApdu.from_bytes(command)
        except Malformed:
            return status_words.WRONG_LENGTH.to_bytes(2, "big")
        with self._lock:
            try:
                answer = self._edge.exchange(_name(sent), sent, sent.ins in _SECRET, self._hides(sent))
            except CardRemoved:
                self._removed = True
                raise
            except CardError:
                return status_words.CONDITIONS_NOT_SATISFIED.to_bytes(2, "big")
            self._note(sent, answer)
        return bytes(answer)

    def _hides(self, sent: CommandApdu) -> bool:
        """Whether the answer is nobody's business; the parts that are fetched belong to the command before."""
        if sent.ins != containers.GET_RESPONSE:
            container = containers.by_tag(sent.data[2:]) if sent.ins == containers.GET_DATA else None
            guarded = container is not None and container.pin
            self._hidden_answer = guarded or (
                sent.ins == containers.GENERAL_AUTHENTICATE and sent.p2 not in _SHOWN_KEYS
            )
        return self._hidden_answer

    def _note(self, sent: CommandApdu, answer: ResponseApdu) -> None:
        if sent.ins == containers.VERIFY and sent.p1 == 0:
            (self._verified if sent.data else self._asked).append(answer.status)
        served = answer.status == status_words.SUCCESS or answer.status & 0xFF00 == status_words.MORE_DATA
        if sent.ins == containers.GENERAL_AUTHENTICATE and not sent.cla & CHAINED and served:
            self.keys.add(sent.p2)


def _name(sent: CommandApdu) -> str:
    """As the same command is called where our own client sends it."""
    if sent.ins == containers.SELECT:
        return "SELECT PIV" if containers.PIV_AID.startswith(sent.data) else f"SELECT {sent.data.hex().upper()}"
    if sent.ins == containers.GET_DATA:
        container = containers.by_tag(sent.data[2:])
        return f"GET DATA {container.name if container else sent.data[2:].hex().upper()}"
    if sent.ins == containers.VERIFY:
        return "VERIFY (log out)" if sent.p1 else "VERIFY (redacted)" if sent.data else "VERIFY (query)"
    if sent.ins == containers.GENERAL_AUTHENTICATE:
        return f"GENERAL AUTHENTICATE {sent.p2:02X}"
    return _NAMES.get(sent.ins, f"command {sent.ins:02X}")
