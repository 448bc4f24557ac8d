"""Allure results drawn from journal and evidence: a result for each scenario, and one for each requirement."""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.evidence.events import EvaluationMade, ScenarioStarted
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.evidence.lines import Raised, ScenarioOpened
from dpc_conformance.evidence.reading import Line
from dpc_conformance.reporting.allure_labels import identity, labels_of
from dpc_conformance.reporting.allure_requirements import requirement_result
from dpc_conformance.reporting.allure_states import STATES, old_categories
from dpc_conformance.reporting.gathered import gather
from dpc_conformance.reporting.records.attachments import Attachment, attachments_of, finding_attachment
from dpc_conformance.reporting.sources import page_of
from dpc_conformance.reporting.statement import Statement
from dpc_conformance.reporting.walks import Walk, WalkedStep, walks_of

Result = dict[str, Any]


def write_results(
    folder: Path, journal: Journal, statement: Statement, lines_of: Callable[[str], Sequence[Line]]
) -> None:
    """Write everything that the generator reads, but its environment, into a new folder.

    `lines_of` gives the evidence of the scenario with a node id; it is asked once for each. Raises OSError.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "categories.json").write_text(json.dumps(old_categories(), indent=2), encoding="utf-8")
    writer = _Writer(folder, load_catalogue())
    moment = statement.started.at
    trusted = not gather(journal).why_untrusted
    for walk in walks_of(journal.events).values():
        walk.trusted = trusted or walk.started.sanity
        writer.write(writer.scenario(walk, lines_of(walk.started.scenario), moment.timestamp()))
        moment += timedelta(seconds=walk.ended.seconds if walk.ended else 0.0)
    names = {run.id: run.started.name for run in statement.scenarios}
    made: dict[str, list[EvaluationMade]] = defaultdict(list)
    for each in journal.of(EvaluationMade):
        made[each.requirement].append(each)
    for verdict in statement.verdicts:
        end = _milliseconds(moment.timestamp())
        writer.write(requirement_result(verdict, made[verdict.requirement.id], names, end))


class _Writer:
    """Writes results into a folder; attachments that are alike are written once."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder, self._catalogue = folder, catalogue
        self._attached: set[str] = set()

    def write(self, result: Result) -> None:
        """One result, in a file that is named by what the result is about."""
        (self._folder / f"{result['uuid']}-result.json").write_text(json.dumps(result), encoding="utf-8")

    def scenario(self, walk: Walk, lines: Iterable[Line], began: float) -> Result:
        """The result of a scenario; `began` is in seconds since 1970."""
        started, by_step = walk.started, _by_step(lines)
        full_name = f"{started.file}: {started.name}"
        head = by_step.get(0, [])
        opened = next((each for each in head if isinstance(each, ScenarioOpened)), None)
        raised = [each.trace for records in by_step.values() for each in records if isinstance(each, Raised)]
        seconds = walk.ended.seconds if walk.ended else 0.0
        return {
            "uuid": str(uuid5(NAMESPACE_OID, started.scenario)),
            "name": started.name,
            "fullName": full_name,
            **identity(started),
            "status": _state(walk),
            "statusDetails": {**_message(walk), **({"trace": raised[0]} if raised else {})},
            "description": "\n\n".join(filter(None, (opened.about if opened else "", self._proves(started)))),
            "parameters": [{"name": name, "value": value} for name, value in started.row.items()],
            "labels": [{"name": name, "value": value} for name, value in labels_of(walk)],
            "links": [{"type": "link", "url": url, "name": name} for url, name in self._links(started)],
            "titlePath": [started.file, *([started.rule] if started.rule else [])],
            "attachments": [self._attach(each) for each in attachments_of(head)],
            "steps": [*self._steps(walk, by_step, began), *_not_reached(walk, opened)],
            "start": _milliseconds(began),
            "stop": _milliseconds(began + seconds),
        }

    def _steps(self, walk: Walk, by_step: Mapping[int, list[Any]], began: float) -> Iterator[Result]:
        last = walk.ended.seconds if walk.ended else 0.0
        for number, step in enumerate(walk.steps, start=1):
            end = walk.steps[number].seconds if number < len(walk.steps) else last
            message = _message(walk) if number == len(walk.steps) else {}
            yield {
                "name": step.text,
                "status": _step_state(step, walk if number == len(walk.steps) else None),
                "statusDetails": message if not step.failed else {"message": _failures(step)},
                "attachments": [self._attach(each) for each in attachments_of(by_step.get(number, []))],
                "steps": [self._evaluation(each) for each in step.evaluations],
                "start": _milliseconds(began + step.seconds),
                "stop": _milliseconds(began + max(step.seconds, end)),
            }

    def _evaluation(self, made: EvaluationMade) -> Result:
        known = made.where and made.requirement in self._catalogue
        finding = [finding_attachment(made, self._catalogue[made.requirement])] if known else []
        passed, failed = made.result == Verdict.PASS, made.result == Verdict.FAIL
        return {
            "name": f"{made.result} {made.requirement}: {made.message}",
            "status": "passed" if passed else "failed" if failed else "skipped",
            "attachments": [self._attach(each) for each in finding],
        }

    def _attach(self, attachment: Attachment) -> Result:
        body = attachment.body.encode(errors=AS_JSON) if isinstance(attachment.body, str) else attachment.body
        source = f"{sha256(body).hexdigest()[:32]}-attachment.{attachment.extension}"
        if source not in self._attached:
            (self._folder / source).write_bytes(body)
            self._attached.add(source)
        return {"name": attachment.name, "source": source, "type": attachment.mime_type}

    def _proves(self, started: ScenarioStarted) -> str:
        """The requirements of a scenario in words (Markdown), so that nobody has to look up an id."""
        return "\n".join(f"- **{tag}**: {self._catalogue[tag].text}" for tag in self._requirements(started))

    def _links(self, started: ScenarioStarted) -> Iterator[tuple[str, str]]:
        for tag in self._requirements(started):
            source = self._catalogue[tag].source
            if page := page_of(source):
                yield page, f"{tag} ({source.partition(';')[0].strip()})"

    def _requirements(self, started: ScenarioStarted) -> list[str]:
        return [tag for tag in started.tags if tag in self._catalogue]


def _by_step(lines: Iterable[Line]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for line in lines:
        found.setdefault(line.step, []).append(line.record)
    return found


def _state(walk: Walk) -> str:
    return "broken" if walk.outcome == "broken" else STATES[walk.verdict]


def _message(walk: Walk) -> dict[str, str]:
    if walk.verdict is Verdict.PASS:
        return {}
    said = walk.ended.message if walk.ended else "the scenario began and never ended"
    made = (each.message for step in walk.steps for each in step.evaluations if each.result == walk.verdict)
    seen = "; ".join(dict.fromkeys(made))
    if walk.end and walk.end is not walk.verdict:  # it had failed before it ended so
        return {"message": f"{walk.verdict}: {seen}\n{walk.end}: {said}"}
    return {"message": f"{walk.verdict}: {said or seen or walk.outcome}"}


def _step_state(step: WalkedStep, ended: Walk | None) -> str:
    """`ended` is the walk that ended in this step; a step after which others came has run to its end."""
    if step.failed:
        return "failed"
    if ended is None or ended.end is None:
        return "passed"
    return "broken" if ended.outcome == "broken" else STATES[ended.end]


def _failures(step: WalkedStep) -> str:
    failed = (each for each in step.evaluations if each.result == Verdict.FAIL)
    return "\n".join(f"{each.requirement}: {each.message}" for each in failed)


def _not_reached(walk: Walk, opened: ScenarioOpened | None) -> Iterator[Result]:
    for text in opened.steps[len(walk.steps) :] if opened else ():
        yield {"name": text, "status": "skipped", "statusDetails": {"message": "not reached"}}


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
