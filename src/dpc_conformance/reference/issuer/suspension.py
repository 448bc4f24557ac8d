"""Suspension: derived credentials on hold, for a limited time, and how a hold ends (CP §4.9.13 to §4.9.16)."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography import x509
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer import pages
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles.errors import NotSupported

Change = Callable[[x509.Certificate], None]


class Suspensions:
    """Holds and restores the credentials of an account; `hold` and `restore` have the authority change its CRL."""

    before_expiry = timedelta(days=1)
    """A hold becomes final that long before the certificate ends, so that none outlives its certificate."""

    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        revocations: Revocations,
        hold: Change,
        restore: Change,
        clock: RunClock,
        settings: IssuerSettings,
    ) -> None:
        self._store, self._audit, self._revocations = store, audit, revocations
        self._hold, self._restore, self._clock, self._settings = hold, restore, clock, settings

    def suspend(self, account: str) -> None:
        """Put every active credential of the account on hold."""
        query = "SELECT * FROM credential WHERE account=? AND status IN ('signed','delivered') ORDER BY id"
        now = self._clock.now()
        for row in self._store.read().execute(query, (account,)).fetchall():
            until = min(now + self._settings.longest_suspension, moment(row["expires_at"]) - self.before_expiry)
            self._hold(_certificate(row))
            with self._store.write() as connection:
                connection.execute(
                    "INSERT INTO suspension VALUES(?,?,?) ON CONFLICT(serial) DO NOTHING",
                    (row["serial"], account, stamp(until)),
                )
                self._audit.accept(connection, "issuer", "suspend", row["serial"], f"until {stamp(until)} at most")
            self._at(row["serial"], until)

    def restore(self, account: str) -> int:
        """End every hold of the account; how many there were."""
        query = (
            "SELECT credential.* FROM suspension JOIN credential ON credential.serial=suspension.serial"
            " WHERE suspension.account=? AND credential.status IN ('signed','delivered')"
        )
        held = self._store.read().execute(query, (account,)).fetchall()
        for row in held:
            self._restore(_certificate(row))
            with self._store.write() as connection:
                connection.execute("DELETE FROM suspension WHERE serial=?", (row["serial"],))
                self._audit.accept(connection, account, "restore", row["serial"], "after PKI-AUTH with the PIV Card")
        return len(held)

    def plan(self) -> None:
        """Watch the ends of holds again after a restart."""
        for row in self._store.read().execute("SELECT * FROM suspension").fetchall():
            self._at(row["serial"], moment(row["until"]))

    def over(self, serial: str) -> None:
        """The time of a hold has run out: it becomes a revocation, unless it was ended or begun anew since."""
        row = self._store.read().execute("SELECT * FROM suspension WHERE serial=?", (serial,)).fetchone()
        if row is None or moment(row["until"]) > self._clock.now():
            return
        self._revocations.of_serial(serial, "cessationOfOperation", "it was suspended for as long as it may be")
        with self._store.write() as connection:
            connection.execute("DELETE FROM suspension WHERE serial=?", (serial,))

    def _at(self, serial: str, until: datetime) -> None:
        self._clock.at(until, lambda: self.over(serial))


class RestorationDesk:
    """Where a holder ends a suspension: by PKI-AUTH with the PIV Card and by nothing else (CP §4.9.15)."""

    def __init__(
        self, authenticator: PkiAuthenticator, suspensions: Suspensions, audit: AuditLog, settings: IssuerSettings
    ) -> None:
        self.authenticator = authenticator
        self._suspensions, self._audit, self._settings = suspensions, audit, settings

    def blueprint(self) -> Blueprint:
        """The page that leads there, for the ordinary port."""
        routes = Blueprint("restoration-start", __name__)
        routes.get("/restoration")(self.start)
        return routes

    def sign_in_blueprint(self) -> Blueprint:
        """What is served on the port that asks for a client certificate."""
        routes = Blueprint("restoration", __name__)
        routes.get("/restore")(self.restore)
        return routes

    def start(self) -> ResponseReturnValue:
        """What is about to happen."""
        address = f"{self._settings.sign_in_origin}/restore"
        return page(self._settings.display_name, "Use your credential again", START, restore=address)

    def restore(self) -> ResponseReturnValue:
        """Each visit is a handshake of its own: who proves possession of the card ends the hold with it."""
        environ = request.environ
        who = self.authenticator.authenticate(
            environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ()
        )
        if isinstance(who, Refusal):
            self._audit.refuse("restore", who)
            return pages.refusal_page(self._settings.display_name, who, f"{self._settings.origin}/")
        count = self._suspensions.restore(who.account.name)
        return page(self._settings.display_name, "Your credential", DONE, count=count)


START = """<p>{{ _("A credential on your phone was suspended. Sign in with your PIV Card to use it again.") }}</p>
<p><a class="certificate-sign-in" href="{{ restore }}">{{ _("Restore with your smart card") }}</a></p>"""
DONE = """<p>{{ _("%(count)s certificates can be used again.", count=count) }}</p>"""


def cannot_hold(_certificate: x509.Certificate) -> None:
    """For an authority that knows revocation only."""
    raise NotSupported("the certification authority", "suspend a certificate")


def _certificate(row: sqlite3.Row) -> x509.Certificate:
    return x509.load_der_x509_certificate(row["certificate"])
