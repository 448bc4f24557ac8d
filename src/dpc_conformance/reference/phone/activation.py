"""The activation secret: what may be chosen (SP 800-157 §3.4: at least six characters, not easily guessed)."""

from collections.abc import Iterable

LEAST_CHARACTERS = 6
COMMON = frozenset({"abc123", "iloveyou", "letmein", "password", "passw0rd", "qwerty", "qwertz", "welcome"})


class SecretNotAllowed(Exception):
    """The chosen secret breaks a rule; the message tells which, and does not repeat the secret."""


class SecretRules:
    """Rules for new activation secrets. `least` counts characters."""

    def __init__(self, least: int = LEAST_CHARACTERS) -> None:
        self.least = least

    def check(self, secret: str, passcode: str, names: Iterable[str]) -> None:
        """Raises SecretNotAllowed. `passcode` unlocks the phone, `names` are parts of the person's names."""
        folded = secret.casefold()
        if len(secret) < self.least:
            raise SecretNotAllowed(f"Use at least {self.least} characters.")
        if secret == passcode:
            raise SecretNotAllowed("Use something else than the passcode that unlocks this device.")
        if is_repetition(folded) or is_sequence(folded) or folded in COMMON:
            raise SecretNotAllowed("This is too easy to guess.")
        if any(part in folded for part in name_parts(names)):
            raise SecretNotAllowed("Do not use parts of your name.")


def is_repetition(text: str) -> bool:
    """Whether it is one to three characters over and over, like 111111 or 121212; the last round may be cut."""
    return any(all(text[at] == text[at % length] for at in range(len(text))) for length in (1, 2, 3))


def is_sequence(text: str) -> bool:
    """Whether the characters follow each other up or down throughout, like 123456, 987654 or abcdef."""
    steps = {ord(after) - ord(before) for before, after in zip(text, text[1:], strict=False)}
    digits_around = text in "12345678901234567890" or text in "09876543210987654321"
    return steps in ({1}, {-1}) or digits_around


def name_parts(names: Iterable[str]) -> set[str]:
    """The words of three letters and more in names, addresses and account names, folded."""
    words = (word for name in names for word in name.casefold().replace("@", " ").replace(".", " ").split())
    return {word for word in words if len(word) >= 3}
