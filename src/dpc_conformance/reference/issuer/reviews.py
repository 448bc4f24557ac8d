"""Reviews: credentials that were bound shortly before something went wrong, until somebody has decided about them."""

from datetime import datetime, timedelta

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.store import Store, stamp

RECENT = timedelta(days=7)
"""How far back a review goes (SP 800-157r1 fpd §2.4)."""


class Reviews:
    """Tasks for a security officer, each about one credential."""

    def __init__(self, store: Store, audit: AuditLog, revocations: Revocations, clock: RunClock) -> None:
        self._store, self._audit, self._revocations, self._clock = store, audit, revocations, clock

    def of_recent(self, account: str, event: datetime, why: str) -> None:
        """Open a review of each active credential that was bound in the seven days before `event`."""
        query = (
            "SELECT serial, account FROM credential WHERE account=? AND issued_at BETWEEN ? AND ?"
            " AND status IN ('signed','delivered') ORDER BY id"
        )
        with self._store.write() as connection:
            found = connection.execute(query, (account, stamp(event - RECENT), stamp(event))).fetchall()
            for row in found:
                values = (row["serial"], row["account"], stamp(self._clock.now()), why)
                connection.execute("INSERT INTO review(serial, account, opened_at, why) VALUES(?,?,?,?)", values)
                self._audit.accept(connection, "issuer", "open-review", row["serial"], why)

    def close(self, account: str, officer: str, confirmed: bool) -> None:
        """The officer decides every open review of the account: the binding is confirmed, or revoked."""
        decision = "confirmed" if confirmed else "revoked"
        query = "SELECT id, serial FROM review WHERE account=? AND decided_at IS NULL ORDER BY id"
        for row in self._store.read().execute(query, (account,)).fetchall():
            if not confirmed:
                self._revocations.of_serial(row["serial"], "keyCompromise", "nobody could confirm who bound it")
            with self._store.write() as connection:
                connection.execute(
                    "UPDATE review SET decision=?, officer=?, decided_at=? WHERE id=?",
                    (decision, officer, stamp(self._clock.now()), row["id"]),
                )
                self._audit.accept(connection, officer, "close-review", row["serial"], decision)
