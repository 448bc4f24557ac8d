"""The run's randomness: from a seed while every role is the reference, from the operating system otherwise."""

import hashlib
import secrets
import threading
import uuid
from typing import Protocol


class Entropy(Protocol):
    """Where names, serials, UUIDs, keys, nonces and secrets of a run come from."""

    def bytes(self, count: int) -> bytes:
        """`count` random bytes."""

    def below(self, limit: int) -> int:
        """A random integer in [0, limit)."""

    def branch(self, label: str) -> "Entropy":
        """An independent source for one role or scenario, so that the order of events elsewhere does not matter."""


class SeededEntropy:
    """Reproducible: the same seed and the same calls give the same bytes (SHA-256 in counter mode)."""

    def __init__(self, seed: str) -> None:
        self._key = hashlib.sha256(seed.encode()).digest()
        self._counter = 0
        self._lock = threading.Lock()

    def bytes(self, count: int) -> bytes:
        blocks = b""
        while len(blocks) < count:
            with self._lock:
                self._counter += 1
                block = self._counter
            blocks += hashlib.sha256(self._key + block.to_bytes(8, "big")).digest()
        return blocks[:count]

    def below(self, limit: int) -> int:
        return int.from_bytes(self.bytes((limit.bit_length() + 7) // 8 + 8), "big") % limit

    def branch(self, label: str) -> "SeededEntropy":
        return SeededEntropy(f"{self._key.hex()}/{label}")


class SystemEntropy:
    """Not reproducible: for runs in which a role is a real product."""

    def bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)

    def below(self, limit: int) -> int:
        return secrets.randbelow(limit)

    def branch(self, label: str) -> "SystemEntropy":  # noqa: ARG002  every branch of it is as random as it
        return self


def random_uuid(entropy: Entropy) -> uuid.UUID:
    """A version 4 UUID (RFC 4122 §4.4)."""
    return uuid.UUID(bytes=entropy.bytes(16), version=4)
