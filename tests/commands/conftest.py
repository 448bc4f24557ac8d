"""Folders of made-up runs: a journal as a run leaves it behind, of a product with two questions open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.digests import digest_of_requirement
from dpc_conformance.catalogue.interpretations import readings_used
from dpc_conformance.catalogue.scope import load_scopes
from dpc_conformance.evidence.events import (
    CatalogueUsed,
    EvaluationMade,
    Event,
    Outcome,
    RunEnded,
    ScenarioEnded,
    ScenarioStarted,
)
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.target import load_target

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
FEATURE = "features/card/chuid.feature"
Results = dict[str, tuple[str, str]]
"""By requirement the result and the sentence of its evaluation."""


@pytest.fixture
def run_folder(tmp_path) -> Callable[..., Path]:
    """Makes the folder of a run over the scope `card` in which everything passed but what is given."""

    def make(name: str = "run", results: Results | None = None, texts: dict[str, str] | None = None, **started) -> Path:
        folder = tmp_path / name
        (folder / "allure-results").mkdir(parents=True)
        target = replace(load_target(), reviews=(), attestations=())
        begun = replace(target.started(AT, "0.1.0", "dpc", AT), scope="card", run=name, **started)
        used = {each.id: digest_of_requirement(each) for each in load_catalogue()}
        with JournalWriter(RunFiles(folder).journal) as journal:
            journal.write(begun)
            journal.write(CatalogueUsed(AT, {**used, **(texts or {})}, readings_used(begun.conflicts)))
            for number, identifier in enumerate(sorted(load_scopes()["card"].requirements), 1):
                for event in scenario(number, identifier, *(results or {}).get(identifier, ("PASS", ""))):
                    journal.write(event)
            journal.write(RunEnded(AT, 3.5))
        return folder

    return make


def scenario(number: int, identifier: str, result: str, sentence: str) -> list[Event]:
    node = f"{FEATURE}::test_{number}"
    began = ScenarioStarted(AT, node, f"Scenario {number}", "The CHUID", FEATURE, number, (identifier,))
    outcome = {"FAIL": Outcome.FAILED, "BROKEN": Outcome.BROKEN, "HANG": Outcome.HANG}.get(result, Outcome.PASSED)
    ended = ScenarioEnded(AT, node, outcome, "Then it is" if outcome not in ("passed", "failed") else "", sentence)
    if result in ("BROKEN", "HANG"):
        return [began, ended]
    return [began, EvaluationMade(AT, node, identifier, result, message=sentence, step="Then it is"), ended]
