"""A requirement as a result of Allure: its verdict is a state, a label and a category, its evaluations are steps."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import md5
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.reporting.allure_states import LABEL, state_of
from dpc_conformance.reporting.sources import page_of
from dpc_conformance.reporting.statement import RequirementVerdict

EPIC = "Requirements"
RESULTS = {Verdict.PASS: "passed", Verdict.FAIL: "failed"}


def requirement_result(
    verdict: RequirementVerdict, made: Iterable[EvaluationMade], names: Mapping[str, str], at: int
) -> dict[str, Any]:
    """The result; `names` has the names of the scenarios by node id, `at` is in milliseconds since 1970."""
    requirement, ground = verdict.requirement, verdict.ground
    name = f"requirement {requirement.id}"
    key = md5(name.encode(), usedforsecurity=False).hexdigest()
    page = page_of(requirement.source)
    source = f"Source: {requirement.source} ({verdict.level}, {requirement.verification})"
    return {
        "uuid": str(uuid5(NAMESPACE_OID, name)),
        "name": f"{requirement.id}: {requirement.text}",
        "fullName": name,
        "testCaseId": key,
        "historyId": key,
        "status": state_of(ground),
        "statusDetails": {} if ground.verdict is Verdict.PASS else {"message": _message(verdict)},
        "description": f"{requirement.check}\n\n{source}",
        "labels": [{"name": label, "value": value} for label, value in _labels(verdict)],
        "links": [{"type": "link", "url": page, "name": requirement.source}] if page else [],
        "titlePath": [EPIC, requirement.group],
        "steps": [_step(each, names) for each in made],
        "start": at,
        "stop": at,
    }


def _message(verdict: RequirementVerdict) -> str:
    ground, waived = verdict.ground, "waived: " if verdict.waived else ""
    return f"{ground.verdict}: {waived}{ground.sentence or ground.code} ({ground.code})"


def _labels(verdict: RequirementVerdict) -> Iterator[tuple[str, str]]:
    yield "epic", EPIC
    yield "feature", verdict.requirement.group
    yield "suite", EPIC
    yield "tag", verdict.requirement.id
    yield LABEL, verdict.ground.verdict.value
    yield "reason", verdict.ground.code.value


def _step(made: EvaluationMade, names: Mapping[str, str]) -> dict[str, Any]:
    where = names.get(made.scenario, made.scenario)
    return {
        "name": f"{made.result} in \u201c{where}\u201d: {made.message}",
        "status": RESULTS.get(Verdict(made.result), "skipped"),
    }
