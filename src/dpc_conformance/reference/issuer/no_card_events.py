"""The record of decisions about applicants without a card, and the codes that were handed out on them."""

import sqlite3

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.no_card import NoCardEvent
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.no_card_rules import Application
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import Store, moment, stamp

TABLES = """BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS no_card_event(
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, account TEXT NOT NULL REFERENCES account, operator TEXT NOT NULL,
  channel TEXT NOT NULL, proofed_at TEXT, adjudication TEXT NOT NULL, biometric TEXT NOT NULL,
  justification TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS no_card_code(
  sign_in INTEGER PRIMARY KEY REFERENCES sign_in, event INTEGER NOT NULL REFERENCES no_card_event) STRICT;
COMMIT;"""
ACTION = "issue-without-card"


class NoCardEvents:
    """Tables in the issuer's store; every decision is one transaction with its audit record."""

    def __init__(self, store: Store, audit: AuditLog, clock: RunClock) -> None:
        self._store, self._audit, self._clock = store, audit, clock
        store.read().executescript(TABLES)

    def add(self, operator: str, application: Application) -> int:
        """A decision of this moment; its number."""
        proofed = stamp(application.proofed_at) if application.proofed_at else None
        with self._store.write() as connection:
            number = connection.execute(
                "INSERT INTO no_card_event(at, account, operator, channel, proofed_at, adjudication, biometric,"
                " justification) VALUES(?,?,?,?,?,?,?,?)",
                (
                    stamp(self._clock.now()), application.account, operator, application.channel, proofed,
                    application.adjudication, application.biometric, application.justification,
                ),
            ).lastrowid  # fmt: skip
            detail = f"event {number}, {application.channel}: {application.justification}"
            self._audit.accept(connection, operator, ACTION, application.account, detail)
        return int(number or 0)

    def visit(self, account: str, event: int) -> SignIn:
        """The applicant is at the desk: identified there, with the obligations accepted, and without a card."""
        now = self._clock.now()
        with self._store.write() as connection:
            number = connection.execute(
                "INSERT INTO sign_in(account, piv_certificate, verified_at, ticket_expires, obligations_at)"
                " VALUES(?,?,?,?,?)",
                (account, b"", stamp(now), stamp(now), stamp(now)),
            ).lastrowid
            connection.execute("INSERT INTO no_card_code VALUES(?,?)", (number, event))
            self._audit.accept(connection, account, "accept-obligations", f"sign-in {number}", "at the desk")
        return SignIn(int(number or 0), account, b"", now, now)

    def of_account(self, account: str) -> tuple[NoCardEvent, ...]:
        """Every decision about the account, oldest first."""
        query = "SELECT * FROM no_card_event WHERE account=? ORDER BY id"
        return tuple(self._event(row) for row in self._store.read().execute(query, (account,)).fetchall())

    def _event(self, row: sqlite3.Row) -> NoCardEvent:
        query = (
            "SELECT serial FROM credential JOIN token ON token.hash=credential.grant_id"
            " JOIN no_card_code ON no_card_code.sign_in=token.sign_in WHERE event=? AND serial IS NOT NULL"
        )
        serials = self._store.read().execute(query, (row["id"],)).fetchall()
        return NoCardEvent(
            str(row["id"]), moment(row["at"]), row["account"], row["operator"], row["channel"],
            moment(row["proofed_at"]) if row["proofed_at"] else None, row["adjudication"], row["biometric"],
            row["justification"], tuple(each["serial"] for each in serials),
        )  # fmt: skip
