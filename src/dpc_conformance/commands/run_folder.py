"""The folder of a run that is over: its journal, the statement drawn from it, and what it said when it ended."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.evidence.events import CatalogueUsed, RunStarted
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.reporting.gathered import Gathered, NoRun, gather
from dpc_conformance.reporting.statement import Statement, build_statement
from dpc_conformance.reporting.statement_json import statement_json
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.target import Target


def journal_in(folder: Path) -> Journal:
    """The journal of the run in a folder. BadInput where there is none."""
    try:
        return read_journal(RunFiles(folder).journal)
    except OSError:
        raise BadInput(f"{folder}: expected the folder of a run, with its journal.jsonl") from None


@dataclass(frozen=True)
class RunSays:
    """What a run said: the values of its statement.json, and from its journal what that does not hold."""

    title: str
    values: dict[str, Any]
    product: dict[str, str]
    texts: dict[str, str]
    interpretations: dict[str, str]

    @property
    def requirements(self) -> dict[str, dict[str, Any]]:
        """The requirements of its scope with their verdicts, by id."""
        return {each["id"]: each for each in self.values["requirements"]}


def says_in(folder: Path) -> RunSays:
    """What the run in a folder said. It is drawn from the journal where there is no statement.json. BadInput."""
    journal, file = journal_in(folder), RunFiles(folder).statement
    started = next(reversed([*journal.of(RunStarted)]), None)
    if started is None:
        raise BadInput(f"{folder}: expected the journal of a run that began")
    try:
        values = json.loads(file.read_text("utf-8") if file.exists() else statement_json(statement_in(folder)))
        [each["id"] for each in values["requirements"]]
    except (ValueError, KeyError, TypeError):
        raise BadInput(f"{file}: expected the statement of a run") from None
    used = next(reversed([*journal.of(CatalogueUsed)]), CatalogueUsed(started.at, {}, {}))
    title = f"{folder.name} ({started.target}, {started.clock:%Y-%m-%d})"
    return RunSays(title, values, started.product, used.requirements, used.interpretations)


def gathered_in(folder: Path) -> Gathered:
    """The journal of the run in a folder, sorted. BadInput."""
    try:
        return gather(journal_in(folder))
    except NoRun:
        raise BadInput(f"{folder}: expected the journal of a run that began") from None


def statement_in(folder: Path) -> Statement:
    """The statement of the run in a folder, drawn from its journal. BadInput where there is none to be drawn."""
    try:
        return build_statement(journal_in(folder))
    except NoRun:
        raise BadInput(f"{folder}: expected the journal of a run that began") from None
    except (CatalogueError, ValidationError):
        raise BadInput(f"{folder}: the run does not fit this version of the suite") from None


def changes_of_target(started: RunStarted, target: Target) -> list[str]:
    """What of a target is not as a run found it, in words."""
    now = target.started(started.at, started.suite_version, started.seed, started.clock)
    return [
        name.replace("_", " ")
        for name in ("target", "product", "roles", "claims", "conflicts", "reviews", "attestations", "waivers")
        if getattr(now, name) != getattr(started, name)
    ]
