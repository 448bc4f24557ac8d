"""PINs of the card: comparison, change, retry counters and security status (SP 800-73-5 part 2 §2.4.3, §3.2.1-3)."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.secret_format import BLOCK, DIGITS, padded
from dpc_conformance.reference.card.wire import Refused

ATTEMPTS = 3


class SecretFormat(Protocol):
    """Tells well-formed reference data."""

    def admits(self, block: bytes) -> bool:
        """Whether those bytes can be reference data of this kind."""


@dataclass
class Pin:
    """One PIN, activation secret or unblocking key. `limit` is what the retry counter returns to, at most ten."""

    secret: str | bytes = field(repr=False)
    limit: int = ATTEMPTS
    format: SecretFormat = DIGITS
    attempts_left: int = field(init=False)
    verified: bool = False
    fresh: bool = False
    """Verified by the very command before this one, as PIN ALWAYS asks."""

    def __post_init__(self) -> None:
        self.attempts_left = self.limit

    def query(self) -> None:
        """Return when the PIN is verified; Refused with 63CX or 6983 otherwise."""
        if self.verified:
            return
        self.check_counter()
        raise Refused(status_words.ATTEMPTS_LEFT | self.attempts_left)

    def verify(self, block: bytes) -> None:
        """Compare with eight padded bytes. A badly formed block is no attempt; a blocked PIN is not compared."""
        self.check_counter()
        self.check_format(block)
        self.compare(block)
        self.verified = self.fresh = True

    def change(self, old: bytes, new: bytes) -> None:
        """Replace the secret and verify it. Both must be well formed (6A80), so that nobody learns whether `old` is."""
        self.check_counter()
        self.check_format(old)
        self.check_format(new)
        self.compare(old)
        self.secret, self.verified = new, True

    def replace(self, new: bytes) -> None:
        """Take a new secret and full attempts; who is authenticated stays as it was."""
        self.secret, self.attempts_left = new, self.limit

    def check_counter(self) -> None:
        """Refused (6983) when the PIN is blocked."""
        if self.attempts_left == 0:
            raise Refused(status_words.METHOD_BLOCKED)

    def check_format(self, block: bytes) -> None:
        """Refused (6A80) when the block cannot be such a secret."""
        if not self.format.admits(block):
            raise Refused(status_words.WRONG_DATA)

    def compare(self, block: bytes) -> None:
        """Restore the counter when the block is the secret; else count down and forget, Refused (63CX)."""
        if not hmac.compare_digest(block, padded(self.secret)):
            self.attempts_left -= 1
            self.forget()
            raise Refused(status_words.ATTEMPTS_LEFT | self.attempts_left)
        self.attempts_left = self.limit

    def forget(self) -> None:
        """Log out: the counter stays."""
        self.verified = self.fresh = False


def _every(_reference: int) -> bool:
    return True


@dataclass
class Pins:
    """The PINs of a card by key reference, 80 and where Discovery allows it 00; the unblocking key 81 beside them.

    `accepts` says whether the PIN usage policy names a PIN at this moment.
    """

    by_reference: dict[int, Pin]
    puk: Pin | None = None
    accepts: Callable[[int], bool] = _every

    def get(self, reference: int) -> Pin:
        """The PIN with that key reference; Refused (6A88)."""
        if reference not in self.by_reference or not self.accepts(reference):
            raise Refused(status_words.REFERENCE_NOT_FOUND)
        return self.by_reference[reference]

    def changeable(self, reference: int) -> Pin:
        """The PIN or unblocking key that CHANGE REFERENCE DATA means; Refused (6A88)."""
        return self.unblocking_key() if reference == containers.PUK else self.get(reference)

    def unblocking_key(self) -> Pin:
        """The unblocking key; Refused (6A88) by a card that has none."""
        if self.puk is None:
            raise Refused(status_words.REFERENCE_NOT_FOUND)
        return self.puk

    def reset(self, data: bytes) -> None:
        """Unblocking key and new PIN, eight bytes each: the PIN gets both, nobody is authenticated by it.

        Refused with 6983 and 63CX of the unblocking key's own counter, 6A80 when a part is not well formed.
        """
        puk, pin = self.unblocking_key(), self.get(containers.APPLICATION_PIN)
        key, new = data[:BLOCK], data[BLOCK:]
        puk.check_counter()
        puk.check_format(key)
        pin.check_format(new)
        puk.compare(key)
        pin.replace(new)

    @property
    def verified(self) -> bool:
        """Whether the cardholder is authenticated by any of them."""
        return any(pin.verified for pin in self._accepted())

    @property
    def fresh(self) -> bool:
        """Whether the command before this one authenticated the cardholder."""
        return any(pin.fresh for pin in self._accepted())

    def age(self) -> None:
        """A command other than the use of a key passed: PIN ALWAYS wants the PIN again."""
        for pin in self.by_reference.values():
            pin.fresh = False

    def forget(self) -> None:
        """Nobody is authenticated any more; the counters stay."""
        for pin in self.by_reference.values():
            pin.forget()

    def _accepted(self) -> list[Pin]:
        return [pin for reference, pin in self.by_reference.items() if self.accepts(reference)]
