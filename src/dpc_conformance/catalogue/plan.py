"""The plan of a run: which requirements are in scope, effective and applicable, and how strictly each is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dpc_conformance.catalogue.answers import is_answered_by, looked_at
from dpc_conformance.catalogue.claims import Claims, not_applicable
from dpc_conformance.catalogue.conflicts import judged_level
from dpc_conformance.catalogue.editions import Edition, not_effective
from dpc_conformance.catalogue.expected import not_seen
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.scope import Scope
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict
from dpc_conformance.catalogue.vocabulary import Level


@dataclass(frozen=True)
class Plan:
    """What a run sets out to assess. `today` is the day of the run's clock; `options` settle the sources' conflicts.

    `products` are the roles, or parts of roles, that a product plays; where it plays none, the reference is assessed.
    `persons` are the roles that a person plays.
    """

    scope: Scope
    edition: Edition
    claims: Claims
    options: Mapping[str, str]
    today: date
    products: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()

    def covers(self, requirement: Requirement) -> bool:
        """Whether the requirement is in the scope and one for the product; what is not is "not assessed"."""
        return requirement.id in self.scope.requirements and self.is_for_product(requirement.id)

    def is_for_product(self, requirement: str) -> bool:
        """Whether a product plays one of the roles that answer for it."""
        return not self.products or is_answered_by(requirement, self.products)

    def speaks_of_product(self, requirement: str, scenario: str) -> bool:
        """Whether a scenario (its node id) shows what the product, and not the reference, makes of a requirement.

        What the reference does says nothing about a product; of what no product answers for, everything is shown.
        """
        if not self.products or not self.is_for_product(requirement):
            return True
        return not self.products.isdisjoint(looked_at(requirement, scenario.partition("::")[0]))

    def after_claims(self, requirement: Requirement, ground: Ground) -> Ground:
        """A ground that says "nothing of the kind was there" settles nothing about what the product claims to have."""
        missing = not_seen(requirement.id, self.claims) if ground.code is Code.CONDITION_NOT_MET else None
        return Ground(Verdict.INCONCLUSIVE, Code.CLAIMED_NOT_SEEN, missing) if missing else ground

    def excuse(self, requirement: Requirement) -> Ground | None:
        """Why the requirement needs no verdict from the run (by edition, date or claims); None when it needs one."""
        by_edition = not_effective(requirement, self.edition, self.today)
        if by_edition:
            return Ground(Verdict.NOT_EFFECTIVE, Code(by_edition.code), by_edition.sentence)
        by_claims = not_applicable(requirement.id, self.claims)
        return Ground(Verdict.NOT_APPLICABLE, Code.CLAIMS, by_claims) if by_claims else None

    def level(self, requirement: Requirement) -> Level:
        """The level at which the requirement is judged."""
        return judged_level(requirement, self.options)
