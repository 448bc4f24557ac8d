"""The folder `evidence` of a run: one file of lines for each scenario, and the objects that they name."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

LONGEST = 100
"""Characters of a scenario's id that its file keeps; the hash behind them tells apart what is alike so far."""


def file_name(scenario: str) -> str:
    """What the evidence of the scenario with that node id is called; the same on every machine."""
    words = re.sub(r"[^A-Za-z0-9_]+", "-", scenario.removeprefix("features/").replace(".feature::test_", "-"))
    return f"{words[:LONGEST].strip('-')}-{sha256(scenario.encode()).hexdigest()[:8]}.jsonl"


@dataclass(frozen=True)
class EvidenceFolder:
    """Where the evidence of a run lies; `root` need not be there."""

    root: Path

    @property
    def scenarios(self) -> Path:
        """The folder of the scenarios' files."""
        return self.root / "scenarios"

    @property
    def objects(self) -> Path:
        """The folder of the objects, each named by its SHA-256."""
        return self.root / "objects"

    def make(self) -> None:
        """Make the folders. Raises OSError."""
        for folder in (self.scenarios, self.objects):
            folder.mkdir(parents=True, exist_ok=True)

    def file_of(self, scenario: str) -> Path:
        """The file of the scenario with that node id, whether it is there or not."""
        return self.scenarios / file_name(scenario)
