"""The registration desk's service: an operator logs on with a certificate and reports on applicants."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.pki_auth import Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.registration_rules import Report
from dpc_conformance.reference.issuer.registrations import ACTION, Registrations
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

PREFIX, LOG_ON = "/registration", "log-on"
MOST_BYTES = 65536
WORDS = tuple(each.name for each in fields(Report) if each.name != "sample")


@dataclass
class RegistrationDesk:
    """`GET /registration/visits` and `POST /registration`, on the port that asks for a certificate (CP §6.2.1)."""

    store: Store
    audit: AuditLog
    operators: PkiAuthenticator
    registrations: Registrations

    def blueprint(self) -> Blueprint:
        """The two resources."""
        pages = Blueprint("registration", __name__, url_prefix=PREFIX)
        pages.get("/visits")(self.visits)
        pages.post("")(self.register)
        return pages

    def visits(self) -> ResponseReturnValue:
        """Log on: who is signed in with a card and may be registered."""
        return self._answered(LOG_ON, self._visits)

    def register(self) -> ResponseReturnValue:
        """Register the applicant of one visit."""
        return self._answered(ACTION, self._register)

    def _visits(self, operator: Authenticated) -> ResponseReturnValue:
        with self.store.write() as connection:
            subject = f"certificate {operator.certificate.serial_number:x}"
            self.audit.accept(connection, operator.account.name, LOG_ON, subject)
        rows = self.registrations.visits()
        return {"visits": [{"visit": row["id"], "account": row["account"]} for row in rows]}

    def _register(self, operator: Authenticated) -> ResponseReturnValue:
        body: Any = request.get_json(silent=True) if (request.content_length or 0) <= MOST_BYTES else None
        visit = body.get("visit") if isinstance(body, Mapping) else None
        if not isinstance(visit, int):
            raise Refused(Refusal(Reason.REQUEST_MALFORMED, "expected a JSON object with visit"), operator.account.name)
        return {"application": self.registrations.decide(operator, visit, _report(body))}

    def _answered(self, action: str, then: Callable[[Authenticated], ResponseReturnValue]) -> ResponseReturnValue:
        environ = request.environ
        who = self.operators.authenticate(environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ())
        try:
            if isinstance(who, Refusal):
                raise Refused(who)
            return then(who)
        except Refused as refused:
            self.audit.refused(action, refused)
            return error_answer(refused.refusal)


def _report(body: Mapping[str, Any]) -> Report:
    said = {name: str(body.get(name, "")) for name in WORDS}
    try:
        return Report(**said, sample=base64.b64decode(str(body.get("sample", "")), validate=True))
    except ValueError as error:
        raise Refused(Refusal(Reason.REQUEST_MALFORMED, "the sample is not base64")) from error
