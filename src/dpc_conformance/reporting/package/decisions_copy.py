"""What people decided about a run, for a journal with pseudonyms: the same words about the same things."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.evidence.events import ReviewDecided, RunStarted
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.reporting.package.pseudonyms import Pseudonyms
from dpc_conformance.reporting.statement import Statement, build_statement


def renamed_questions(original: Journal, copy: Journal) -> dict[str, str]:
    """By the name of each question of a run its name in the copy, where other words stand in the question.

    What cannot be told apart in the copy is left out, so that it is asked there again. Raises as `build_statement`.
    """
    if not (any(original.of(ReviewDecided)) or any(each.reviews for each in original.of(RunStarted))):
        return {}
    before, after = (_questions(build_statement(_undecided(each))) for each in (original, copy))
    pairs = [
        (names, after[requirement])
        for requirement, names in before.items()
        if len(names) == len(after.get(requirement, ()))
    ]
    return {old: new for olds, news in pairs for old, new in zip(olds, news, strict=True)}


def with_decisions(journal: bytes, names: Mapping[str, str], pseudonyms: Pseudonyms) -> bytes:
    """The copy of a journal in which reviews answer the questions by their new names, and waivers find the same."""
    return b"".join(_changed(line, names, pseudonyms) + b"\n" for line in journal.split(b"\n")[:-1])


def _undecided(journal: Journal) -> Journal:
    events = (event for event in journal.events if not isinstance(event, ReviewDecided))
    return replace(
        journal,
        events=tuple(
            replace(each, reviews=[], attestations=[]) if isinstance(each, RunStarted) else each for each in events
        ),
    )


def _questions(statement: Statement) -> dict[str, tuple[str, ...]]:
    return {each.requirement.id: tuple(each.questions) for each in (*statement.verdicts, *statement.outside)}


def _changed(line: bytes, names: Mapping[str, str], pseudonyms: Pseudonyms) -> bytes:
    event: dict[str, Any] = json.loads(line)
    if "review" in event:
        event["review"] = _review(event["review"], names)
    if "reviews" in event:
        event["reviews"] = [_review(each, names) for each in event["reviews"]]
    if "waivers" in event:
        event["waivers"] = [{**each, "finding": pseudonyms.text(each["finding"])} for each in event["waivers"]]
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode(errors=AS_JSON)


def _review(review: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    name = review.get("evaluation", "")
    return {**review, "evaluation": names.get(name, name)}
