"""An activated key waits for its one use; inactivity and log-out end the wait (Common Policy CP §6.2.9)."""

from datetime import datetime, timedelta

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.phone.keystore import ActivatedKey

IDLE_TIME = timedelta(minutes=2)


class WaitingKey:
    """Holds at most one key, in memory only, for `idle_time` at most."""

    def __init__(self, clock: RunClock, idle_time: timedelta = IDLE_TIME) -> None:
        self._clock, self.idle_time = clock, idle_time
        self._key: ActivatedKey | None = None
        self._until: datetime | None = None

    def put(self, key: ActivatedKey) -> None:
        """From now on this key waits, in place of another."""
        self._key, self._until = key, self._clock.now() + self.idle_time

    def take(self) -> ActivatedKey | None:
        """The key for its one use; None when none waits, or not any more."""
        key = self._key if self._alive() else None
        self.log_out()
        return key

    def log_out(self) -> None:
        """Nothing waits any more."""
        self._key = self._until = None

    def _alive(self) -> bool:
        return self._until is not None and self._clock.now() < self._until
