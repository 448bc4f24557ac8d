"""The codes of a device authorization: a short one that people type, a long one that the device keeps."""

from base64 import urlsafe_b64encode

from dpc_conformance.entropy import Entropy

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so no words (RFC 8628 §6.1); eight of them carry 34.5 bits."""


class Codes:
    """Makes codes that nobody can guess."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy

    def user_code(self) -> str:
        """Reads like WDJB-MJHT."""
        letters = "".join(LETTERS[self._entropy.below(len(LETTERS))] for _ in range(8))
        return f"{letters[:4]}-{letters[4:]}"

    def device_code(self) -> str:
        """256 bits, base64url."""
        return urlsafe_b64encode(self._entropy.bytes(32)).rstrip(b"=").decode()

    def access_token(self) -> str:
        """256 bits, base64url."""
        return self.device_code()


def as_typed(code: str) -> str:
    """A user code the way it was made, however it was typed: case, spaces and hyphens do not matter (RFC 8628 §6.1)."""
    letters = "".join(letter for letter in code.upper() if letter in LETTERS)
    return f"{letters[:4]}-{letters[4:]}"
