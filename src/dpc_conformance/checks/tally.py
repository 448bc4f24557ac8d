"""Counts of what a population of certificates came to, per profile and requirement."""

from collections import Counter
from dataclasses import dataclass, field

from dpc_conformance.checks.finding import Outcome


@dataclass(slots=True)
class Tally:
    """`judged` counts certificates per name of profile, `answers` those for which a requirement does not hold.

    What holds is the rest: it is not counted one by one. `authorities` are certificates of CAs, which no profile is
    about.
    """

    unreadable: int = 0
    authorities: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, str, Outcome]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many certificates were counted."""
        return self.unreadable + self.authorities + sum(self.judged.values())

    def merge(self, other: "Tally") -> None:
        """Add the counts of another population."""
        self.unreadable += other.unreadable
        self.authorities += other.authorities
        self.judged.update(other.judged)
        self.answers.update(other.answers)
