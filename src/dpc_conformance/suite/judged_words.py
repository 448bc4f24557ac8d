"""What the judge says of an evaluation, and what it keeps of a context."""

from dataclasses import fields
from typing import Any

from dpc_conformance.checks.finding import Finding
from dpc_conformance.evidence.events import EvaluationMade


def sentence_of(evaluation: EvaluationMade) -> str:
    """An evaluation in words; starts with the id of the requirement."""
    return f"{evaluation.requirement}: {evaluation.message}"


def departure(finding: Finding) -> str:
    """What was found, without the id: every report puts that where it fits."""
    return f"{finding.where}: expected {finding.expected}, found {finding.actual}"


def objects_around(context: Any) -> dict[str, tuple[bytes, ...]]:
    """The objects (DER) in a context of the judge, by the names of its fields; none without a context."""
    around = {each.name: _objects(getattr(context, each.name)) for each in fields(context)} if context else {}
    return {name: objects for name, objects in around.items() if objects}


def _objects(value: object) -> tuple[bytes, ...]:
    if isinstance(value, bytes):
        return (value,)
    return tuple(each for each in value if isinstance(each, bytes)) if isinstance(value, tuple) else ()
