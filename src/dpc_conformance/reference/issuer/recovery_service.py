"""The recovery service of the reference protocol: JSON over mutually authenticated TLS (docs/architecture.md)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.recovery import KeyRecovery
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.roles.reasons import Reason

PREFIX = "/recovery"
MOST_BYTES = 16384


@dataclass
class RecoveryService:
    """`GET /recovery/keys`, `POST /recovery` and `POST /recovery/receipts`, on the port that asks for a certificate."""

    recovery: KeyRecovery

    def blueprint(self) -> Blueprint:
        """The three resources."""
        pages = Blueprint("recovery", __name__, url_prefix=PREFIX)
        pages.get("/keys")(self.keys)
        pages.post("")(self.recover)
        pages.post("/receipts")(self.receipts)
        return pages

    def keys(self) -> ResponseReturnValue:
        """The certificates of the keys that the credential may recover."""
        try:
            who = self._who()
            entries = self.recovery.offered(who)
        except Refused as refused:
            self.recovery.audit.refused("list-keys", refused)
            return error_answer(refused.refusal)
        return {"certificates": [_text(entry.certificate.public_bytes(Encoding.DER)) for entry in entries]}

    def recover(self) -> ResponseReturnValue:
        """One key, as CMS EnvelopedData."""
        who, certificate = None, b""
        try:
            asked = _body("certificate")
            certificate = asked["certificate"]
            who = self._who()
            envelope = self.recovery.recover(who, certificate, _body("request")["request"])
        except Refused as refused:
            self.recovery.refuse(refused, who.account if who else None, certificate)
            return error_answer(refused.refusal)
        return {"certificate": _text(certificate), "key": _text(envelope)}

    def receipts(self) -> ResponseReturnValue:
        """Acknowledge that a recovered key is installed."""
        try:
            self.recovery.received(self._who(), _body("certificate")["certificate"])
        except Refused as refused:
            self.recovery.audit.refused("acknowledge-recovery", refused)
            return error_answer(refused.refusal)
        return {}

    def _who(self) -> Authenticated:
        environ = request.environ
        return self.recovery.authenticate(environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ())


def _text(der: bytes) -> str:
    return base64.b64encode(der).decode()


def _body(*names: str) -> dict[str, bytes]:
    """The base64 members of those names. Raises Refused."""
    body: Any = request.get_json(silent=True) if (request.content_length or 0) <= MOST_BYTES else None
    if not isinstance(body, Mapping) or not all(isinstance(body.get(name), str) for name in names):
        raise Refused(Refusal(Reason.REQUEST_MALFORMED, f"expected a JSON object with {', '.join(names)}"))
    try:
        return {name: base64.b64decode(body[name], validate=True) for name in names}
    except ValueError as error:
        raise Refused(Refusal(Reason.REQUEST_MALFORMED, "expected base64")) from error
