"""The verdict of each requirement, from everything a journal says about it and what people decided."""

from collections import defaultdict
from collections.abc import Iterator

from dpc_conformance.catalogue.catalogue import Catalogue
from dpc_conformance.catalogue.decisions import Decisions
from dpc_conformance.catalogue.grounds import ground_of_end, ground_of_evaluation, untrusted
from dpc_conformance.catalogue.not_covered import why_not_covered
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict, worst
from dpc_conformance.catalogue.vocabulary import Level
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.reporting.gathered import Gathered, ends_of, evaluations_of


class Judgement:
    """Verdicts under one plan."""

    def __init__(
        self,
        gathered: Gathered,
        plan: Plan,
        decisions: Decisions,
    ) -> None:
        self._plan, self._decisions = plan, decisions
        self._controls, self._why_untrusted = gathered.controls, gathered.why_untrusted
        self._sanity = {run.id for run in gathered.scenarios if run.started.sanity}
        self._made: dict[str, list[EvaluationMade]] = defaultdict(list)
        for made in gathered.evaluations:
            self._made[made.requirement].append(made)
        self._evaluations = evaluations_of(gathered)
        self._ends = ends_of(gathered)

    def of(self, requirement: Requirement) -> tuple[Ground, Ground | None]:
        """The ground that decides; and, where edition, date or claims excuse the requirement, what was seen of it."""
        excuse = self._plan.excuse(requirement)
        if excuse:
            return excuse, worst(self._grounds(requirement)) if self.was_evaluated(requirement) else None
        grounds = self._grounds(requirement)
        ground = self._plan.after_claims(requirement, self._decisions.after(requirement, grounds))
        return self._decisions.settle(requirement, ground, grounds), None

    def rejections(self, requirement: Requirement) -> tuple[str, ...]:
        """What people who reviewed it and found a failure say."""
        grounds = self._grounds(requirement)
        return self._decisions.rejections(requirement, [*grounds, self._plan.after_claims(requirement, worst(grounds))])

    def questions(self, requirement: Requirement) -> dict[str, Ground]:
        """What of a requirement is left to a person, by the name under which a review answers it."""
        ground = self._plan.after_claims(requirement, worst(self._grounds(requirement)))
        asked = [] if self._plan.excuse(requirement) else [*self._grounds(requirement), ground]
        found = [each for each in asked if self._decisions.is_open(requirement, each)]
        return {self._decisions.question_of(requirement, each): each for each in found}

    def level(self, requirement: Requirement) -> Level:
        """The level at which it is judged."""
        return self._plan.level(requirement)

    def was_evaluated(self, requirement: Requirement) -> bool:
        """Whether the run made an evaluation of it."""
        return requirement.id in self._evaluations

    def evaluations_of(self, requirement: Requirement) -> list[EvaluationMade]:
        """The evaluations as they stand in the journal."""
        return [each for each in self._made.get(requirement.id, []) if self._counts(requirement, each.scenario)]

    def grounds_of_evaluations(self, requirement: Requirement) -> list[Ground]:
        """What each of `evaluations_of` says, in their order."""
        made = [each for each in self._evaluations.get(requirement.id, []) if self._counts(requirement, each.scenario)]
        level, controls = self._plan.level(requirement), self._controls
        grounds = [ground_of_evaluation(each, requirement, level, controls) for each in made]
        if self._why_untrusted:
            return [each if each.scenario in self._sanity else untrusted(each, self._why_untrusted) for each in grounds]
        return grounds

    def defects(self, catalogue: Catalogue) -> Iterator[str]:
        """Sentences about what is wrong with the suite itself, wherever it shows."""
        for requirement in catalogue:
            for ground in self._grounds(requirement):
                if ground.code is Code.SUITE_DEFECT:
                    yield f"{requirement.id}: {ground.sentence} ({ground.scenario})"
        for unknown in sorted(identifier for identifier in self._evaluations if identifier not in catalogue):
            yield f"{unknown} was evaluated and is not in the catalogue"

    def _grounds(self, requirement: Requirement) -> list[Ground]:
        grounds = self.grounds_of_evaluations(requirement)
        looked_at = {each.scenario for each in grounds}
        ends = [each for each in self._ends.get(requirement.id, []) if self._counts(requirement, each.scenario)]
        grounds += [ground for end in ends if (ground := ground_of_end(end, end.scenario in looked_at))]
        reason = None if grounds else why_not_covered(requirement.id)
        return [Ground(Verdict.INCONCLUSIVE, Code.NOT_COVERED, reason)] if reason else grounds

    def _counts(self, requirement: Requirement, scenario: str) -> bool:
        return self._plan.speaks_of_product(requirement.id, scenario)
