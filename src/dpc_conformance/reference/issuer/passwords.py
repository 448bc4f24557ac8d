"""Passwords that go with authenticators that are only touched (SP 800-63B-4 §3.1.1): salted, stretched, never kept."""

import hashlib
import hmac

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

LEAST_CHARACTERS = 8
COST, BLOCK, LANES = 2**10, 8, 1
"""Parameters of scrypt (RFC 7914), kept modest because tests verify often."""


class Passwords:
    """Makes and compares digests; the text of a password goes no further."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy

    def usable(self, password: str) -> Refusal | None:
        """Refused when it is too short for a second factor."""
        if len(password) < LEAST_CHARACTERS:
            return Refusal(Reason.SECOND_FACTOR, f"the password has fewer than {LEAST_CHARACTERS} characters")
        return None

    def digest(self, password: str) -> str:
        """What is kept of it."""
        salt = self._entropy.bytes(16)
        return f"{salt.hex()}:{_stretched(password, salt).hex()}"

    def matches(self, password: str, kept: str) -> bool:
        """Whether it is the one of which that was kept."""
        salt, _, wanted = kept.partition(":")
        return hmac.compare_digest(_stretched(password, bytes.fromhex(salt)).hex(), wanted)


def _stretched(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=LANES)
