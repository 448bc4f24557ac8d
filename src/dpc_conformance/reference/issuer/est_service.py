"""The EST server (RFC 7030): enrolment with a token, renewal with a certificate."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.grants import Grant, Grants
from dpc_conformance.reference.issuer.hardware_issuance import Issues
from dpc_conformance.reference.issuer.patience import Patience
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import AUTHENTICATION, DEVICE, ISSUER
from dpc_conformance.roles.reasons import Reason

PREFIX = "/.well-known/est"
CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only"
GENERATED_KEY = "application/pkcs7-mime; smime-type=server-generated-key"
WANTED_ALGORITHMS = ("1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.113549.1.1.11")
"""ecdsa-with-SHA256, ecdsa-with-SHA384, sha256WithRSAEncryption."""
MOST_BYTES = 16384


@dataclass
class EstService:
    """One label per usage: `/.well-known/est/<usage>/<operation>`; without a label it is authentication.

    The enrolment token comes as a bearer token, or as the password of HTTP Basic (RFC 7030 §3.2.3).
    """

    audit: AuditLog
    grants: Grants
    issuance: Issues
    renewals: PkiAuthenticator
    """Judges the derived certificate with which a renewal is asked for."""
    ca_certificates: Callable[[], Sequence[x509.Certificate]]
    """What the public repository holds: certificates of authorities and nothing else (CP §4.4.2)."""
    entropy: Entropy
    rekey: Issues
    """Issues in place of a certificate that the holder has."""
    patience: Patience

    def blueprint(self) -> Blueprint:
        """What is served on the ordinary port."""
        pages = Blueprint("est", __name__, url_prefix=PREFIX)
        for path in ("/cacerts", "/<usage>/cacerts"):
            pages.get(path)(self.cacerts)
        for path in ("/csrattrs", "/<usage>/csrattrs"):
            pages.get(path)(self.csrattrs)
        for path in ("/simpleenroll", "/<usage>/simpleenroll"):
            pages.post(path)(self.simpleenroll)
        pages.post("/<usage>/serverkeygen")(self.serverkeygen)
        return pages

    def renewal_blueprint(self) -> Blueprint:
        """What is served on the port that asks for a client certificate."""
        pages = Blueprint("est-renewal", __name__, url_prefix=PREFIX)
        for path in ("/simplereenroll", "/<usage>/simplereenroll"):
            pages.post(path)(self.simplereenroll)
        return pages

    def cacerts(self, usage: str = "") -> ResponseReturnValue:  # noqa: ARG002  the same for every usage
        """RFC 7030 §4.1."""
        return _answer(pkcs7.serialize_certificates(list(self.ca_certificates()), Encoding.DER), CERTS_ONLY)

    def csrattrs(self, usage: str = "") -> ResponseReturnValue:  # noqa: ARG002
        """RFC 7030 §4.5: which signature algorithms a request may use."""
        wanted = core.SequenceOf([core.ObjectIdentifier(oid) for oid in WANTED_ALGORITHMS], spec=core.ObjectIdentifier)
        return _answer(wanted.dump(), "application/csrattrs")

    def simpleenroll(self, usage: str = AUTHENTICATION) -> ResponseReturnValue:
        """RFC 7030 §4.2.1, for keys that the device made."""
        return self._by_token(usage, DEVICE)

    def serverkeygen(self, usage: str) -> ResponseReturnValue:
        """RFC 7030 §4.4, for keys that the issuer makes; the request's own key is where the new key is sent to."""
        return self._by_token(usage, ISSUER)

    def simplereenroll(self, usage: str = AUTHENTICATION) -> ResponseReturnValue:
        """RFC 7030 §4.2.2, for the holder of a derived authentication certificate."""
        environ = request.environ
        who = self.renewals.authenticate(environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ())
        try:
            if isinstance(who, Refusal):
                raise Refused(who)
            return self._issue(self.grants.of_certificate(who.certificate), usage, DEVICE, self.rekey)
        except Refused as refused:
            return self._refuse("renew", refused)

    def _by_token(self, usage: str, key_origin: str) -> ResponseReturnValue:
        try:
            self.patience.expect()
            return self._issue(self.grants.of_token(_token()), usage, key_origin, self.issuance)
        except Refused as refused:
            return self._refuse("issue", refused)

    def _issue(self, grant: Grant | Refusal, usage: str, key_origin: str, issuance: Issues) -> ResponseReturnValue:
        if isinstance(grant, Refusal):
            raise Refused(grant)
        product = issuance.issue(grant, usage, _request_der(grant), key_origin)
        certificate = x509.load_der_x509_certificate(product.certificate)
        certs_only = pkcs7.serialize_certificates([certificate], Encoding.DER)
        if key_origin == DEVICE:
            return _answer(certs_only, CERTS_ONLY)
        return self._two_parts((GENERATED_KEY, product.envelope or b""), (CERTS_ONLY, certs_only))

    def _refuse(self, action: str, refused: Refused) -> ResponseReturnValue:
        self.patience.note(refused)
        self.audit.refused(action, refused)
        return error_answer(refused.refusal)

    def _two_parts(self, *parts: tuple[str, bytes]) -> ResponseReturnValue:
        boundary = f"estServerKeyGen-{self.entropy.bytes(12).hex()}"
        lines = []
        for content_type, content in parts:
            lines += [f"--{boundary}", f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64", ""]
            lines += [base64.b64encode(content).decode()]
        body = "\r\n".join([*lines, f"--{boundary}--", ""])
        return Response(body, content_type=f'multipart/mixed; boundary="{boundary}"')


def _token() -> str | None:
    presented = request.authorization
    if presented is None:
        return None
    return {"bearer": presented.token, "basic": presented.password}.get(presented.type)


def _request_der(grant: Grant) -> bytes:
    # Also when no length is announced: more than this is not read.
    request.max_content_length = MOST_BYTES
    try:
        content: Any = request.get_data(cache=False)
    except RequestEntityTooLarge:
        content = b""
    try:
        # Line breaks are allowed in the base64 and removed; anything else that does not belong there is refused.
        return base64.b64decode(b"".join(content.split()), validate=True)
    except ValueError as error:
        refusal = Refusal(Reason.REQUEST_MALFORMED, "the body is not base64")
        raise Refused(refusal, grant.account, f"device {grant.device_id}") from error


def _answer(der: bytes, content_type: str) -> Response:
    headers = {"Content-Transfer-Encoding": "base64"}
    # In one line: line breaks are allowed (RFC 8951 §3.1), and strongSwan's pki stumbles over them.
    return Response(base64.b64encode(der), content_type=content_type, headers=headers)
