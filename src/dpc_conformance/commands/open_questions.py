"""What a run left to a person: each question with its requirement, where it was asked, and what there is to look at."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.verdicts import Ground
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.reporting.statement import Statement
from dpc_conformance.suite.run_files import RunFiles

WIDTH = 100
INDENT = " " * 14


@dataclass(frozen=True)
class OpenQuestion:
    """`name` is that by which a review answers it; `place` tells scenario and file, empty where none asked it."""

    name: str
    requirement: Requirement
    ground: Ground
    place: str
    findings: tuple[EvaluationMade, ...]

    def lines(self, folder: Path) -> Iterator[str]:
        """For a person."""
        yield f"{self.requirement.id}  question {self.name}"
        yield from _wrapped("requirement", self.requirement.text)
        yield from _wrapped("look for", self.requirement.check)
        yield from _wrapped("question", self.ground.sentence)
        yield from _wrapped("why", self.ground.code)
        yield from _wrapped("scenario", self.place)
        yield from _wrapped("step", self.ground.step)
        for each in self.findings:
            yield from _wrapped("seen", f"{each.where}: expected {each.expected}, found {each.actual}")
        yield from _wrapped("evidence", ", ".join(str(each) for each in _to_look_at(folder)))


def open_questions(statement: Statement) -> list[OpenQuestion]:
    """The questions, in the order of the catalogue."""
    places = {run.id: f"{run.started.name} ({run.started.file}:{run.started.line})" for run in statement.scenarios}
    return [
        OpenQuestion(
            name,
            each.requirement,
            ground,
            places.get(ground.scenario, ""),
            tuple(one for one in each.findings if one.scenario == ground.scenario),
        )
        for each in statement.verdicts
        for name, ground in each.questions.items()
    ]


def _to_look_at(folder: Path) -> list[Path]:
    candidates = (RunFiles(folder).report, RunFiles(folder).journal, folder / "evidence")
    return [each for each in candidates if each.exists()]


def _wrapped(name: str, words: str) -> list[str]:
    if not words:
        return []
    first = f"  {name:11} "
    return textwrap.wrap(
        " ".join(words.split()), WIDTH, initial_indent=first, subsequent_indent=INDENT, break_on_hyphens=False
    )
