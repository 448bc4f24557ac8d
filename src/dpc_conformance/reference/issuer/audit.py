"""The audit log: one record per decision, in the same transaction, chained by hashes (CP §5.4.1)."""

import hashlib
import json
import sqlite3

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.store import Store, moment, stamp

FIELDS = ("at", "actor", "action", "subject", "outcome", "reason", "detail")
ACCEPTED, REFUSED = "accepted", "refused"


class AuditLog:
    """Appends records and reads them back; a changed or missing record breaks the chain."""

    def __init__(self, store: Store, clock: RunClock) -> None:
        self._store, self._clock = store, clock

    def accept(self, connection: sqlite3.Connection, actor: str, action: str, subject: str, detail: str = "") -> None:
        """Record a decision within the transaction of `connection` that carries it out."""
        self._append(connection, actor, action, subject, ACCEPTED, "", detail)

    def refuse(self, action: str, refusal: Refusal, actor: str = "unknown", subject: str = "") -> None:
        """Record a refusal; nothing else was done, so it has a transaction of its own."""
        with self._store.write(urgent=True) as connection:
            self.refuse_in(connection, action, refusal, actor, subject)

    def refuse_in(
        self, connection: sqlite3.Connection, action: str, refusal: Refusal, actor: str = "unknown", subject: str = ""
    ) -> None:
        """Record a refusal within a transaction that also does something else, such as a re-check that revokes."""
        self._append(connection, actor, action, subject, REFUSED, refusal.reason.value, refusal.detail)

    def refused(self, action: str, error: Refused) -> None:
        """Record a refusal that came out of the depth."""
        self.refuse(action, error.refusal, error.actor, error.subject)

    def records(self) -> tuple[AuditRecord, ...]:
        """Everything so far, oldest first."""
        rows = self._store.read().execute("SELECT * FROM audit ORDER BY number").fetchall()
        return tuple(AuditRecord(moment(row["at"]), *(row[name] for name in FIELDS[1:])) for row in rows)

    def intact(self) -> bool:
        """Whether every record is as it was written and none is missing in between."""
        previous = ""
        for number, row in enumerate(self._store.read().execute("SELECT * FROM audit ORDER BY number"), start=1):
            previous = _hash(previous, number, [row[name] for name in FIELDS])
            if row["number"] != number or row["hash"] != previous:
                return False
        return True

    def _append(self, connection: sqlite3.Connection, *values: str) -> None:
        last = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        number, previous = (last["number"] + 1, last["hash"]) if last else (1, "")
        record = [stamp(self._clock.now()), *values]
        connection.execute(
            "INSERT INTO audit VALUES(?,?,?,?,?,?,?,?,?)", (number, *record, _hash(previous, number, record))
        )


def _hash(previous: str, number: int, record: list[str]) -> str:
    return hashlib.sha256(_canonical([previous, number, *record])).hexdigest()


def _canonical(value: list[str | int]) -> bytes:
    """JSON as RFC 8785 writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
