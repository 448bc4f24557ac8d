"""A scenario's evidence in a folder of the test's own, written by a recorder as in a run."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.objects import ObjectStore
from dpc_conformance.evidence.reading import EvidenceReader
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.scenario_file import ScenarioFile

SCENARIO = "features/journey/01_a.feature::test_one[a-b]"
NOW = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)


class Kept:
    """A recorder whose listener writes the evidence of one scenario."""

    def __init__(self, root) -> None:
        self.folder = EvidenceFolder(root)
        self.folder.make()
        self.recorder = Recorder()
        self.objects = ObjectStore(self.folder.objects)
        self.file = ScenarioFile(self.folder, SCENARIO, self.objects, self.recorder.holds_secret)
        self.recorder.listen(self.file)

    @property
    def path(self):
        """The scenario's file."""
        return self.folder.file_of(SCENARIO)

    def read(self):
        """What a reader finds."""
        return EvidenceReader(self.folder).scenario(SCENARIO)


@pytest.fixture
def kept(tmp_path) -> Kept:
    return Kept(tmp_path / "evidence")


@pytest.fixture
def now() -> datetime:
    return NOW
