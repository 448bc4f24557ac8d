"""The fault matrix: what each seeded defect turned red, beside what it has to turn red."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dpc_conformance.evidence.events import Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.evidence.turned_red import turned_red
from dpc_conformance.faults.subjects import Subject


class Seeded(Protocol):
    """What a defect declares of itself, whether it sits in a part of the reference or in an object."""

    @property
    def name(self) -> str:
        """What is wrong, in one sentence."""

    @property
    def subject(self) -> Subject:
        """Whose defect it is."""

    @property
    def trips(self) -> frozenset[str]:
        """Exactly the requirements that must turn red, and the steps of the story that no requirement stands behind."""

    @property
    def breaks(self) -> Mapping[str, str]:
        """The scenarios that cannot go on with it, each with the reason."""


@dataclass(frozen=True)
class Row:
    """What came of one defect. `broke` holds scenarios that ended without a finding, with the reason.

    `scenarios` is how many it met, 0 for an object that was judged by itself. `lost` says how the process ended that
    ran them, when it did not end well.
    """

    fault: Seeded
    scenarios: int
    failed: frozenset[str]
    broke: dict[str, str] = field(default_factory=dict)
    lost: str = ""

    @property
    def missed(self) -> frozenset[str]:
        """What should have turned red and did not: a wrong PASS."""
        return self.fault.trips - self.failed

    @property
    def collateral(self) -> frozenset[str]:
        """What turned red besides."""
        return self.failed - self.fault.trips

    @property
    def unexplained(self) -> frozenset[str]:
        """Scenarios that broke and are not declared to."""
        return frozenset(self.broke) - frozenset(self.fault.breaks)

    @property
    def caught(self) -> bool:
        """Whether exactly what was declared turned red, and nothing ended without a finding."""
        wrong = self.missed or self.collateral or self.unexplained or self.lost
        return bool(self.scenarios or self.failed) and not wrong

    def __str__(self) -> str:
        """One sentence, for a failing test or a table."""
        if self.caught:
            return "caught"
        parts = {
            "missed": sorted(self.missed),
            "also red": sorted(self.collateral),
            "broke": [f"{name} ({self.broke[name]})" for name in sorted(self.unexplained)],
        }
        said = [f"{word}: {', '.join(names)}" for word, names in parts.items() if names]
        return "; ".join([self.lost] * bool(self.lost) + said) or "nothing turned red"


def row_of(fault: Seeded, journal: Path, lost: str = "") -> Row:
    """Read what the run with that defect left behind; where it met no scenario, there is no journal. Raises OSError."""
    if not journal.exists():
        return Row(fault, 0, frozenset(), lost=lost)
    events = read_journal(journal)
    failed, broke = turned_red(events, fault.trips)
    left_out = sum(each.outcome is Outcome.SKIPPED for each in events.of(ScenarioEnded))
    return Row(fault, len(tuple(events.of(ScenarioStarted))) - left_out, failed, broke, lost)
