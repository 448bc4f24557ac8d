"""Reads the evidence of a run back: the lines of each scenario, and the objects that they name."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
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


class EvidenceReader:
    """Reads one folder; an object that many lines name is read once."""

    def __init__(self, folder: EvidenceFolder) -> None:
        self.folder = folder
        self._object = cache(self._read)

    def scenario(self, scenario: str) -> ScenarioEvidence:
        """The evidence of the scenario with that node id; without lines where there is none. Raises OSError."""
        file = self.folder.file_of(scenario)
        if not file.exists():
            return ScenarioEvidence((), ("nothing was kept of it",))
        lines, problems = [], []
        for number, text in enumerate(file.read_text("utf-8", errors="replace").rstrip("\n").split("\n"), start=1):
            try:
                lines.append(self._line(number, text))
            except (ValueError, RecursionError) as error:
                problems.append(f"line {number} of {file.name} is damaged: {error}")
        if not (lines and isinstance(lines[-1].record, ScenarioClosed)):
            problems.append(f"{file.name} ends before the scenario does")
        return ScenarioEvidence(tuple(lines), tuple(problems))

    def description(self, digest: str) -> tuple[str, ...]:
        """What stands in place of an object that was not kept, line by line; nothing where there is no description."""
        file = self.folder.objects / f"{digest}.json"
        if not file.is_file():
            return ()
        try:
            holds = json.loads(file.read_text("utf-8"))["holds"]
            return tuple(str(line) for lines in holds for line in lines)
        except (ValueError, KeyError, TypeError):
            return ()

    def _line(self, number: int, text: str) -> Line:
        values = json.loads(text)
        kind = KINDS.get(str(values.get("record"))) if isinstance(values, dict) else None
        if kind is None:
            raise ValueError("it is of no known kind")
        step = values.get("step")
        if not isinstance(step, int):
            raise ValueError("it belongs to no step")
        not_kept: list[str] = []

        def load(reference: Mapping[str, Any]) -> bytes:
            found = self._object(str(reference.get("file", "")))
            if found is None:
                not_kept.append(str(reference["sha256"]))
            return found or b""

        record = from_plain(kind, values, load)
        return Line(number, step, record, tuple(not_kept))

    def _read(self, name: str) -> bytes | None:
        """The object in a file of that name; None where there is none."""
        file = self.folder.objects / name
        return file.read_bytes() if name and file.parent == self.folder.objects and file.is_file() else None


def changed_objects(folder: EvidenceFolder) -> Iterator[str]:
    """The names of objects whose content is not what their name says; a description may stand for one.

    What begins with a dot is half an object, as a worker leaves it that was ended while it wrote: no line names it.
    """
    for file in sorted(folder.objects.glob("[!.]*")):
        if file.suffix != ".json" and sha256(file.read_bytes()).hexdigest() != file.stem:
            yield file.name
