"""The other application on the token: it knows the Global PIN of the platform and nothing of PIV."""

from dataclasses import dataclass

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import Event
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.wire import Command, Refused, tlv

OTHER_AID = bytes.fromhex("A000000151000000")
FILE_CONTROL_INFORMATION, APPLICATION_NAME = b"\x6f", b"\x84"


@dataclass
class OtherApplication:
    """Answers SELECT, and VERIFY of the Global PIN (key reference 00)."""

    global_pin: Pin
    aid: bytes = OTHER_AID

    def answers_to(self, aid: bytes) -> bool:
        """Whether a SELECT with that AID means this application."""
        return aid == self.aid

    def select(self) -> bytes:
        """File control information with the name of the application."""
        return tlv(FILE_CONTROL_INFORMATION, tlv(APPLICATION_NAME, self.aid))

    def process(self, command: Command) -> bytes:
        """VERIFY; raises Refused for everything else."""
        if command.ins != containers.VERIFY:
            raise Refused(status_words.INSTRUCTION_NOT_SUPPORTED)
        if command.p1:
            raise Refused(status_words.WRONG_P1_P2)
        if command.p2 != containers.GLOBAL_PIN:
            raise Refused(status_words.REFERENCE_NOT_FOUND)
        if command.data:
            self.global_pin.verify(command.data)
        else:
            self.global_pin.query()
        return b""

    def happens(self, event: Event) -> None:
        """The status of a Global PIN outlives the selection of another application, not the loss of power."""
        if event is Event.POWER_OFF:
            self.global_pin.forget()
