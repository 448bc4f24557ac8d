"""Commands to a card and their answers: command chaining, GET RESPONSE, the right Le, one record for each."""

from dataclasses import replace

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import REDACTED, Recorder
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.apdu import SHORT_ANSWER, SHORT_DATA, CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.roles.card import Card

CHAINED = 0x10
BIOMETRIC = frozenset(each.tag for each in containers.BIOMETRICS)
MOST_PARTS = 512
"""A card that never stops saying 61xx is cut off here; the largest container needs fifty parts."""


class CardError(Exception):
    """The card refused a command. `command` is its name, `status` the status word (0 for an answer without sense)."""

    def __init__(self, command: str, status: int, detail: str = "") -> None:
        super().__init__(f"{command}: {detail or f'{status:04X} {status_words.meaning(status)}'}")
        self.command, self.status = command, status


class CardEdge:
    """Sends commands to a card and keeps the transcript. CardRemoved from the card passes through."""

    def __init__(self, card: Card, recorder: Recorder, clock: RunClock, extended_length: bool = False) -> None:
        self._card, self._recorder, self._clock = card, recorder, clock
        self._extended = extended_length
        self._biometric = False

    def send(
        self, name: str, command: CommandApdu, hide_command: bool = False, hide_answer: bool = False
    ) -> ResponseApdu:
        """Send, in parts when it does not fit, and collect the whole answer. Raises CardError when it is no answer.

        What is hidden, data of the command or of the answer, never reaches the recorder.
        """
        parts = self._parts(command)
        for number, part in enumerate(parts[:-1], start=1):
            answer = self.exchange(f"{name} (part {number} of {len(parts)})", part, hide_command, hide_answer)
            if answer.status != status_words.SUCCESS:
                return answer
        last = parts[-1]
        name = f"{name} (part {len(parts)} of {len(parts)})" if len(parts) > 1 else name
        answer = self.exchange(name, last, hide_command, hide_answer)
        if answer.status & 0xFF00 == status_words.WRONG_LE:
            available = answer.status & 0xFF or SHORT_ANSWER
            answer = self.exchange(name, replace(last, le=available), hide_command, hide_answer)
        return self._rest(name, answer, hide_answer)

    def _parts(self, command: CommandApdu) -> list[CommandApdu]:
        if self._extended and (len(command.data) > SHORT_DATA or command.ins == containers.GET_DATA):
            return [replace(command, extended=True, le=None if command.le is None else 65536)]
        pieces = [command.data[at : at + SHORT_DATA] for at in range(0, len(command.data), SHORT_DATA)] or [b""]
        chained = [replace(command, cla=command.cla | CHAINED, data=piece, le=None) for piece in pieces[:-1]]
        return [*chained, replace(command, data=pieces[-1])]

    def _rest(self, name: str, answer: ResponseApdu, hide: bool) -> ResponseApdu:
        data, parts = answer.data, 0
        while answer.status & 0xFF00 == status_words.MORE_DATA:
            wanted = answer.status & 0xFF or SHORT_ANSWER
            answer = self.exchange(
                "GET RESPONSE", CommandApdu(0, containers.GET_RESPONSE, 0, 0, le=wanted), False, hide
            )
            parts += 1
            if parts > MOST_PARTS:
                raise CardError(name, 0, "the card offers more data without end")
            data += answer.data
        return ResponseApdu(data, answer.status)

    def exchange(
        self, name: str, command: CommandApdu, hide_command: bool = False, hide_answer: bool = False
    ) -> ResponseApdu:
        """Send this one command as it is, and take its answer as it comes, in parts or not. Raises CardError.

        What a card says of a fingerprint, face or iris never reaches the recorder, guarded by a PIN or not.
        """
        if command.ins != containers.GET_RESPONSE:
            self._biometric = command.ins == containers.GET_DATA and command.data[2:] in BIOMETRIC
        hide_answer = hide_answer or self._biometric
        sent = bytes(command)
        received = self._card.transmit(sent)
        try:
            answer = ResponseApdu.from_bytes(received)
        except Malformed as problem:
            raise CardError(name, 0, str(problem)) from problem
        shown = f"{sent[:5].hex().upper()} {REDACTED}" if hide_command and command.data else sent.hex().upper()
        body = REDACTED if hide_answer and answer.data else answer.data.hex().upper()
        self._recorder.record(
            ApduExchange(
                at=self._clock.now(),
                name=name,
                command=shown,
                response=f"{body} {answer.status:04X}".strip(),
                status=answer.status,
                meaning=status_words.meaning(answer.status),
            )
        )
        return answer
