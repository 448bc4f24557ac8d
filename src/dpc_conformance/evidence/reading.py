"""Reads the evidence of a run back: the lines of each scenario, and the objects that they name."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.from_plain import from_plain
from dpc_conformance.evidence.line_kinds import KINDS
from dpc_conformance.evidence.lines import ScenarioClosed


@dataclass(frozen=True)
class Line:
    """One line: its number (the first is 1), the number of its step (0: before the first), and what it says.

    `not_kept` names by hash the objects that are not there; in the record empty bytes stand for them.
    """

    number: int
    step: int
    record: Any
    not_kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScenarioEvidence:
    """The evidence of one scenario; `problems` are sentences on what is wrong with it."""

    lines: tuple[Line, ...]
    problems: tuple[str, ...] = ()


def read_evidence(folder: EvidenceFolder, scenario: str) -> ScenarioEvidence:
    """The evidence of the scenario with that node id; without lines where there is none. Raises OSError."""
    file = folder.file_of(scenario)
    if not file.exists():
        return ScenarioEvidence((), ("nothing was kept of it",))
    lines, problems = [], []
    for number, text in enumerate(file.read_text("utf-8", errors="replace").rstrip("\n").split("\n"), start=1):
        try:
            lines.append(_line(folder, number, text))
        except ValueError as error:
            problems.append(f"line {number} of {file.name} is damaged: {error}")
    if not (lines and isinstance(lines[-1].record, ScenarioClosed)):
        problems.append(f"{file.name} ends before the scenario does")
    return ScenarioEvidence(tuple(lines), tuple(problems))


def changed_objects(folder: EvidenceFolder) -> Iterator[str]:
    """The names of objects whose content is not what their name says."""
    for file in sorted(folder.objects.iterdir()) if folder.objects.is_dir() else ():
        if sha256(file.read_bytes()).hexdigest() != file.stem:
            yield file.name


def _line(folder: EvidenceFolder, number: int, text: str) -> Line:
    values = json.loads(text)
    kind = KINDS.get(str(values.get("record"))) if isinstance(values, dict) else None
    if kind is None:
        raise ValueError("it is of no known kind")
    not_kept: list[str] = []

    def load(reference: Mapping[str, Any]) -> bytes:
        file = folder.objects / str(reference.get("file", ""))
        if not reference.get("file") or file.parent != folder.objects or not file.is_file():
            not_kept.append(str(reference["sha256"]))
            return b""
        return file.read_bytes()

    record = from_plain(kind, values, load)
    return Line(number, int(values["step"]), record, tuple(not_kept))
