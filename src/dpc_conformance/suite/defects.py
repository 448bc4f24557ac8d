"""Runs scenarios once for each seeded defect, every defect with a journal of its own: `--defects FILE`."""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dpc_conformance.evidence.events import SANITY_OPENS
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.evidence.turned_red import turned_red
from dpc_conformance.suite.described import describe
from dpc_conformance.suite.moment import WRITER

PLAN = pytest.StashKey["tuple[DefectPlan, ...]"]()


@dataclass(frozen=True)
class DefectPlan:
    """A defect of the reference by name, and where its journal goes.

    `wanted` are the tags whose scenarios it meets, besides the one that opens a run; None means every scenario.
    `features` is the folder below features/ that is collected, empty for all of them. `until` are the ids that it
    trips: once all of them have turned red the rest is left out, and so is the scenario that opens a run; empty to
    leave out none. `first` are the names of the scenarios that it meets before others.
    `target` names the target of the suite that it is seeded into; empty for the reference as it is.
    """

    name: str
    journal: Path
    wanted: frozenset[str] | None
    features: str = ""
    until: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    target: str = ""

    def meets(self, tags: set[str]) -> bool:
        """Whether it meets a scenario with these tags."""
        opens = SANITY_OPENS in tags and not self.until
        return self.wanted is None or opens or not self.wanted.isdisjoint(tags)

    def settled(self) -> bool:
        """Whether all that it waits for has turned red. OSError where its journal cannot be read."""
        if not self.until or not self.journal.exists():
            return False
        failed, _ = turned_red(read_journal(self.journal), self.until)
        return self.until <= failed


def write_plan(file: Path, plans: tuple[DefectPlan, ...]) -> None:
    """Write what `--defects` reads. OSError where the file cannot be written."""
    rows = [(plan.name, str(plan.journal), plan.wanted and [*plan.wanted], [*plan.until], plan.first) for plan in plans]
    file.write_text(json.dumps(rows))


def read_plan(file: Path) -> tuple[DefectPlan, ...]:
    """What `write_plan` wrote. OSError, ValueError."""
    rows = json.loads(file.read_text())
    return tuple(
        DefectPlan(name, Path(journal), tags and frozenset(tags), until=frozenset(until), first=tuple(first))
        for name, journal, tags, until, first in rows
    )


def seeded_in(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The names of the defects in this scenario: those of the command line, and the one it is run for."""
    plan: DefectPlan | None = request.getfixturevalue("defect")
    return (*request.config.getoption("fault"), *([plan.name] if plan else []))


@pytest.fixture(autouse=True)
def defect(request: pytest.FixtureRequest) -> DefectPlan | None:
    """The defect for which the scenario is run; None in an ordinary run."""
    return getattr(request, "param", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option to those of the suite."""
    group = parser.getgroup("dpc")
    group.addoption("--defects", type=Path, metavar="FILE", help="run the scenarios for each defect that FILE plans")


def pytest_configure(config: pytest.Config) -> None:
    """Read the plan."""
    config.stash[PLAN] = read_plan(config.getoption("defects")) if config.getoption("defects") else ()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each scenario once for each defect that meets it."""
    plans = metafunc.config.stash[PLAN]
    if plans:
        tags = {mark.name for mark in metafunc.definition.iter_markers()}
        met = [plan for plan in plans if plan.meets(tags)]
        metafunc.parametrize("defect", met, indirect=True, ids=[plan.name for plan in met])


def defect_after_defect(config: pytest.Config, items: list[pytest.Item]) -> list[pytest.Item]:
    """The items in the order of the plan, without those that no defect meets; as they are where there is no plan."""
    plans = config.stash[PLAN]
    if not plans:
        return items
    return [item for plan in plans for item in sorted((i for i in items if plan_of(i) is plan), key=_comes_later)]


def _comes_later(item: pytest.Item) -> bool:
    plan, facts = plan_of(item), describe(item)
    return plan is None or facts is None or facts.name not in plan.first


def plan_of(item: pytest.Item) -> DefectPlan | None:
    """The defect for which an item was made."""
    callspec = getattr(item, "callspec", None)
    plan = callspec.params.get("defect") if callspec else None
    return plan if isinstance(plan, DefectPlan) else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What happens goes into the journal of the defect."""
    plan = plan_of(item)
    if plan is None:
        return (yield)
    with JournalWriter(plan.journal) as writer:
        item.config.stash[WRITER] = writer
        try:
            return (yield)
        finally:
            del item.config.stash[WRITER]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What could say nothing more about a defect is left out."""
    plan = plan_of(item)
    if plan is not None and plan.settled():
        pytest.skip("the defect was caught already")


def in_batches(plans: tuple[DefectPlan, ...], size: int) -> Iterator[tuple[DefectPlan, ...]]:
    """The plans in groups of at most `size`."""
    for start in range(0, len(plans), size):
        yield plans[start : start + size]
