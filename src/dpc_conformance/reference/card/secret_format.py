"""What a PIN, an activation secret and an unblocking key look like (SP 800-73-5 part 2 §2.4.3, SP 800-157 B.2.1)."""

import string
from dataclasses import dataclass

BLOCK = 8
SHORTEST = 6
PADDING = b"\xff"


@dataclass(frozen=True)
class PaddedText:
    """Six to eight characters of an alphabet, then FF up to eight bytes."""

    alphabet: bytes

    def admits(self, block: bytes) -> bool:
        """Whether the block is one."""
        text = block.rstrip(PADDING)
        return len(block) == BLOCK and len(text) >= SHORTEST and all(each in self.alphabet for each in text)


@dataclass(frozen=True)
class AnyBytes:
    """Eight bytes of any value."""

    def admits(self, block: bytes) -> bool:
        """Whether the block is one."""
        return len(block) == BLOCK


DIGITS = PaddedText(string.digits.encode())
ALPHANUMERIC = PaddedText((string.digits + string.ascii_letters).encode())
ANY = AnyBytes()


def padded(secret: str | bytes) -> bytes:
    """A secret as it travels: text in ASCII, padded with FF to eight bytes."""
    raw = secret.encode("ascii") if isinstance(secret, str) else secret
    return raw.ljust(BLOCK, PADDING)
