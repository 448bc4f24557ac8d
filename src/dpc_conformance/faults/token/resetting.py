"""Seeded defects of RESET RETRY COUNTER."""

from dpc_conformance.faults.token.declaring import (
    replace_secret,
    replace_unblocking_key,
    token_fault,
)
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.secret_format import DIGITS, padded
from dpc_conformance.reference.card.wire import Refused
from dpc_conformance.reference.token.virtual_token import VirtualToken


class OneTry(Pin):
    """Takes the new secret, and gives it one try when it had none."""

    def replace(self, new: bytes) -> None:
        """Take it."""
        self.secret, self.attempts_left = new, self.attempts_left or 1


@token_fault("RESET RETRY COUNTER does not restore the counter", {"DPC-APDU-RRC-01"})
def one_try(token: VirtualToken) -> None:
    replace_secret(token, OneTry)


class KeepsOld(Pin):
    """Takes a new secret by RESET RETRY COUNTER, and goes on accepting the one before."""

    former: bytes = b""

    def replace(self, new: bytes) -> None:
        """Replace, and remember what was before."""
        self.former = padded(self.secret)
        super().replace(new)

    def verify(self, block: bytes) -> None:
        """Compare with both."""
        super().verify(padded(self.secret) if self.former and block == self.former else block)


@token_fault("former activation secret goes on working after RESET RETRY COUNTER", {"DPC-APDU-RRC-01"})
def keeps_old(token: VirtualToken) -> None:
    replace_secret(token, KeepsOld)


class PadsByReset(Pin):
    """Pads a new secret that comes too short by RESET RETRY COUNTER."""

    def check_format(self, block: bytes) -> None:
        """As if it were padded."""
        super().check_format(padded(block))

    def replace(self, new: bytes) -> None:
        """Take it padded."""
        super().replace(padded(new))

    def verify(self, block: bytes) -> None:
        """Only what is reset is padded."""
        Pin.check_format(self, block)
        super().verify(block)

    def change(self, old: bytes, new: bytes) -> None:
        """The same."""
        self.check_counter()
        Pin.check_format(self, new)
        super().change(old, new)


@token_fault("RESET RETRY COUNTER takes a new secret without its padding", {"DPC-ACT-LEN-03"})
def pads_by_reset(token: VirtualToken) -> None:
    replace_secret(token, PadsByReset)


class VerifiedByReset(Pin):
    """Takes whoever unblocks for the cardholder."""

    def replace(self, new: bytes) -> None:
        """Take the new secret as verified."""
        super().replace(new)
        self.verified = True


@token_fault("RESET RETRY COUNTER verifies the cardholder", {"DPC-APDU-RRC-02"})
def verified_by_reset(token: VirtualToken) -> None:
    replace_secret(token, VerifiedByReset)


class Unlimited(Pin):
    """An unblocking key that is never blocked."""

    def check_counter(self) -> None:
        """At zero begin again."""
        self.attempts_left = self.attempts_left or self.limit


@token_fault("unblocking key can be tried for ever", {"DPC-APDU-RRC-03"})
def unlimited(token: VirtualToken) -> None:
    replace_unblocking_key(token, Unlimited)


class AnySecretByReset(Pin):
    """Checks the form of a new secret when it is changed, not when it is reset."""

    def check_format(self, block: bytes) -> None:
        """Only what is compared or changed has to be well formed."""
        if self.attempts_left:
            super().check_format(block)


@token_fault("RESET RETRY COUNTER takes a malformed activation secret", {"DPC-APDU-RRC-04"})
def any_secret_by_reset(token: VirtualToken) -> None:
    replace_secret(token, AnySecretByReset)


@token_fault("activation secret can be reset without contacts", {"DPC-APDU-RRC-05"})
def contactless(token: VirtualToken) -> None:
    del token.application.access.refused_contactless[containers.RESET_RETRY_COUNTER]


class DigitsOnly(Pin):
    """Wants digits in a new unblocking key."""

    def change(self, old: bytes, new: bytes) -> None:
        """What it is now may be anything, what it becomes may not."""
        if not DIGITS.admits(new):
            raise Refused(status_words.WRONG_DATA)
        super().change(old, new)


@token_fault("unblocking key may only have digits", {"DPC-APDU-RRC-06"})
def digits_only(token: VirtualToken) -> None:
    replace_unblocking_key(token, DigitsOnly)
