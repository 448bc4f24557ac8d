"""A limit on guessing codes, secrets and tokens (SP 800-63B-4 §3.2.2, RFC 8628 §5.1)."""

import threading
from collections import deque
from datetime import datetime, timedelta

from dpc_conformance.clock import RunClock


class Guesses:
    """Counts wrong ones by where they came from: who guessed `most` times `within` a time is not listened to."""

    def __init__(self, clock: RunClock, most: int, within: timedelta) -> None:
        self._clock, self._most, self._within = clock, most, within
        self._moments: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def note(self, where: str) -> None:
        """One more from there."""
        with self._lock:
            self._moments.setdefault(where, deque(maxlen=self._most)).append(self._clock.now())

    def too_many(self, where: str) -> bool:
        """Whether nothing from there is looked at for now; who has waited long enough is forgotten."""
        oldest = self._clock.now() - self._within
        with self._lock:
            moments = self._moments.get(where, deque())
            while moments and moments[0] <= oldest:
                moments.popleft()
            if not moments:
                self._moments.pop(where, None)
            return len(moments) >= self._most
