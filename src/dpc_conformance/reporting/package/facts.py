"""The documents of a package about the run as a whole: what was tested, by what, under which options, to which plan."""

from collections.abc import Mapping
from typing import Any

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.conflicts import load_conflicts
from dpc_conformance.catalogue.scope import scope_named
from dpc_conformance.catalogue.verdicts import Code, Verdict
from dpc_conformance.reporting.package.manifest import FORMAT
from dpc_conformance.reporting.statement import RequirementVerdict, Statement


def about(statement: Statement, drawn_with: Mapping[str, str], personal_data: Mapping[str, Any]) -> dict[str, Any]:
    """Product, operator, date, suite, environment, options and interpretations.

    `drawn_with` are version and hashes of the suite that made the package, `personal_data` is what it holds of persons.
    """
    started = statement.started
    conflicts = load_conflicts()
    return {
        "format": FORMAT,
        "product": {"name": started.target, **started.product},
        "date": (started.machine_clock or started.at).isoformat(),
        "conclusion": statement.conclusion.value,
        "exit_code": int(statement.exit_code),
        "suite": {
            "version": started.suite_version,
            "sha256": started.suite_hash,
            "catalogue_sha256": started.catalogue_hash,
        },
        "packed_with": dict(drawn_with),
        "environment": started.environment,
        "run": {
            "clock": started.clock.isoformat(),
            "seed": started.seed,
            "reproducible": started.reproducible,
            "id": started.run,
            "selection": started.selection,
            "runs_again": started.reran,
            "faults": started.faults,
            "allowed_to_change": started.allowed,
        },
        "edition": {"name": statement.edition.value, "judged_by": statement.edition.heading},
        "options": [
            {
                "name": name,
                "option": option,
                "question": conflicts[name].question if name in conflicts else "",
                "default": name in conflicts and conflicts[name].default == option,
            }
            for name, option in started.conflicts.items()
        ],
        "interpretations": [
            {"requirement": each.requirement.id, "conflict": each.requirement.conflict, "note": each.requirement.note}
            for each in statement.verdicts
            if each.requirement.conflict or each.requirement.note
        ],
        "readings": dict(statement.readings),
        "personal_data": dict(personal_data),
    }


def target(statement: Statement) -> dict[str, Any]:
    """What the run was told of the product, without the settings of adapters, which may hold secrets."""
    started = statement.started
    return {
        "name": started.target,
        "file": started.target_file,
        "product": started.product,
        "scope": started.scope,
        "edition": started.edition,
        "roles": started.roles,
        "claims": started.claims,
        "conflicts": started.conflicts,
    }


def plan(statement: Statement) -> dict[str, Any]:
    """For each requirement of the catalogue whether the run set out to assess it, why not, and by which scenarios.

    Scenarios that had no part in the run are listed, with the reason.
    """
    inside = {each.requirement.id: each for each in statement.verdicts}
    tagged: dict[str, list[str]] = {}
    for run in statement.scenarios:
        for tag in run.started.tags:
            tagged.setdefault(tag, []).append(run.id)
    rows = []
    for requirement in load_catalogue():
        why = _why_not(requirement.id, inside.get(requirement.id), statement.started.scope)
        scenarios = sorted(tagged.get(requirement.id, []))
        rows.append({"requirement": requirement.id, "planned": not why, "why_not": why, "scenarios": scenarios})
    left_out = [{"scenario": each.scenario, "why_not": each.reason} for each in statement.left_out]
    scope = {"scope": statement.started.scope, "title": statement.scope_title}
    return {**scope, "requirements": rows, "scenarios_left_out": left_out}


def decisions(statement: Statement) -> dict[str, Any]:
    """What people decided: waivers with their state, reviews and attestations."""
    return {
        "waivers": [
            {**each.waiver.model_dump(mode="json"), "state": each.state, "sentence": each.sentence}
            for each in statement.waivers
        ],
        "reviews": [each.model_dump(mode="json") for each in statement.reviews],
        "attestations": [each.model_dump(mode="json") for each in statement.attestations],
    }


def _why_not(identifier: str, verdict: RequirementVerdict | None, scope: str) -> str:
    if verdict is None:
        inside = identifier in scope_named(scope, "the journal").requirements
        return "the product plays no role that answers for it" if inside else f"outside the scope {scope}"
    ground = verdict.ground
    excused = ground.verdict is Verdict.NOT_EFFECTIVE or ground.code is Code.CLAIMS
    return f"{ground.verdict}: {ground.sentence}" if excused else ""
