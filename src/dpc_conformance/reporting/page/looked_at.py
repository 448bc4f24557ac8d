"""Requirement by scenario: which scenarios looked at a requirement, what each saw, and where the evidence is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dpc_conformance.catalogue.grounds import ENDS
from dpc_conformance.catalogue.verdicts import WORST_FIRST, Verdict
from dpc_conformance.evidence.folder import file_name
from dpc_conformance.reporting.gathered import ScenarioRun
from dpc_conformance.reporting.statement import RequirementVerdict


@dataclass(frozen=True)
class Look:
    """One scenario's look at a requirement; `scenario` is its node id.

    `line` is the last line of evidence that it was judged by, 0: none.
    """

    scenario: str
    name: str
    place: str
    verdict: Verdict
    evaluations: int
    file: str
    line: int


def looks_at(verdict: RequirementVerdict, runs: Mapping[str, ScenarioRun]) -> list[Look]:
    """The scenarios that evaluated the requirement, or set out to and did not come so far; `runs` are by node id."""
    made = {each.scenario for each in verdict.made}
    tagged = [run.id for run in runs.values() if verdict.requirement.id in run.started.tags]
    return [_look(runs[each], verdict) for each in dict.fromkeys((*tagged, *made)) if each in runs]


def evidence_of(verdict: RequirementVerdict, runs: Mapping[str, ScenarioRun]) -> Look | None:
    """The look that decided, where evidence of it was kept."""
    found = (look for look in looks_at(verdict, runs) if look.line and look.scenario == verdict.ground.scenario)
    return next(found, None)


def by_id(scenarios: Iterable[ScenarioRun]) -> dict[str, ScenarioRun]:
    """The scenarios by node id."""
    return {run.id: run for run in scenarios}


def _look(run: ScenarioRun, verdict: RequirementVerdict) -> Look:
    mine = [each for each in verdict.made if each.scenario == run.id]
    seen = {Verdict(each.result) for each in mine}
    if run.outcome in ENDS and verdict.requirement.id in run.started.tags:
        seen.add(ENDS[run.outcome][0])
    worst = next((each for each in WORST_FIRST if each in seen), Verdict.INCONCLUSIVE)
    line = max((each.evidence for each in mine), default=0)
    place = f"{run.started.file}:{run.started.line}"
    return Look(run.id, run.started.name, place, worst, len(mine), file_name(run.id) if line else "", line)
