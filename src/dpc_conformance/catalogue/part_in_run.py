"""Which scenarios have a part in a run: those that can say something about the product, in the chosen scope."""

from collections.abc import Collection

from dpc_conformance.catalogue.answers import answering_for, role_of, shown_by_objects
from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.claims import as_walked
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.stories import players_in, story_of_another, walk_of_another
from dpc_conformance.catalogue.verdicts import Code

BY_HAND = "by-hand"
"""The tag of what only somebody with a device can do."""
NOBODY = "only somebody with a device can do it, and in this run nobody has the phone in hand"


def why_left_out(plan: Plan, tags: Collection[str], file: str, catalogue: Catalogue | None = None) -> str:
    """Why a scenario of a feature file has no part in a run, in a sentence; empty where it has.

    With the reference in every role all scenarios run that can be walked with its claims, whatever they assess, but
    none that take somebody with a device.
    """
    if BY_HAND in tags and "phone" not in plan.persons:
        return NOBODY
    if (reason := walk_of_another(tags, plan.claims)) is not None:
        return reason
    known = catalogue or load_catalogue()
    requirements = [known[tag] for tag in sorted(tags) if tag in known]
    if not plan.products:
        return "" if requirements else story_of_another(tags, as_walked(plan.claims), ("issuer",)) or ""
    if not requirements:
        return _without_requirement(plan, tags)
    reasons = [why_not_assessed(plan, each, file) for each in requirements]
    return "" if "" in reasons else "; ".join(dict.fromkeys(reasons))


def why_not_assessed(plan: Plan, requirement: Requirement, file: str) -> str:
    """Why a scenario of that file would say nothing about a requirement; empty where it would."""
    if requirement.id not in plan.scope.requirements:
        return f"it assesses what is outside the scope {plan.scope.name}"
    if not plan.is_for_product(requirement.id):
        if not plan.products.isdisjoint(shown_by_objects()):
            return "no file of the product shows what it assesses"
        return f"it assesses the {players_of(requirement.id)}, which the reference plays"
    if not plan.speaks_of_product(requirement.id, file):
        return "the reference, not the product, shows here what it assesses"
    excuse = plan.excuse(requirement)
    if excuse is None or (excuse.code is Code.DRAFT and plan.edition.is_preview):
        return ""
    return f"it assesses what decides nothing: {excuse.sentence}"


def players_of(requirement: str) -> str:
    """The roles that answer for a requirement, in words."""
    return " and ".join(each.replace("_", " ") for each in sorted(set(map(role_of, answering_for(requirement)))))


def _without_requirement(plan: Plan, tags: Collection[str]) -> str:
    players = players_in(tags)
    if not players:
        return "it assesses no requirement"
    if plan.products.isdisjoint(players):
        return "no role of the product takes part in it"
    return story_of_another(tags, plan.claims, plan.products) or ""
