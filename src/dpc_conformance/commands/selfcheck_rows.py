"""Runs what `dpc selfcheck` seeds: defects in objects before their judges, defects of the reference in scenarios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from dpc_conformance.checks.judgement import findings
from dpc_conformance.commands.proofs import KINDS, evaluations_of
from dpc_conformance.faults.matrix import Row, Seeded, row_of
from dpc_conformance.faults.mutants import Mutant, mutants
from dpc_conformance.faults.registry import Fault, faults
from dpc_conformance.faults.seen_in import seen_in
from dpc_conformance.faults.subjects import HAPPY_PATH, Subject, related
from dpc_conformance.suite.defect_run import run_plans
from dpc_conformance.suite.defects import DefectPlan

SILENCE = 60.0
"""Seconds that a process may do nothing; the slowest step takes two."""


COSTS_A_SECOND = ("token", "card")
"""Folders of features that a defect meets as a whole unless only its own are asked for."""


class Reach(Enum):
    """Which scenarios a defect meets; one of a folder meets none outside."""

    OWN = auto()
    """Those of the requirements that it trips, until all of these have turned red; nothing besides."""
    RELATED = auto()
    """Those of the same subjects, and for one of a journey the scenario that opens a run and two happy paths."""
    EVERYTHING = auto()


@dataclass(frozen=True)
class ObjectDefect:
    """A mutant, as the matrix names it: by its kind too, for two kinds may have the same defect."""

    mutant: Mutant
    subject: Subject = Subject.CERTIFICATES
    breaks: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The kind of object, for a certificate its profile, and what is wrong with it."""
        return f"{self.mutant.kind}: {self.mutant.description}"

    @property
    def trips(self) -> frozenset[str]:
        """What its judge must find."""
        return self.mutant.yields


def all_seeded() -> tuple[Seeded, ...]:
    """Every known defect, subject after subject, in the order of the names."""
    objects = [ObjectDefect(one) for kind in KINDS for one in mutants(kind)]
    order = list(Subject)
    return tuple(sorted((*objects, *faults()), key=lambda one: (order.index(one.subject), one.name)))


def rows(chosen: tuple[Seeded, ...], folder: Path, reach: Reach) -> Iterator[Row]:
    """Seed each and yield what came of it, as it falls. `folder` gets journals. Raises BatchBroke, OSError."""
    for one in chosen:
        if isinstance(one, ObjectDefect):
            yield Row(one, 0, frozenset(findings(list(evaluations_of(one.mutant)))))
    in_scenarios = {one.name: one for one in chosen if isinstance(one, Fault)}
    plans = [
        DefectPlan(
            fault.name,
            folder / f"{number}.jsonl",
            _met(fault, reach),
            fault.folder,
            until=fault.trips if reach is Reach.OWN else frozenset(),
            first=seen_in(fault.name),
            target=fault.target,
        )
        for number, fault in enumerate(in_scenarios.values())
    ]
    for done in run_plans(plans, folder, SILENCE):
        yield row_of(in_scenarios[done.plan.name], done.plan.journal, done.lost)


def stops_short(one: Seeded) -> bool:
    """Whether scenarios end early with that defect, so that there is nothing to be said about the others."""
    return bool(one.breaks)


def _met(fault: Fault, reach: Reach) -> frozenset[str] | None:
    """The tags of the scenarios that the defect meets; None for every scenario."""
    if stops_short(fault) or reach is Reach.OWN:
        return fault.trips
    if reach is Reach.EVERYTHING or fault.folder in COSTS_A_SECOND:
        return None
    return related(fault.trips) | {HAPPY_PATH}
