"""Revocation on request of an officer: authenticated, for one named certificate, with a reason (CP §3.4, §4.9.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.patience import Patience
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.sign_ins import digest
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

ACTION = "request-revocation"
REASONS = frozenset({"keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation", "privilegeWithdrawn"})
"""What an officer may give as the reason (RFC 5280 §5.3.1)."""


@dataclass
class RevocationDesk:
    """`POST /revocations`. The holder is told afterwards and not asked before (FIPS 201-3 §2.10.2)."""

    store: Store
    audit: AuditLog
    revocations: Revocations
    officers: Mapping[str, str] = field(repr=False)
    """The officers by the digest of what they authenticate with."""
    patience: Patience

    def blueprint(self) -> Blueprint:
        """JSON in, JSON out."""
        routes = Blueprint("revocations", __name__, url_prefix="/revocations")
        routes.post("")(self.receive)
        return routes

    def receive(self) -> ResponseReturnValue:
        """One request."""
        try:
            self.patience.expect()
            officer = self.requester(request.headers.get("Authorization", ""))
            row, reason = self._named(officer)
        except Refused as refused:
            self.patience.note(refused)
            self.audit.refused(ACTION, refused)
            return error_answer(refused.refusal)
        self.act(officer, row["serial"], x509.load_der_x509_certificate(row["certificate"]), reason)
        return {"serial": row["serial"]}

    def requester(self, authorization: str) -> str:
        """The officer who asks. Raises Refused for anybody else."""
        scheme, _, token = authorization.partition(" ")
        officer = self.officers.get(digest(token.strip())) if scheme == "Bearer" else None
        if officer is None:
            raise Refused(Refusal(Reason.REQUESTER_UNKNOWN, "nobody authenticated for this request"))
        return officer

    def act(self, officer: str, serial: str, certificate: x509.Certificate, reason: str) -> None:
        """The request goes on record, and is carried out."""
        with self.store.write() as connection:
            detail = f"{reason}; issued by {certificate.issuer.rfc4514_string()}"
            self.audit.accept(connection, officer, ACTION, serial, detail)
        self.revocations.of_serial(serial, reason, "a security officer decided so")

    def _named(self, officer: str) -> tuple[Any, str]:
        body: Any = request.get_json(silent=True)
        body = body if isinstance(body, Mapping) else {}
        serial, reason = body.get("serial"), body.get("reason")
        if not isinstance(serial, str) or not isinstance(reason, str) or not serial or reason not in REASONS:
            refusal = Refusal(Reason.REQUEST_INCOMPLETE, "a request names a serial number and a reason")
            raise Refused(refusal, officer)
        query = "SELECT serial, certificate FROM credential WHERE serial=? AND certificate IS NOT NULL"
        row = self.store.read().execute(query, (serial.lower(),)).fetchone()
        if row is None:
            raise Refused(Refusal(Reason.REQUEST_INCOMPLETE, "there is no certificate of that serial number"), officer)
        return row, reason
