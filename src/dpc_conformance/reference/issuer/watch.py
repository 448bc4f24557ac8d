"""The issuer's watch over PIV identity accounts: reads the agency's feed again and again (SP 800-157r1 §2.4)."""

from datetime import datetime, timedelta

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.backend import Backend
from dpc_conformance.reference.issuer.lifecycle import Lifecycle
from dpc_conformance.reference.issuer.store import Store, stamp

EVERY = timedelta(hours=12)
"""Between two readings: what is learnt is done at once, so that eighteen hours are kept (FIPS 201-3 §2.9.4)."""


class Watch:
    """A job on the run's clock; how far the feed was read is in the store, and so survives a restart."""

    def __init__(self, store: Store, audit: AuditLog, backend: Backend, lifecycle: Lifecycle, clock: RunClock) -> None:
        self._store, self._audit, self._backend = store, audit, backend
        self._lifecycle, self._clock = lifecycle, clock

    def plan(self) -> None:
        """From now on the feed is read every twelve hours."""
        self._at(self._clock.now() + EVERY)

    def _at(self, due: datetime) -> None:
        self._clock.at(due, lambda: self.run(due))

    def run(self, due: datetime) -> None:
        """One reading, and the next one planned."""
        self._at(due + EVERY)
        self.read()

    def read(self) -> None:
        """Act on every notice that was not read before; each counts as read once it was acted on."""
        notices = self._backend.after(self._position())
        with self._store.write() as connection:
            self._audit.accept(connection, "issuer", "watch", "agency back-end", f"{len(notices)} new notices")
        for notice in notices:
            self._lifecycle.learn(notice)
            with self._store.write() as connection:
                connection.execute("INSERT INTO feed(read_at) VALUES(?)", (stamp(self._clock.now()),))

    def _position(self) -> int:
        return int(self._store.read().execute("SELECT count(*) FROM feed").fetchone()[0])
