"""What a check answers: nothing to find fault with, a finding, or that it cannot or need not be judged."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

Severity = Literal["error", "warning"]
_LONGEST = 400
_MOST_BITS = 1024
"""Python refuses to write much longer numbers in decimal, and nobody would read them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from one requirement: where it stands, what was expected there, what came.

    `severity` is what the check itself says: `warning` where the text only discourages. The level of the requirement
    and how well its source was verified decide on top of it what the verdict is.
    """

    requirement: str
    severity: Severity
    where: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"{self.requirement}: {self.where}: expected {self.expected}, found {self.actual}"

    def of(self, requirement: str) -> "Finding":
        """The same finding under the id of the check that made it."""
        return replace(self, requirement=requirement)


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The evidence does not say: never a pass and never a fail."""

    reason: str


@dataclass(frozen=True, slots=True)
class DoesNotApply:
    """The requirement has a condition that this object does not meet."""

    reason: str


Answer = Finding | CannotTell | DoesNotApply | None


class Outcome(Enum):
    """How an evaluation ended."""

    HOLDS = "holds"
    FAILS = "fails"
    CANNOT_TELL = "cannot tell"
    DOES_NOT_APPLY = "does not apply"


def in_words(value: object) -> str:
    """A value as a finding shows it: octets in hexadecimal, several values one after the other, never too long."""
    if isinstance(value, bytes):
        text = value.hex()
    elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
        text = f"a number of {value.bit_length()} bits"
    elif isinstance(value, tuple | list | set | frozenset):
        parts = [in_words(one) for one in value]
        text = ", ".join(sorted(parts) if isinstance(value, set | frozenset) else parts) or "nothing"
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def missing(where: str, expected: object, actual: object = "nothing") -> Finding:
    """Something that must be there is not."""
    return Finding("", "error", where, in_words(expected), in_words(actual))


def unexpected(where: str, expected: object, actual: object) -> Finding:
    """Something is there that must not be, or is other than it must be."""
    return Finding("", "error", where, in_words(expected), in_words(actual))


def warning(where: str, expected: object, actual: object) -> Finding:
    """Something is there that the text discourages without forbidding it."""
    return Finding("", "warning", where, in_words(expected), in_words(actual))
