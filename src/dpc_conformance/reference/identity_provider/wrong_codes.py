"""A limit on guessing user codes (RFC 8628 §5.1)."""

import threading
from collections import deque
from datetime import datetime

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings


class WrongCodes:
    """Counts wrong codes within the lifetime of a code, over all browsers: a guesser changes browsers at will."""

    def __init__(self, clock: RunClock, settings: IdentityProviderSettings) -> None:
        self._clock, self._settings = clock, settings
        self._moments: deque[datetime] = deque()
        self._lock = threading.Lock()

    def note(self) -> None:
        """One more."""
        with self._lock:
            self._moments.append(self._clock.now())

    def too_many(self) -> bool:
        """Whether no further code is looked at for now."""
        oldest = self._clock.now() - self._settings.code_lifetime
        with self._lock:
            while self._moments and self._moments[0] <= oldest:
                self._moments.popleft()
            return len(self._moments) >= self._settings.most_wrong_codes
