"""The plan of a run: which requirements are in scope, effective and applicable, and how strictly each is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dpc_conformance.catalogue.claims import Claims, not_applicable
from dpc_conformance.catalogue.conflicts import judged_level
from dpc_conformance.catalogue.editions import Edition, not_effective
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.scope import Scope
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict
from dpc_conformance.catalogue.vocabulary import Level


@dataclass(frozen=True)
class Plan:
    """What a run sets out to assess. `today` is the day of the run's clock; `options` settle the sources' conflicts."""

    scope: Scope
    edition: Edition
    claims: Claims
    options: Mapping[str, str]
    today: date

    def covers(self, requirement: Requirement) -> bool:
        """Whether the requirement is in the scope; what is not is "not assessed"."""
        return requirement.id in self.scope.requirements

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
