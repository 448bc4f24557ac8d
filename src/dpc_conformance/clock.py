"""The run's clock: it stands still until told to move, so that a test decides what time it is."""

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Job = Callable[[], None]


def machine_now() -> datetime:
    """The machine's time in UTC: where a run's clock starts unless the user names another moment."""
    return datetime.now(UTC).replace(microsecond=0)


class RunClock:
    """One time for all roles of a run; jobs that fall due while it moves run in order, each at its own moment."""

    def __init__(self, start: datetime) -> None:
        """`start` must carry a time zone; ValueError otherwise."""
        if start.tzinfo is None:
            raise ValueError("the run's clock needs a start with a time zone")
        self._now = start.astimezone(UTC)
        self._jobs: list[tuple[datetime, int, Job]] = []
        self._order = itertools.count()
        self._watchers: list[Job] = []

    def now(self) -> datetime:
        """The run's time in UTC."""
        return self._now

    def epoch(self) -> int:
        """The run's time in whole seconds since 1970."""
        return int(self.now().timestamp())

    def at(self, moment: datetime, job: Job) -> None:
        """Run `job` when the clock reaches `moment`; a moment already past is reached by the next movement."""
        heapq.heappush(self._jobs, (moment.astimezone(UTC), next(self._order), job))

    def watch(self, watcher: Job) -> None:
        """Call `watcher` after every movement."""
        self._watchers.append(watcher)

    def advance(self, duration: timedelta) -> None:
        """Move forward, running the jobs that fall due. ValueError when asked to go back."""
        if duration < timedelta():
            raise ValueError("the run's clock does not go back")
        end = self._now + duration
        while self._jobs and self._jobs[0][0] <= end:
            moment, _, job = heapq.heappop(self._jobs)
            self._now = max(self._now, moment)
            job()
        self._now = end
        for watcher in self._watchers:
            watcher()

    def sleep(self, seconds: float) -> None:
        """What a role calls instead of waiting: the run's time passes, the machine's does not."""
        self.advance(timedelta(seconds=seconds))


class MachineClock(RunClock):
    """The clock of one machine: it follows the run's, may be wrong, and what was planned by it ends with the machine.

    `error` is by how much it is fast; a negative one means that it is slow.
    """

    def __init__(self, run: RunClock) -> None:
        """`run` may be another machine's clock: then this one follows the same run."""
        super().__init__(run.now())
        self._run: RunClock = run._run if isinstance(run, MachineClock) else run
        self.error = timedelta()
        self._stopped = False

    def now(self) -> datetime:
        """The time that it shows, in UTC."""
        return self._run.now() + self.error

    def at(self, moment: datetime, job: Job) -> None:
        """Run `job` when this clock shows `moment`, unless it was stopped by then."""
        self._run.at(moment - self.error, lambda: None if self._stopped else job())

    def advance(self, duration: timedelta) -> None:
        """The run's time passes."""
        self._run.advance(duration)

    def stop(self) -> None:
        """The machine has ended: nothing that it planned happens any more."""
        self._stopped = True
