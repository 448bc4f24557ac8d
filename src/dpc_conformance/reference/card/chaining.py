"""Long commands in parts and long answers in parts (ISO/IEC 7816-4 §5.3, SP 800-73-5 part 2 §2.5)."""

from dataclasses import dataclass

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.wire import Command, Refused

LONGEST_COMMAND = 65535
CHAINABLE = frozenset(
    {
        containers.GENERAL_AUTHENTICATE,
        containers.VERIFY,
        containers.PUT_DATA,
        containers.GENERATE_KEY_PAIR,
    }
)


@dataclass
class CommandChain:
    """Collects the parts of a chained command. Another command in between drops them: nothing has happened then."""

    begun: Command | None = None

    def add(self, command: Command) -> Command | None:
        """The complete command, or None while parts are missing; raises Refused (6884, 6700)."""
        begun, self.begun = self.begun, None
        if begun is None and not command.chained:
            return command
        data = begun.data + command.data if begun is not None and begun.same_chain(command) else command.data
        if command.chained and command.ins not in CHAINABLE:
            raise Refused(status_words.CHAINING_NOT_SUPPORTED)
        if len(data) > LONGEST_COMMAND:
            raise Refused(status_words.WRONG_LENGTH)
        complete = command.with_data(data)
        if command.chained:
            self.begun = complete
            return None
        return complete

    def drop(self) -> None:
        """Forget the parts that came so far."""
        self.begun = None


@dataclass
class Answer:
    """What is left of an answer; any command but GET RESPONSE drops it."""

    pending: bytes = b""

    def begin(self, data: bytes, wanted: int) -> bytes:
        """The first part of a new answer with its status word."""
        self.pending = data
        return self.take(wanted)

    def drop(self) -> None:
        """Nobody fetched the rest."""
        self.pending = b""

    def take(self, wanted: int) -> bytes:
        """The next part with its status word: 9000 when it was the last, else 61xx."""
        part, self.pending = self.pending[:wanted], self.pending[wanted:]
        left = len(self.pending)
        status = status_words.MORE_DATA | (left if left < 256 else 0) if left else status_words.SUCCESS
        return part + status.to_bytes(2, "big")
