"""The fault matrix: what each seeded defect turned red, beside what it has to turn red."""

import re
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.evidence.events import EvaluationMade, Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.faults.registry import Fault

RED = ("FAIL", "WARN")
"""Results of an evaluation that found something; what the verdict makes of it does not matter here."""


@dataclass(frozen=True)
class Row:
    """What came of one defect. `broke` holds scenarios that ended without a finding, with the reason."""

    fault: Fault
    scenarios: int
    failed: frozenset[str]
    broke: dict[str, str]

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
        return self.scenarios > 0 and not (self.missed or self.collateral or self.unexplained)

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
        return "; ".join(said) or "no scenario ran"


def row_of(fault: Fault, journal: Path) -> Row:
    """Read what the run with that defect left behind. Raises OSError where there is no journal."""
    events = read_journal(journal)
    names = {each.scenario: each.name for each in events.of(ScenarioStarted)}
    red = [each for each in events.of(EvaluationMade) if each.result in RED]
    with_finding = {each.scenario for each in red}
    broke = {
        names[each.scenario]: re.sub(r"\s+", " ", each.message)
        for each in events.of(ScenarioEnded)
        if each.outcome not in (Outcome.PASSED, Outcome.SKIPPED) and each.scenario not in with_finding
    }
    return Row(fault, len(names), frozenset(each.requirement for each in red), broke)
