"""The journal of a run as a package holds it: as it is, or with pseudonyms in place of what is about persons."""

import json
from collections.abc import Iterator
from typing import Any

from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.reporting.package.personal_data import PersonalData, texts
from dpc_conformance.reporting.package.pseudonyms import Pseudonyms

AS_THEY_ARE = frozenset(
    {"event", "scenario", "requirement", "object", "file", "check", "control", "tags", "seed", "suite_hash"}
    | {"catalogue_hash", "target", "target_file", "edition", "scope", "roles", "claims", "conflicts", "environment"}
    | {"product", "reviews", "review", "attestations", "waivers"}
)
"""Members of an event that say nothing about a cardholder, and those that name who answers for a statement."""


def collect_from_journal(journal: bytes, data: PersonalData) -> None:
    """Note everything about persons that gives itself away by its form."""
    for event in _events(journal):
        for text in texts({name: value for name, value in event.items() if name not in AS_THEY_ARE}):
            data.text(text)


def journal_with_pseudonyms(journal: bytes, pseudonyms: Pseudonyms) -> bytes:
    """The journal, event by event; a damaged line stays out of it, but its place does not."""
    lines = []
    for text in journal.split(b"\n")[:-1]:
        try:
            event = json.loads(text)
        except (ValueError, RecursionError):
            event = None
        copied = _copied(event, pseudonyms) if isinstance(event, dict) else {"damaged": True}
        lines.append(json.dumps(copied, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(lines).encode(errors=AS_JSON)


def _events(journal: bytes) -> Iterator[dict[str, Any]]:
    for text in journal.split(b"\n"):
        try:
            event = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict):
            yield event


def _copied(value: Any, pseudonyms: Pseudonyms) -> Any:
    if isinstance(value, str):
        return pseudonyms.text(value)
    if isinstance(value, list):
        return [_copied(held, pseudonyms) for held in value]
    if isinstance(value, dict):
        return {name: held if name in AS_THEY_ARE else _copied(held, pseudonyms) for name, held in value.items()}
    return value
