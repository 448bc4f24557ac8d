"""What is known before the first scenario: target, seed, start of the run's clock, and the worker's journal."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.events import Event
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.target import Target, TargetError, load_target
from dpc_conformance.target_roles import persons_among

START = pytest.StashKey[datetime]()
WRITER = pytest.StashKey[JournalWriter]()
YEARS = range(2000, 2100)
EXPECTED_CLOCK = f"expected a moment from {YEARS.start} to {YEARS.stop - 1}, such as 2026-06-01T12:00:00Z"


@dataclass(frozen=True)
class RunSettings:
    """What the stage is built from. `start` is where every scenario's clock begins; `faults` are names of defects."""

    target: Target
    start: datetime
    seed: str
    faults: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan:
        """What the run sets out to assess."""
        target, today = self.target, self.start.date()
        return Plan(
            target.scope,
            target.edition,
            target.claims,
            target.options,
            today,
            target.products,
            persons_among(target.roles),
        )


def parse_clock(text: str) -> datetime:
    """A moment in UTC from ISO 8601; a date alone means midnight, no zone means UTC.

    ValueError otherwise, and outside the years in which the certificates of a run can be written.
    """
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(f"the year {moment.year} is not in {YEARS.start} to {YEARS.stop - 1}")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def pytest_configure(config: pytest.Config) -> None:
    """Fix the start of the run's clock and open the journal."""
    asked = config.getoption("clock")
    try:
        config.stash[START] = parse_clock(asked) if asked else machine_now()
    except ValueError:
        raise pytest.UsageError(f"--clock {asked}: {EXPECTED_CLOCK}") from None
    if any(config.getoption(name) for name in ("target", "scope", "edition", "allow_destructive", "workstation")):
        run_settings(config)  # a target that is wrong is told before anything is collected
    if not asked and config.getoption("target"):
        config.stash[START] = run_settings(config).target.starts(config.stash[START])
    path = config.getoption("journal")
    if path:
        config.stash[WRITER] = JournalWriter(path)
        config.add_cleanup(config.stash[WRITER].close)


def run_settings(config: pytest.Config) -> RunSettings:
    """The settings of this worker. Raises pytest.UsageError where the target, the scope or the edition is wrong."""
    try:
        target = load_target(config.getoption("target")).choosing(
            config.getoption("scope"),
            config.getoption("edition"),
            config.getoption("allow_destructive"),
            config.getoption("workstation"),
        )
    except TargetError as error:
        raise pytest.UsageError(str(error)) from None
    return RunSettings(target, config.stash[START], config.getoption("seed"), tuple(config.getoption("fault")))


def write(config: pytest.Config, event: Event) -> None:
    """Append an event to the journal; nothing happens in a run without one."""
    writer = config.stash.get(WRITER, None)
    if writer:
        writer.write(event)


@pytest.fixture(scope="session")
def run_start(pytestconfig: pytest.Config) -> datetime:
    """The moment at which every scenario's clock starts, in UTC."""
    return pytestconfig.stash[START]
