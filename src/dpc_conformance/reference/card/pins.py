"""PINs of the card: comparison, retry counters and security status (SP 800-73-5 part 2 §2.4.3, §3.2.1)."""

import hmac
from dataclasses import dataclass, field

from dpc_conformance.formats import status_words
from dpc_conformance.reference.card.wire import Refused

BLOCK = 8
PADDING = b"\xff"
ATTEMPTS = 3


@dataclass
class Pin:
    """One PIN of 6 to 8 digits. `limit` is what the retry counter returns to, at most ten."""

    digits: str = field(repr=False)
    limit: int = ATTEMPTS
    attempts_left: int = ATTEMPTS
    verified: bool = False
    fresh: bool = False
    """Verified by the very command before this one, as PIN ALWAYS asks."""

    def query(self) -> None:
        """Return when the PIN is verified; Refused with 63CX or 6983 otherwise."""
        if self.verified:
            return
        self._check_counter()
        raise Refused(status_words.ATTEMPTS_LEFT | self.attempts_left)

    def verify(self, block: bytes) -> None:
        """Compare with eight padded bytes. A badly formed block is no attempt; a blocked PIN is not compared."""
        self._check_counter()
        if not well_formed(block):
            raise Refused(status_words.WRONG_DATA)
        if not hmac.compare_digest(block, padded(self.digits)):
            self.attempts_left -= 1
            self.forget()
            raise Refused(status_words.ATTEMPTS_LEFT | self.attempts_left)
        self.attempts_left = self.limit
        self.verified = self.fresh = True

    def forget(self) -> None:
        """Log out: the counter stays."""
        self.verified = self.fresh = False

    def _check_counter(self) -> None:
        if self.attempts_left == 0:
            raise Refused(status_words.METHOD_BLOCKED)


@dataclass
class Pins:
    """The PINs of a card by key reference, 80 and where Discovery allows it 00."""

    by_reference: dict[int, Pin]

    def get(self, reference: int) -> Pin:
        """The PIN with that key reference; Refused (6A88)."""
        try:
            return self.by_reference[reference]
        except KeyError:
            raise Refused(status_words.REFERENCE_NOT_FOUND) from None

    @property
    def verified(self) -> bool:
        """Whether the cardholder is authenticated by any of them."""
        return any(pin.verified for pin in self.by_reference.values())

    @property
    def fresh(self) -> bool:
        """Whether the command before this one authenticated the cardholder."""
        return any(pin.fresh for pin in self.by_reference.values())

    def age(self) -> None:
        """A command other than the use of a key passed: PIN ALWAYS wants the PIN again."""
        for pin in self.by_reference.values():
            pin.fresh = False

    def forget(self) -> None:
        """Power was lost: nobody is authenticated; the counters stay."""
        for pin in self.by_reference.values():
            pin.forget()


def padded(digits: str) -> bytes:
    """A PIN as it travels: digits in ASCII, padded with FF to eight bytes."""
    return digits.encode("ascii").ljust(BLOCK, PADDING)


def well_formed(block: bytes) -> bool:
    """Eight bytes: six to eight digits, then only FF."""
    digits = block.rstrip(PADDING)
    return len(block) == BLOCK and len(digits) >= 6 and digits.isdigit()
