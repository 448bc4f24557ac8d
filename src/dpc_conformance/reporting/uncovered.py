"""What of a run's scope the suite itself cannot test: said in every report, since silence is no pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpc_conformance.catalogue.not_covered import not_covered
from dpc_conformance.catalogue.verdicts import Verdict

if TYPE_CHECKING:
    from dpc_conformance.reporting.statement import RequirementVerdict

EXCUSED = (Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE)


@dataclass(frozen=True)
class NotCoveredHere:
    """Requirements of the scope for which the suite has no scenario; `excuse` is why none of them decides anyway."""

    title: str
    reason: str
    requirements: tuple[str, ...]
    excuse: str = ""


def not_covered_here(verdicts: "Sequence[RequirementVerdict]") -> tuple[NotCoveredHere, ...]:
    """The groups of the suite's list, with those of their requirements that have a verdict and no evaluation."""
    found = []
    for group in not_covered():
        unseen = [each for each in verdicts if each.requirement.id in group.requirements and not each.evaluations]
        if unseen:
            names = tuple(each.requirement.id for each in unseen)
            found.append(NotCoveredHere(group.title, group.reason, names, _excuse(unseen)))
    return tuple(found)


def _excuse(verdicts: "Sequence[RequirementVerdict]") -> str:
    """Why no run could be held against the product for these; empty when it can be for one of them."""
    if any(each.ground.verdict not in EXCUSED for each in verdicts):
        return ""
    return verdicts[0].ground.sentence
