"""Seeded defects of what selecting an application and a reset do to the security status."""

from dpc_conformance.faults.token.declaring import token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import Event, PivApplication
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.keys import PinRule
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.card.wire import Command
from dpc_conformance.reference.token.virtual_token import VirtualToken


@token_fault("selecting the application again ends the security status", {"DPC-APP-SEL-01"})
def forgets_when_selected_again(token: VirtualToken) -> None:
    token.application.forgets_at |= {Event.SELECTED_AGAIN}


@token_fault("security status outlives another application", {"DPC-APP-SEL-02", "DPC-APDU-GA-13"})
def outlives_another_application(token: VirtualToken) -> None:
    token.application.forgets_at -= {Event.OTHER_APPLICATION_SELECTED}


class WarmReset(VirtualCard):
    """Remembers over a reset that key 9A could be used."""

    remembered: bool = False

    def reset(self) -> None:
        """Forget the rest."""
        self.remembered = self.application.pins.verified
        super().reset()


@token_fault("authentication key can still be used after a reset", {"DPC-APP-SEL-05"})
def outlives_reset(token: VirtualToken) -> None:
    card = token.card = WarmReset(token.application, token.other)

    def authenticate(application: PivApplication, command: Command, before: Handler) -> bytes:
        key = application.keys[containers.PIV_AUTHENTICATION_KEY]
        if command.p2 != containers.PIV_AUTHENTICATION_KEY or not card.remembered:
            return before(application, command)
        rule, key.rule = key.rule, PinRule.ALWAYS
        try:
            return before(application, command)
        finally:
            key.rule = rule

    wrap_handler(token, containers.GENERAL_AUTHENTICATE, authenticate)


class Mute(VirtualCard):
    """Says nothing after a reset that came when it had only been selected and asked for its tries."""

    heard: int = 0
    silent: bool = False

    def transmit(self, command: bytes, contactless: bool = False) -> bytes:
        """Answer, unless it is silent."""
        known = command[1] == containers.SELECT if self.heard == 0 else command[1:] == b"\x20\0\x80"
        self.heard = self.heard + 1 if known else 3
        return b"" if self.silent else super().transmit(command, contactless)

    def reset(self) -> None:
        """Fall silent, or wake up."""
        self.silent, self.heard = self.heard == 2, 0
        super().reset()


@token_fault("token is mute after a reset", {"DPC-APP-SEL-04"})
def mute(token: VirtualToken) -> None:
    token.card = Mute(token.application, token.other)


class Deselecting(VirtualCard):
    """Leaves the current application for one that there is not."""

    def transmit(self, command: bytes, contactless: bool = False) -> bytes:
        """Answer, and have nothing selected after an unknown AID."""
        answer = super().transmit(command, contactless)
        if command[1:3] == b"\xa4\x04" and answer == status_words.NOT_FOUND.to_bytes(2, "big"):
            (self.contactless_session if contactless else self.session).end()
        return answer


@token_fault("an unknown AID deselects the application", {"DPC-APP-SEL-03"})
def deselecting(token: VirtualToken) -> None:
    token.card = Deselecting(token.application, token.other)
