"""One clause of the contract and how an adapter stands to it."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How an adapter stands to a clause."""

    KEPT = "kept"
    BROKEN = "BROKEN"
    LACKING = "lacking"
    """A verb that the adapter does not have, which the contract allows: what needs it is BLOCKED in a run."""
    NOT_SEEN = "not seen"
    """It takes a target with the adapter's settings to look."""


@dataclass(frozen=True)
class Clause:
    """`subject` is what was looked at, such as a verb; `sentence` says what was found."""

    subject: str
    standing: Standing
    sentence: str


def kept(subject: str, sentence: str) -> Clause:
    """A clause that the adapter keeps."""
    return Clause(subject, Standing.KEPT, sentence)


def broken(subject: str, sentence: str) -> Clause:
    """A clause that the adapter breaks."""
    return Clause(subject, Standing.BROKEN, sentence)
