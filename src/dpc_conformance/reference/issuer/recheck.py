"""The second look: seven days after issuing, is the card that authorised it still good? (CP §3.2.3.1)."""

from datetime import datetime, timedelta

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.roles.reasons import Reason

AGAIN = timedelta(hours=1)
LATEST = timedelta(hours=23)


class Recheck:
    """Asks for the status of the PIV Authentication certificate again, and revokes what came of a revoked one."""

    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        judge: CertificateJudge,
        revocations: Revocations,
        clock: RunClock,
        settings: IssuerSettings,
    ) -> None:
        self._store, self._audit, self._judge = store, audit, judge
        self._revocations, self._clock, self._settings = revocations, clock, settings
        self._planned: set[int] = set()

    def plan(self) -> None:
        """Plan the second look for every certificate that has not had one; also after a restart."""
        query = (
            "SELECT id, issued_at FROM credential"
            " WHERE certificate IS NOT NULL AND rechecked_at IS NULL AND length(piv_certificate)>0"
        )
        for row in self._store.read().execute(query).fetchall():
            if row["id"] not in self._planned:
                self._planned.add(row["id"])
                self._at(row["id"], moment(row["issued_at"]) + self._settings.recheck_after)

    def _at(self, number: int, due: datetime) -> None:
        self._clock.at(due, lambda: self._look(number, due))

    def _look(self, number: int, due: datetime) -> None:
        row = self._store.read().execute("SELECT * FROM credential WHERE id=?", (number,)).fetchone()
        refusal = self._judge.judge(x509.load_der_x509_certificate(row["piv_certificate"]))
        unknown = refusal is not None and refusal.reason is Reason.STATUS_UNAVAILABLE
        again = (
            unknown and self._clock.now() + AGAIN <= moment(row["issued_at"]) + self._settings.recheck_after + LATEST
        )
        with self._store.write() as connection:
            if not again:
                connection.execute(
                    "UPDATE credential SET rechecked_at=? WHERE id=?", (stamp(self._clock.now()), number)
                )
            if refusal is None:
                self._audit.accept(connection, "issuer", "re-check", row["serial"], "the card's certificate is good")
            else:
                noted = refusal if again or not unknown else Refusal(refusal.reason, f"for review: {refusal.detail}")
                self._audit.refuse_in(connection, "re-check", noted, "issuer", row["serial"])
        if again:
            self._at(number, due + AGAIN)
        if refusal is not None and refusal.reason is Reason.REVOKED:
            why = "the certificate of the PIV Card that it was derived from has been revoked"
            self._revocations.of_card(row["piv_certificate"], "keyCompromise", why)
