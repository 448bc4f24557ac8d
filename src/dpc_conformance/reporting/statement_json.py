"""The statement as JSON, in an order that depends on nothing but the run, so that two runs can be compared.

`looked_at` leads from a requirement to its evidence: the file of the scenario, and in it the lines up to `evidence`.
"""

import json
from typing import Any

from dpc_conformance.catalogue.verdicts import Ground
from dpc_conformance.catalogue.waivers import WaiverState
from dpc_conformance.evidence.folder import file_name
from dpc_conformance.reporting.gathered import ScenarioRun
from dpc_conformance.reporting.statement import RequirementVerdict, Statement
from dpc_conformance.reporting.story import walked_steps

FORMAT = 1
"""Raised when a key changes its meaning or goes away."""


def statement_json(statement: Statement) -> str:
    """The text of `statement.json`, ending in a line end."""
    return json.dumps(_statement(statement), indent=2, ensure_ascii=False) + "\n"


def _statement(statement: Statement) -> dict[str, Any]:
    started = statement.started
    return {
        "format": FORMAT,
        "conclusion": statement.conclusion.value,
        "complete": not statement.missing,
        "exit_code": int(statement.exit_code),
        "missing": list(statement.missing),
        "broke": statement.broke,
        "interrupted": statement.interrupted,
        "target": started.target,
        "target_file": started.target_file,
        "product": started.product,
        "suite_version": started.suite_version,
        "suite_sha256": started.suite_hash,
        "catalogue_sha256": started.catalogue_hash,
        "environment": started.environment,
        "machine_clock": started.machine_clock.isoformat() if started.machine_clock else None,
        "differences": list(statement.differences),
        "edition": statement.edition.value,
        "judged_by": statement.edition.heading,
        "scope": {"name": started.scope, "title": statement.scope_title},
        "clock": started.clock.isoformat(),
        "seed": started.seed,
        "reproducible": started.reproducible,
        "selection": started.selection,
        "faults": started.faults,
        "allowed_to_change": started.allowed,
        "roles": started.roles,
        "claims": started.claims,
        "conflicts": started.conflicts,
        "counts": {verdict.value: count for verdict, count in statement.counts.items()},
        "requirements": [_requirement(each) for each in statement.verdicts],
        "seen_outside_the_scope": [_requirement(each) for each in statement.outside],
        "not_assessed": statement.not_assessed,
        "not_covered": [vars(each) for each in statement.not_covered],
        "waivers": [_waiver(each) for each in statement.waivers],
        "story": [vars(step) for step in walked_steps(statement.scenarios, statement.left_out)],
        "scenarios": [_scenario(each) for each in sorted(statement.scenarios, key=lambda run: run.id)],
    }


def _requirement(verdict: RequirementVerdict) -> dict[str, Any]:
    requirement = verdict.requirement
    return {
        "id": requirement.id,
        "level": requirement.level.value,
        "judged_at": verdict.level.value,
        "source": requirement.source,
        "mark": requirement.verification.value,
        **_ground(verdict.ground),
        "waived": verdict.waived,
        "evaluations": verdict.evaluations,
        "seen": _ground(verdict.seen) if verdict.seen else None,
        "looked_at": [
            {
                "scenario": each.scenario,
                "result": each.result,
                "aspect": each.aspect,
                "object": each.object,
                "evidence": each.evidence,
            }
            for each in sorted(verdict.made, key=lambda made: made.scenario)
        ],
        "findings": [
            {
                "result": each.result,
                "aspect": each.aspect,
                "where": each.where,
                "expected": each.expected,
                "actual": each.actual,
                "scenario": each.scenario,
                "step": each.step,
            }
            for each in verdict.findings
        ],
    }


def _waiver(state: WaiverState) -> dict[str, Any]:
    return {**state.waiver.model_dump(mode="json"), "state": state.state.value, "sentence": state.sentence}


def _ground(ground: Ground) -> dict[str, str]:
    return {
        "verdict": ground.verdict.value,
        "reason": ground.code.value,
        "sentence": ground.sentence,
        "scenario": ground.scenario,
        "step": ground.step,
    }


def _scenario(run: ScenarioRun) -> dict[str, Any]:
    started = run.started
    return {
        "id": started.scenario,
        "name": started.name,
        "feature": started.feature,
        "file": started.file,
        "line": started.line,
        "tags": list(started.tags),
        "outcome": str(run.outcome),
        "evidence": f"evidence/scenarios/{file_name(run.id)}",
        "broken_step": run.broken_step,
        "message": run.message,
    }
