"""The rules of one profile in one of its versions, what they are told, and counts of what they answer."""

from collections import Counter
from collections.abc import Iterable

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, Outcome
from dpc_conformance.checks.profiles.profile import Profile


class Bench:
    """`rules` are numbered by their place in the profile, which stands for their id while certificates are judged."""

    __slots__ = ("_failed", "_inapplicable", "_unknown", "context", "profile", "rules")

    def __init__(self, profile: Profile, context: CertificateContext) -> None:
        self.profile = profile
        self.context = context
        self.rules = tuple(enumerate(profile.checks))
        self._failed = [0] * len(self.rules)
        self._unknown = [0] * len(self.rules)
        self._inapplicable = [0] * len(self.rules)

    def count(
        self, answers: Iterable[tuple[int, Answer]], times: int, findings: tuple[Finding, ...] = ()
    ) -> tuple[Finding, ...]:
        """Count answers of so many certificates that do not hold; returns the findings among them after `findings`."""
        for place, answer in answers:
            kind = type(answer)
            if kind is DoesNotApply:
                self._inapplicable[place] += times
            elif kind is CannotTell:
                self._unknown[place] += times
            elif isinstance(answer, Finding):
                self._failed[place] += times
                findings = (*findings, answer.of(self.profile.requirements[place]))
        return findings

    def counts(self) -> Counter[tuple[str, str, Outcome]]:
        """How many certificates had each outcome but that of holding, by profile and requirement."""
        kinds = (
            (Outcome.FAILS, self._failed),
            (Outcome.CANNOT_TELL, self._unknown),
            (Outcome.DOES_NOT_APPLY, self._inapplicable),
        )
        return Counter(
            {
                (self.profile.name, self.profile.requirements[place], outcome): number
                for outcome, numbers in kinds
                for place, number in enumerate(numbers)
                if number
            }
        )
