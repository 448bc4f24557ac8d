"""An audit log in memory, for the reference servers that keep no database."""

import threading

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.roles.reasons import Reason

ACCEPTED, REFUSED = "accepted", "refused"


class MemoryAuditLog:
    """Appends records at the run's time and hands them out; thread-safe."""

    def __init__(self, clock: RunClock) -> None:
        self._clock = clock
        self._records: list[AuditRecord] = []
        self._lock = threading.Lock()

    def accept(self, actor: str, action: str, subject: str = "", detail: str = "") -> None:
        """Record that `actor` did or got something."""
        self._append(AuditRecord(self._clock.now(), actor, action, subject, ACCEPTED, "", detail))

    def refuse(self, actor: str, action: str, reason: Reason, subject: str = "", detail: str = "") -> None:
        """Record a refusal; `detail` must be free of secrets."""
        self._append(AuditRecord(self._clock.now(), actor, action, subject, REFUSED, reason.value, detail))

    def records(self) -> tuple[AuditRecord, ...]:
        """Everything so far, oldest first."""
        with self._lock:
            return tuple(self._records)

    def _append(self, record: AuditRecord) -> None:
        with self._lock:
            self._records.append(record)
