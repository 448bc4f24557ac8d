"""Keeps the evidence of each scenario while it runs, where the run has a folder for it."""

import pytest

from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.lines import ScenarioClosed, ScenarioOpened
from dpc_conformance.evidence.objects import ObjectStore
from dpc_conformance.evidence.scenario_file import ScenarioFile
from dpc_conformance.suite.moment import START
from dpc_conformance.suite.progress import Progress

FOLDER = pytest.StashKey[EvidenceFolder]()
OBJECTS = pytest.StashKey[ObjectStore]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder."""
    root = config.getoption("evidence")
    if root:
        config.stash[FOLDER] = folder = EvidenceFolder(root)
        folder.make()
        config.stash[OBJECTS] = ObjectStore(folder.objects)


def open_evidence(config: pytest.Config, progress: Progress) -> None:
    """Begin the scenario's file; from now on it hears what the recorder hears."""
    folder = config.stash.get(FOLDER, None)
    if folder is None:
        return
    facts, recorder = progress.facts, progress.recorder
    progress.evidence = ScenarioFile(folder, facts.node_id, config.stash[OBJECTS], recorder.holds_secret)
    recorder.listen(progress.evidence)
    about = "\n\n".join(part for part in (facts.feature_description, facts.description) if part)
    start, seed = config.stash[START], config.getoption("seed")
    progress.note(ScenarioOpened(start, facts.node_id, facts.name, facts.feature, seed, about, facts.steps))


def close_evidence(progress: Progress, closed: ScenarioClosed) -> None:
    """End the scenario's file."""
    progress.note(closed)
    if progress.evidence:
        progress.evidence.close()
