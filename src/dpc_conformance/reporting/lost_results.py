"""Allure results for scenarios whose worker could not write one: it hung, died or was stopped."""

import json
import uuid
from pathlib import Path

from dpc_conformance.evidence.events import Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import Journal

STATUS = {Outcome.SKIPPED: "skipped", Outcome.BLOCKED: "skipped", Outcome.INTERRUPTED: "skipped"}


def add_lost_results(results: Path, journal: Journal) -> int:
    """Write a result for each scenario of the journal that has none; returns how many."""
    known = {_full_name(path) for path in results.glob("*-result.json")}
    ended = {event.scenario: event for event in journal.of(ScenarioEnded)}
    lost = [each for each in journal.of(ScenarioStarted) if f"{each.file}: {each.name}" not in known]
    for started in lost:
        content = _result(started, ended.get(started.scenario))
        (results / f"{content['uuid']}-result.json").write_text(json.dumps(content), encoding="utf-8")
    return len(lost)


def folder_title(file: str) -> str:
    """The title of a feature's folder: the epic where a scenario names none."""
    return Path(file).parent.name.replace("_", " ").capitalize()


def _full_name(path: Path) -> str:
    try:
        return str(json.loads(path.read_text("utf-8")).get("fullName", ""))
    except ValueError:
        path.unlink()  # half a result, left by a worker that was killed while writing
        return ""


def _result(started: ScenarioStarted, ended: ScenarioEnded | None) -> dict[str, object]:
    name = f"{started.file}: {started.name}"
    keyed = dict(tag.split(":", 1) for tag in started.tags if ":" in tag)
    labels = {"epic": keyed.get("epic", folder_title(started.file)), "feature": started.feature}
    outcome = ended.outcome if ended else Outcome.INFRASTRUCTURE
    message = f"{outcome.upper()}: {ended.message if ended else 'the scenario began and never ended'}"
    step = ended.broken_step if ended else ""
    status = STATUS.get(outcome, "broken")
    return {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        "name": started.name,
        "fullName": name,
        "historyId": str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        "status": status,
        "statusDetails": {"message": message},
        "steps": [{"name": step, "status": status, "statusDetails": {"message": message}}] if step else [],
        "labels": [{"name": key, "value": value} for key, value in labels.items()]
        + [{"name": "tag", "value": tag} for tag in started.tags if ":" not in tag],
        "titlePath": [started.file],
    }
