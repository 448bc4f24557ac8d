"""What a run would do, found out without running: how each requirement would get its verdict, by which scenarios."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.not_covered import why_not_covered
from dpc_conformance.catalogue.part_in_run import players_of
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.suite.candidates import about, without_part
from dpc_conformance.suite.consent import CardInReader, without_consent
from dpc_conformance.suite.scenario_texts import ScenarioText, UnreadableFeature, read_scenarios
from dpc_conformance.suite.selection import STORY
from dpc_conformance.target import Target


class How(StrEnum):
    """How a requirement would get its verdict, or why it would not."""

    SCENARIOS = "scenarios"
    PEOPLE = "review or attestation"
    """No scenario looks at it, and the target has a decision or a statement."""
    NOBODY = "open"
    """No scenario looks at it, and nobody has decided or stated anything yet."""
    LEFT_OUT = "left out"
    """Its scenarios are left out of this run."""
    NOT_COVERED = "not covered"
    NOT_APPLICABLE = "not applicable"
    NOT_EFFECTIVE = "not effective"
    NOT_THE_PRODUCTS = "not the product's"
    OUTSIDE = "outside the scope"


@dataclass(frozen=True)
class PlannedScenario:
    """A case of a scenario: `name` as it runs; `left_out` is why it does not, empty where it does."""

    text: ScenarioText
    name: str
    left_out: str


@dataclass(frozen=True)
class PlannedRequirement:
    """`scenarios` are the cases that would look at it; `why` is a sentence where there are none."""

    requirement: Requirement
    how: How
    why: str
    scenarios: tuple[PlannedScenario, ...]


def planned_scenarios(
    plan: Plan, requirements: Collection[str], parts: Collection[str], cards: Iterable[CardInReader]
) -> list[PlannedScenario]:
    """Every case in the parts of the story, in the order in which a run takes them. BadInput for a wrong feature."""
    try:
        texts = [each for part in parts or ("features",) for each in read_scenarios(HOME, part)]
    except UnreadableFeature as problem:
        raise BadInput(str(problem)) from None
    cases = [(text, name, one) for text in texts for name, one in zip(text.cases(), text.candidates(), strict=True)]
    candidates = [one for _, _, one in cases]
    wanted = about(candidates, candidates, requirements, ())
    reasons = without_part(candidates, plan)
    found = [
        PlannedScenario(text, name, reasons.get(one.id, "") or without_consent(cards, one.tags, text.folder))
        for text, name, one in cases
        if one.id in wanted
    ]
    return sorted(found, key=lambda each: STORY.index(each.text.folder) if each.text.folder in STORY else -1)


def planned_requirements(
    plan: Plan, target: Target, scenarios: Iterable[PlannedScenario], asked: Collection[str]
) -> list[PlannedRequirement]:
    """The requirements of the scope, or those that are asked for, in the order of the catalogue."""
    by_id: dict[str, list[PlannedScenario]] = defaultdict(list)
    for each in scenarios:
        for tag in each.text.tags:
            by_id[tag].append(each)
    people = {each.requirement for each in (*target.reviews, *target.attestations)}
    wanted = asked or plan.scope.requirements
    return [_planned(plan, each, by_id[each.id], each.id in people) for each in load_catalogue() if each.id in wanted]


def _planned(plan: Plan, requirement: Requirement, tagged: list[PlannedScenario], decided: bool) -> PlannedRequirement:
    running = tuple(
        each for each in tagged if not each.left_out and plan.speaks_of_product(requirement.id, each.text.file)
    )
    how, why = _excused(plan, requirement)
    if how is None and running:
        how, why = How.SCENARIOS, ""
    elif how is None:
        how, why = _without_scenario(requirement, tagged, decided)
    return PlannedRequirement(requirement, how, why, running if how is How.SCENARIOS else ())


def _excused(plan: Plan, requirement: Requirement) -> tuple[How | None, str]:
    if requirement.id not in plan.scope.requirements:
        return How.OUTSIDE, f"the scope is {plan.scope.name}"
    if not plan.is_for_product(requirement.id):
        return How.NOT_THE_PRODUCTS, f"it is for the {players_of(requirement.id)}, which the reference plays"
    excuse = plan.excuse(requirement)
    if excuse is None:
        return None, ""
    how = How.NOT_EFFECTIVE if excuse.verdict is Verdict.NOT_EFFECTIVE else How.NOT_APPLICABLE
    return how, excuse.sentence


def _without_scenario(requirement: Requirement, tagged: list[PlannedScenario], decided: bool) -> tuple[How, str]:
    reasons = dict.fromkeys(each.left_out for each in tagged if each.left_out)
    if decided:
        return How.PEOPLE, "the target names a decision or a statement"
    if reasons:
        return How.LEFT_OUT, "; ".join(reasons)
    not_covered = why_not_covered(requirement.id)
    if not_covered:
        return How.NOT_COVERED, not_covered
    return How.NOBODY, "no scenario looks at it: it takes a review or an attestation"
