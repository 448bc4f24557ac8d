"""A PIV Card in memory: command APDU in, response APDU out."""

import threading

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.chaining import Answer, CommandChain
from dpc_conformance.reference.card.wire import CHAINED, SECURE_MESSAGING, Command, Refused, read_command

SELECT_BY_NAME = 0x04


class VirtualCard:
    """Implements roles.card.Card: selects the application, puts chains together, hands out long answers in parts."""

    def __init__(self, application: PivApplication) -> None:
        self.application = application
        self._selected = False
        self._chain = CommandChain()
        self._answer = Answer()
        self._lock = threading.Lock()

    def transmit(self, command: bytes) -> bytes:
        """Answer one command APDU; every fault of the sender is a status word, never an exception."""
        with self._lock:
            try:
                return self._dispatch(read_command(command))
            except Refused as refusal:
                self._chain = CommandChain()
                return refusal.status.to_bytes(2, "big")

    def reset(self) -> None:
        """Power off and on: nothing selected, nobody authenticated, no chain; retry counters stay."""
        with self._lock:
            self._selected = False
            self._chain = CommandChain()
            self._answer = Answer()
            self.application.power_off()

    def _dispatch(self, part: Command) -> bytes:
        if part.ins == containers.GET_RESPONSE:
            self._chain = CommandChain()
            return self._get_response(part)
        self._answer = Answer()
        if part.cla & SECURE_MESSAGING:
            raise Refused(status_words.SECURE_MESSAGING_NOT_SUPPORTED)
        if part.cla & ~CHAINED:
            raise Refused(status_words.CLASS_NOT_SUPPORTED)
        command = self._chain.add(part)
        if command is None:
            return status_words.SUCCESS.to_bytes(2, "big")
        if command.ins == containers.SELECT:
            return self._select(command)
        if not self._selected:
            raise Refused(status_words.INSTRUCTION_NOT_SUPPORTED)
        return self._reply(self.application.process(command), command.wanted)

    def _select(self, command: Command) -> bytes:
        if command.p1 != SELECT_BY_NAME:
            raise Refused(status_words.WRONG_P1_P2)
        # An unknown AID leaves the PIV application and its security status as they are (part 2 §3.1.1).
        if not self.application.answers_to(command.data):
            raise Refused(status_words.NOT_FOUND)
        self._selected = True
        return self._reply(self.application.select(), command.wanted)

    def _get_response(self, command: Command) -> bytes:
        if command.p1 or command.p2:
            raise Refused(status_words.WRONG_P1_P2)
        if not self._answer.pending:
            raise Refused(status_words.CONDITIONS_NOT_SATISFIED)
        return self._answer.take(command.wanted)

    def _reply(self, data: bytes, wanted: int) -> bytes:
        self._answer = Answer(data)
        return self._answer.take(wanted)
