"""Which scenarios run, out of those there are: by requirement, with their controls, and by what they can say."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dpc_conformance.catalogue.part_in_run import why_left_out
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.evidence.events import SANITY_CLOSES, SANITY_OPENS
from dpc_conformance.suite.tags import CONTROL


@dataclass(frozen=True)
class Candidate:
    """A scenario that could run; `id` is anything that names it alone, `tags` are without the @."""

    id: str
    file: str
    tags: frozenset[str]


def about(
    chosen: Iterable[Candidate], known: Iterable[Candidate], requirements: Collection[str], ids: Collection[str]
) -> frozenset[str]:
    """Of the chosen ones those of these requirements or with these ids, each with the controls of its feature.

    A refusal proves nothing unless the same request without its one defect succeeds in the same run, so controls come
    from all that are `known`. Where no requirement and no id is named, all that are chosen.
    """
    every = tuple(chosen)
    if not requirements and not ids:
        return frozenset(each.id for each in every)
    named = [each for each in every if each.id in ids or not each.tags.isdisjoint(requirements)]
    features = {each.file for each in named}
    beside = [each for each in known if each.file in features and CONTROL in each.tags]
    return frozenset(each.id for each in (*named, *beside))


def without_part(candidates: Collection[Candidate], plan: Plan) -> Mapping[str, str]:
    """Those without a part in the run, each with the reason. A control has one where its feature has."""
    reasons = {each.id: _reason(each, plan) for each in candidates}
    features = {each.file for each in candidates if not reasons[each.id]}
    return {
        each.id: reasons[each.id]
        for each in candidates
        if reasons[each.id] and not (CONTROL in each.tags and each.file in features)
    }


def _reason(candidate: Candidate, plan: Plan) -> str:
    if not candidate.tags.isdisjoint((SANITY_OPENS, SANITY_CLOSES)):
        return ""
    return why_left_out(plan, candidate.tags, candidate.file)
