"""A card in memory: command APDU in, response APDU out, on contacts or without."""

import threading
from dataclasses import dataclass, field
from typing import Protocol

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import Event, PivApplication
from dpc_conformance.reference.card.chaining import Answer, CommandChain
from dpc_conformance.reference.card.wire import CHAINED, SECURE_MESSAGING, Command, Refused, read_command

SELECT_BY_NAME = 0x04


class CardApplication(Protocol):
    """One of the applications on a card."""

    def answers_to(self, aid: bytes) -> bool:
        """Whether a SELECT with that AID means this application."""

    def select(self) -> bytes:
        """It is selected now; returns what SELECT answers."""

    def process(self, command: Command) -> bytes:
        """The answer's data; raises Refused."""

    def happens(self, event: Event) -> None:
        """Something came from outside that may end the security status."""


@dataclass
class Session:
    """What one interface of the card remembers from command to command."""

    selected: CardApplication | None = None
    chain: CommandChain = field(default_factory=CommandChain)
    answer: Answer = field(default_factory=Answer)

    def end(self) -> None:
        """Power is off: nothing selected, no chain, no answer."""
        self.selected = None
        self.chain.drop()
        self.answer.drop()


class VirtualCard:
    """Implements roles.card.Card: selects applications, puts chains together, hands out long answers in parts.

    `application` is the PIV application, `applications` all of them; `session` belongs to the contacts.
    """

    def __init__(self, application: PivApplication, *others: CardApplication) -> None:
        self.application = application
        self.applications: list[CardApplication] = [application, *others]
        self.session, self.contactless_session = Session(), Session()
        self._lock = threading.Lock()

    def transmit(self, command: bytes, contactless: bool = False) -> bytes:
        """Answer one command APDU; every fault of the sender is a status word, never an exception."""
        session = self.contactless_session if contactless else self.session
        with self._lock:
            try:
                return self._dispatch(session, read_command(command, contactless))
            except Refused as refusal:
                session.chain.drop()
                return refusal.status.to_bytes(2, "big")

    def reset(self) -> None:
        """Power off and on: nothing selected, nobody authenticated, no chain; retry counters stay."""
        with self._lock:
            self.session.end()
            self.contactless_session.end()
            for application in self.applications:
                application.happens(Event.POWER_OFF)

    def contactless(self) -> "ContactlessCard":
        """The same card, held to a contactless reader."""
        return ContactlessCard(self)

    def _dispatch(self, session: Session, part: Command) -> bytes:
        if part.ins == containers.GET_RESPONSE:
            session.chain.drop()
            return self._get_response(session, part)
        session.answer.drop()
        if part.cla & SECURE_MESSAGING:
            raise Refused(status_words.SECURE_MESSAGING_NOT_SUPPORTED)
        if part.cla & ~CHAINED:
            raise Refused(status_words.CLASS_NOT_SUPPORTED)
        command = session.chain.add(part)
        if command is None:
            return status_words.SUCCESS.to_bytes(2, "big")
        if command.ins == containers.SELECT:
            return session.answer.begin(self._select(session, command), command.wanted)
        if session.selected is None:
            raise Refused(status_words.INSTRUCTION_NOT_SUPPORTED)
        return session.answer.begin(session.selected.process(command), command.wanted)

    def _select(self, session: Session, command: Command) -> bytes:
        if command.p1 != SELECT_BY_NAME:
            raise Refused(status_words.WRONG_P1_P2)
        found = next((each for each in self.applications if each.answers_to(command.data)), None)
        # An unknown AID leaves the current application and its security status as they are (part 2 §3.1.1).
        if found is None:
            raise Refused(status_words.NOT_FOUND)
        if found is session.selected:
            found.happens(Event.SELECTED_AGAIN)
        elif session.selected is not None:
            session.selected.happens(Event.OTHER_APPLICATION_SELECTED)
        session.selected = found
        return found.select()

    def _get_response(self, session: Session, command: Command) -> bytes:
        if command.p1 or command.p2:
            raise Refused(status_words.WRONG_P1_P2)
        if not session.answer.pending:
            raise Refused(status_words.CONDITIONS_NOT_SATISFIED)
        return session.answer.take(command.wanted)


class ContactlessCard:
    """Implements roles.card.Card over the contactless interface of a virtual card."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card

    def transmit(self, command: bytes) -> bytes:
        """Answer one command APDU."""
        return self._card.transmit(command, contactless=True)

    def reset(self) -> None:
        """Out of the field and back again."""
        self._card.reset()
