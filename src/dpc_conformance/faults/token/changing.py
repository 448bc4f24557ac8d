"""Seeded defects of CHANGE REFERENCE DATA."""

from dpc_conformance.faults.token.declaring import replace_secret, token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.secret_format import (
    ALPHANUMERIC,
    BLOCK,
    PADDING,
    SHORTEST,
    PaddedText,
    padded,
)
from dpc_conformance.reference.card.wire import Command, Refused
from dpc_conformance.reference.token.virtual_token import VirtualToken


class KeepsOld(Pin):
    """Takes a new secret, and goes on accepting the one before."""

    former: bytes = b""

    def change(self, old: bytes, new: bytes) -> None:
        """Change, and remember what was before."""
        super().change(old, new)
        self.former = old

    def verify(self, block: bytes) -> None:
        """Compare with both."""
        super().verify(padded(self.secret) if self.former and block == self.former else block)


@token_fault("former activation secret goes on working", {"DPC-APDU-CRD-01"})
def keeps_old(token: VirtualToken) -> None:
    replace_secret(token, KeepsOld)


class FiveAreEnough(Pin):
    """Takes a new secret of five characters."""

    def change(self, old: bytes, new: bytes) -> None:
        """Compare the old one, and take the new one although it is short."""
        if len(new.rstrip(PADDING)) != SHORTEST - 1 or len(new) != BLOCK:
            super().change(old, new)
        else:
            self.check_counter()
            self.compare(old)
            self.secret, self.verified = new, True


@token_fault("a new activation secret may have five characters", {"DPC-APDU-CRD-02", "DPC-ACT-LEN-03"})
def five_are_enough(token: VirtualToken) -> None:
    replace_secret(token, FiveAreEnough)


class PaddingInside:
    """A secret may have FF in the middle."""

    def admits(self, block: bytes) -> bool:
        """Whether what stands around FF would do."""
        return ALPHANUMERIC.admits(block.replace(PADDING, b"0", 1) if block[-1:] != PADDING else block)


@token_fault("activation secret may have padding inside", {"DPC-ACT-LEN-03"})
def padding_inside(token: VirtualToken) -> None:
    token.application.pins.by_reference[containers.APPLICATION_PIN].format = PaddingInside()


@token_fault("activation secret may have an asterisk", {"DPC-ACT-CHARS-01"})
def asterisk(token: VirtualToken) -> None:
    wider = PaddedText(ALPHANUMERIC.alphabet + b"*")
    token.application.pins.by_reference[containers.APPLICATION_PIN].format = wider


@token_fault("activation secret may have what stands before the letters", {"DPC-ACT-CHARS-01"})
def beside_the_letters(token: VirtualToken) -> None:
    wider = PaddedText(ALPHANUMERIC.alphabet + b"@`")
    token.application.pins.by_reference[containers.APPLICATION_PIN].format = wider


class MalformedNewCounts(Pin):
    """A malformed new secret costs a try of the old one."""

    def change(self, old: bytes, new: bytes) -> None:
        """Count down before refusing."""
        self.check_counter()
        if not self.format.admits(new):
            self.attempts_left -= 1
        super().change(old, new)


@token_fault("a malformed new activation secret costs a try", {"DPC-APDU-CRD-02"})
def malformed_new_counts(token: VirtualToken) -> None:
    replace_secret(token, MalformedNewCounts)


class FreeGuesses(Pin):
    """A wrong old secret is only wrong data."""

    def change(self, old: bytes, new: bytes) -> None:
        """Refuse with 6A80 instead of counting."""
        self.check_counter()
        if old != padded(self.secret):
            raise Refused(status_words.WRONG_DATA)
        super().change(old, new)


@token_fault("activation secret can be guessed by changing it", {"DPC-APDU-CRD-03"})
def free_guesses(token: VirtualToken) -> None:
    replace_secret(token, FreeGuesses)


class ChangeUnblocks(Pin):
    """Changes a blocked secret for who knows it."""

    def change(self, old: bytes, new: bytes) -> None:
        """Give one try more before comparing."""
        self.attempts_left = self.attempts_left or 1
        super().change(old, new)


@token_fault("changing a blocked activation secret unblocks it", {"DPC-APDU-CRD-04"})
def change_unblocks(token: VirtualToken) -> None:
    replace_secret(token, ChangeUnblocks)


@token_fault("CHANGE REFERENCE DATA of a key reference that there is not says 6A82", {"DPC-APDU-CRD-05"})
def not_found(token: VirtualToken) -> None:
    def other_word(application: PivApplication, command: Command, before: Handler) -> bytes:
        if 0x82 <= command.p2 <= 0x95:
            raise Refused(status_words.NOT_FOUND)
        return before(application, command)

    wrap_handler(token, containers.CHANGE_REFERENCE_DATA, other_word)


@token_fault("activation secret can be changed without contacts", {"DPC-APDU-CRD-06"})
def contactless(token: VirtualToken) -> None:
    del token.application.access.refused_contactless[containers.CHANGE_REFERENCE_DATA]
