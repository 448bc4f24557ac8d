"""The run's clock: it stands still until told to move, so that a test decides what time it is."""

import heapq
import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

Job = Callable[[], None]
BEAT_SECONDS = 0.25
"""How far a `LiveClock` may be behind the machine's."""
log = logging.getLogger(__name__)


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

    def sleep(self, seconds: float) -> None:
        """As by the run's clock."""
        self._run.sleep(seconds)

    def stop(self) -> None:
        """The machine has ended: nothing that it planned happens any more."""
        self._stopped = True


class LiveClock(RunClock):
    """Goes on with the machine's clock, and can be moved ahead of it; for servers that outside clients talk to."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._moves = threading.Condition(threading.RLock())
        self._stopped = threading.Event()

    def advance(self, duration: timedelta) -> None:
        """Move forward; several threads may. ValueError when asked to go back."""
        with self._moves:
            super().advance(duration)
            self._moves.notify_all()

    def sleep(self, seconds: float) -> None:
        """Wait until so much of this clock's time has passed, at most until it stops."""
        end = self.now() + timedelta(seconds=seconds)
        with self._moves:
            self._moves.wait_for(lambda: self._stopped.is_set() or self.now() >= end)

    @contextmanager
    def going(self) -> Iterator[None]:
        """Time passes as long as the block runs."""
        thread = threading.Thread(target=self._go, name="clock", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join()
            self.advance(timedelta())

    def _go(self) -> None:
        before = datetime.now(UTC)
        while not self._stopped.wait(BEAT_SECONDS):
            now = datetime.now(UTC)
            # A machine whose clock is set back does not take the servers with it.
            passed, before = max(now - before, timedelta()), now
            try:
                self.advance(passed)
            except Exception:
                log.exception("what was due could not be done")
