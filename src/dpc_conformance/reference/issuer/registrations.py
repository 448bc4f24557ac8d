"""Registrations: an operator's decisions about applicants for hardware credentials, and the records of them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.registration import Comparison, IdentityEvidence, KeptSample, Registration
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.registration_rules import NOT_POSSIBLE, RegistrationRules, Report
from dpc_conformance.reference.issuer.sample_archive import SampleArchive
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.reference.pki.profile import THREE_YEARS
from dpc_conformance.roles.reasons import Reason

ACTION = "register"
KEPT_AFTER_EXPIRY = timedelta(days=3 * 366)
"""How long records stay after the certificate has expired (CP §5.5.2: three years)."""


class Registrations:
    """Each belongs to one sign-in of the applicant with the PIV Card: the visit."""

    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        archive: SampleArchive,
        rules: RegistrationRules,
        clock: RunClock,
        settings: IssuerSettings,
    ) -> None:
        self._store, self._audit, self._clock, self._settings = store, audit, clock, settings
        self.archive, self.rules = archive, rules

    def visits(self) -> list[sqlite3.Row]:
        """Who is signed in with a card now and not registered yet: `id`, `account`, `verified_at`, oldest first."""
        query = (
            "SELECT id, account, verified_at FROM sign_in WHERE session IS NOT NULL AND session_expires>?"
            " AND id NOT IN (SELECT sign_in FROM registration) ORDER BY id"
        )
        return self._store.read().execute(query, (stamp(self._clock.now()),)).fetchall()

    def decide(self, operator: Authenticated, visit: int, report: Report) -> str:
        """Register the applicant of that visit; the number of the application. Raises Refused."""
        account = self._applicant(operator, visit)
        earlier = self._earlier(account, report.application)
        if (refusal := self.rules.judge(report, earlier)) is not None:
            raise Refused(refusal, operator.account.name, f"{account}, sign-in {visit}")
        sample = self.archive.keep(report.sample, self._until()) if report.sample else None
        with self._store.write() as connection:
            number = self._insert(connection, operator, visit, account, report, sample)
            said = f"application {number}: {report.channel}, {report.result or 'no comparison'}"
            detail = f"{said}, {report.source}, sample {sample.reference if sample else 'none'}"
            self._audit.accept(connection, operator.account.name, ACTION, f"{account}, sign-in {visit}", detail)
        return str(number)

    def cleared(self, sign_in: SignIn) -> Refusal | None:
        """Refused unless an operator has registered the applicant in this very visit."""
        query = "SELECT 1 FROM registration WHERE sign_in=?"
        if self._store.read().execute(query, (sign_in.number,)).fetchone() is not None:
            return None
        return Refusal(Reason.NOT_IN_PERSON, f"nobody registered the applicant of sign-in {sign_in.number}")

    def of_account(self, account: str) -> tuple[Registration, ...]:
        """Every registration of the account, oldest first."""
        query = (
            "SELECT registration.*, sign_in.verified_at FROM registration"
            " JOIN sign_in ON sign_in.id=registration.sign_in"
            " WHERE registration.account=? ORDER BY registration.id"
        )
        came_of = self._came_of(account)
        rows = self._store.read().execute(query, (account,)).fetchall()
        return tuple(self.record(row, came_of.get(row["application"], ())) for row in rows)

    def record(self, row: sqlite3.Row, serials: tuple[str, ...]) -> Registration:
        """A row as it is shown to auditors."""
        compared = row["result"], row["matcher"], row["source"], row["sample"], row["sample_digest"]
        examined = row["document"], row["declaration"], row["sample"], row["sample_digest"]
        return Registration(
            at=moment(row["at"]),
            application=str(row["application"]),
            account=row["account"],
            channel=row["channel"],
            operator=row["operator"],
            operator_certificate=row["operator_certificate"],
            identity_verified_at=moment(row["verified_at"]),
            comparison=Comparison(*compared) if row["result"] else None,
            evidence=IdentityEvidence(*examined) if row["result"] == NOT_POSSIBLE else None,
            serials=serials,
        )

    def _applicant(self, operator: Authenticated, visit: int) -> str:
        account = next((row["account"] for row in self.visits() if row["id"] == visit), None)
        if account is None:
            refusal = Refusal(Reason.REQUEST_MALFORMED, "nobody of that number is signed in and waits for it")
            raise Refused(refusal, operator.account.name)
        if account == operator.account.name:
            refusal = Refusal(Reason.NOT_IN_PERSON, "nobody registers the own person")
            raise Refused(refusal, operator.account.name)
        return str(account)

    def _earlier(self, account: str, application: str) -> Sequence[Registration]:
        """The visits of an application that is still open; none for a new one. Raises Refused."""
        if not application:
            return ()
        found = [each for each in self.of_account(account) if each.application == application and not each.serials]
        if not found:
            raise Refused(Refusal(Reason.REQUEST_MALFORMED, "there is no such open application"), account)
        return found

    def _insert(
        self,
        connection: sqlite3.Connection,
        operator: Authenticated,
        visit: int,
        account: str,
        report: Report,
        sample: KeptSample | None,
    ) -> int:
        query = "SELECT coalesce(max(application), 0) + 1 AS number FROM registration"
        number = int(report.application or connection.execute(query).fetchone()["number"])
        kept = (sample.reference, sample.digest) if sample else ("", "")
        connection.execute(
            "INSERT INTO registration(application, sign_in, account, at, channel, operator, operator_certificate,"
            " result, matcher, source, sample, sample_digest, document, declaration)"
            " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                number, visit, account, stamp(self._clock.now()), report.channel, operator.account.name,
                _der(operator.certificate), report.result, report.matcher, report.source, *kept,
                report.document, report.declaration,
            ),
        )  # fmt: skip
        return number

    def _until(self) -> datetime:
        """Three years after the last certificate that may come of this visit has expired."""
        return self._clock.now() + self._settings.identity_lifetime + THREE_YEARS + KEPT_AFTER_EXPIRY

    def _came_of(self, account: str) -> dict[int, tuple[str, ...]]:
        """The serial numbers that came of each application, directly or by re-key."""
        query = (
            "SELECT credential.serial, credential.grant_id, registration.application FROM credential"
            " JOIN attested_key USING (key) LEFT JOIN token ON token.hash=credential.grant_id"
            " LEFT JOIN registration ON registration.sign_in=token.sign_in"
            " WHERE credential.account=? AND serial IS NOT NULL ORDER BY credential.id"
        )
        found: dict[str, int] = {}
        for row in self._store.read().execute(query, (account,)).fetchall():
            former = found.get(row["grant_id"].removeprefix("renewal of "))
            if (application := row["application"] or former) is not None:
                found[row["serial"]] = application
        return {number: tuple(serial for serial, its in found.items() if its == number) for number in found.values()}


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
