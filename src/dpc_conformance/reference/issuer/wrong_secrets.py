"""A limit on guessing binding secrets (SP 800-63B-4 §3.2.2): who guessed often is not listened to for a while."""

import threading
from collections import deque
from datetime import datetime

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.settings import IssuerSettings


class WrongSecrets:
    """Counts unknown secrets by the address they came from, within the lifetime of a secret."""

    def __init__(self, clock: RunClock, settings: IssuerSettings) -> None:
        self._clock, self._settings = clock, settings
        self._moments: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def note(self, address: str) -> None:
        """One more from there."""
        with self._lock:
            self._moments.setdefault(address, deque(maxlen=self._settings.most_wrong_secrets)).append(self._clock.now())

    def too_many(self, address: str) -> bool:
        """Whether nothing from there is looked at for now; who has waited long enough is forgotten."""
        oldest = self._clock.now() - self._settings.secret_lifetime
        with self._lock:
            moments = self._moments.get(address, deque())
            while moments and moments[0] <= oldest:
                moments.popleft()
            if not moments:
                self._moments.pop(address, None)
            return len(moments) >= self._settings.most_wrong_secrets
