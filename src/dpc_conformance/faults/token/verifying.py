"""Seeded defects of VERIFY."""

from dataclasses import replace

from dpc_conformance.faults.token.declaring import replace_secret, token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.commands import LOG_OUT, Handler
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.secret_format import padded
from dpc_conformance.reference.card.wire import Command, Refused
from dpc_conformance.reference.token.virtual_token import VirtualToken


class NeverRefilled(Pin):
    """A right secret does not bring the tries back."""

    def compare(self, block: bytes) -> None:
        """Compare, and keep the counter where it was."""
        before = self.attempts_left
        super().compare(block)
        self.attempts_left = before


@token_fault("right activation secret does not refill its counter", {"DPC-APDU-VERIFY-01"})
def never_refilled(token: VirtualToken) -> None:
    replace_secret(token, NeverRefilled)


class SurvivesFailure(Pin):
    """A wrong secret counts down and leaves the status of an earlier right one."""

    def verify(self, block: bytes) -> None:
        """Compare, and stay verified."""
        before = self.verified
        try:
            super().verify(block)
        finally:
            self.verified |= before and self.attempts_left > 0


@token_fault("wrong activation secret leaves the cardholder verified", {"DPC-APDU-VERIFY-02", "DPC-APDU-VERIFY-08"})
def survives_failure(token: VirtualToken) -> None:
    replace_secret(token, SurvivesFailure)


class CountsQuestions(Pin):
    """Whoever asks three times how many tries are left, and never tries, spends one."""

    asked: int = 0

    def query(self) -> None:
        """Tell, and at the third time count down."""
        self.asked += 1
        if not self.verified and self.asked % 3 == 0 and self.attempts_left > 1:
            self.attempts_left -= 1
        super().query()

    def verify(self, block: bytes) -> None:
        """Compare, and forget the questions."""
        self.asked = 0
        super().verify(block)


@token_fault("asking again how many tries are left spends one", {"DPC-APDU-VERIFY-03"})
def counts_questions(token: VirtualToken) -> None:
    replace_secret(token, CountsQuestions)


@token_fault("token does not know how to log out", {"DPC-APDU-VERIFY-04"})
def no_log_out(token: VirtualToken) -> None:
    def refuse(application: PivApplication, command: Command, before: Handler) -> bytes:
        if command.p1 == LOG_OUT:
            raise Refused(status_words.WRONG_P1_P2)
        return before(application, command)

    wrap_handler(token, containers.VERIFY, refuse)


@token_fault("token verifies whatever P1 says", {"DPC-APDU-VERIFY-05"})
def any_p1(token: VirtualToken) -> None:
    def accept(application: PivApplication, command: Command, before: Handler) -> bytes:
        return before(application, command if command.p1 == LOG_OUT else replace(command, p1=0))

    wrap_handler(token, containers.VERIFY, accept)


@token_fault("VERIFY of a key reference that there is not says 6A82", {"DPC-APDU-VERIFY-06"})
def not_found(token: VirtualToken) -> None:
    def other_word(application: PivApplication, command: Command, before: Handler) -> bytes:
        if command.p2 >= containers.PIV_AUTHENTICATION_KEY:
            raise Refused(status_words.NOT_FOUND)
        return before(application, command)

    wrap_handler(token, containers.VERIFY, other_word)


class HalfPrice(Pin):
    """Of two wrong secrets one costs nothing."""

    free: bool = False

    def compare(self, block: bytes) -> None:
        """Compare, and give every second try back."""
        before, self.free = (self.attempts_left if self.free else None), not self.free
        try:
            super().compare(block)
            self.free = False
        except Refused:
            if before is None:
                raise
            self.attempts_left = before
            raise Refused(status_words.ATTEMPTS_LEFT | before) from None


NOT_BLOCKED = "so many wrong secrets do not block it"


@token_fault(
    "every second wrong activation secret costs nothing",
    {"DPC-APDU-VERIFY-02", "DPC-APDU-VERIFY-03", "DPC-APDU-VERIFY-07"},
    breaks={
        "A blocked secret cannot be changed": NOT_BLOCKED,
        "A blocked secret gets a new value and all its tries": NOT_BLOCKED,
        "A new secret of five digits is refused, and all counters stay": NOT_BLOCKED,
    },
)
def half_price(token: VirtualToken) -> None:
    replace_secret(token, HalfPrice)


class OneTooMany(Pin):
    """Compares once more at zero, unless something else was tried before."""

    last_chance: bool = True

    def verify(self, block: bytes) -> None:
        """Accept the right secret at zero."""
        if self.attempts_left == 0 and self.last_chance and block == padded(self.secret):
            self.attempts_left = self.limit
        self.last_chance = self.attempts_left > 0
        super().verify(block)

    def check_counter(self) -> None:
        """Where the secret is not verified but changed, zero is zero."""
        try:
            super().check_counter()
        finally:
            self.last_chance &= self.attempts_left > 0 or self.verified

    def check_format(self, block: bytes) -> None:
        """The same where it is reset."""
        self.last_chance &= self.attempts_left > 0
        super().check_format(block)


@token_fault("right activation secret is accepted once more when it is blocked", {"DPC-APDU-VERIFY-07"})
def one_too_many(token: VirtualToken) -> None:
    replace_secret(token, OneTooMany)


class MalformedCounts(Pin):
    """Says 6A80 to a malformed secret, and counts it."""

    def verify(self, block: bytes) -> None:
        """Count down before refusing."""
        if len(block) == len(padded(self.secret)) and not self.format.admits(block):
            self.attempts_left = max(self.attempts_left - 1, 0)
        super().verify(block)


@token_fault("malformed activation secret is refused with 6A80 and counted", {"DPC-APDU-VERIFY-08"})
def malformed_counts(token: VirtualToken) -> None:
    replace_secret(token, MalformedCounts)


@token_fault("activation secret has fifteen tries", {"DPC-APDU-VERIFY-09"})
def fifteen_tries(token: VirtualToken) -> None:
    secret = token.application.pins.by_reference[containers.APPLICATION_PIN]
    secret.limit = secret.attempts_left = 15


@token_fault("activation secret can be tried without contacts", {"DPC-APDU-VERIFY-10"})
def contactless(token: VirtualToken) -> None:
    del token.application.access.refused_contactless[containers.VERIFY]


class Unpadded(Pin):
    """Pads what comes too short."""

    def verify(self, block: bytes) -> None:
        """Compare the secret with or without its padding."""
        super().verify(padded(block))


@token_fault("activation secret is accepted without its padding", {"DPC-APDU-VERIFY-13"})
def unpadded(token: VirtualToken) -> None:
    replace_secret(token, Unpadded)
