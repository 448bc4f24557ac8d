"""Sign-in with a bound authenticator: the page, and the question to the home agency whose it is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity
from flask import Flask, request, session
from werkzeug.wrappers import Response

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url, from_base64url
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.identity_provider import pages
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings
from dpc_conformance.roles.reasons import Reason

SIGN_IN = "sign-in"
CHALLENGE_BYTES = 32
SITE = PublicKeyCredentialRpEntity(name="Example Agency", id="dpc.example")
NOT_NOW = "Nobody can be asked at the moment whose authenticator this is."


@dataclass
class HomeAgency:
    """Where the issuer verifies authenticators for its verifiers; `token` is what they authenticate with."""

    open_http: Callable[[], httpx.Client]
    address: str
    token: Callable[[], str] = field(repr=False)

    def verify(self, challenge: str, response: str, password: str) -> tuple[str, str]:
        """The account whose authenticator answered, or nothing and what the person is told."""
        sent = {"challenge": challenge, "response": response, "password": password}
        headers = {"Authorization": f"Bearer {self.token()}"}
        with self.open_http() as http:
            answer = http.post(self.address, json=sent, headers=headers)
        body = answer.json()
        return (str(body["account"]), "") if answer.is_success else ("", str(body.get("message", NOT_NOW)))


class AuthenticatorLogin:
    """`/authenticator` of one identity provider; it keeps no keys and asks the home agency each time."""

    def __init__(
        self, home: HomeAgency, settings: IdentityProviderSettings, audit: MemoryAuditLog, entropy: Entropy
    ) -> None:
        self._home, self._settings, self._audit, self._entropy = home, settings, audit, entropy

    def add_to(self, app: Flask) -> None:
        """Register the routes."""
        app.add_url_rule("/authenticator", view_func=self._ask, methods=["GET"], endpoint="ask_authenticator")
        app.add_url_rule("/authenticator", view_func=self._sign_in, methods=["POST"], endpoint="use_authenticator")

    def _ask(self) -> Response:
        challenge = self._entropy.bytes(CHALLENGE_BYTES)
        session["challenge"] = base64url(challenge)
        options, _ = Fido2Server(SITE).authenticate_begin(challenge=challenge)
        return pages.authenticator(self._settings.origin, json.dumps(dict(options)))

    def _sign_in(self) -> Response:
        challenge = session.pop("challenge", "")
        account, problem = "", NOT_NOW
        try:
            if from_base64url(challenge):
                form = request.form
                account, problem = self._home.verify(challenge, form.get("response", ""), form.get("password", ""))
        except (httpx.HTTPError, ValueError, KeyError):
            account = ""
        if not account:
            self._audit.refuse("unknown", SIGN_IN, Reason.AUTHENTICATOR_UNKNOWN, detail=problem)
            return pages.not_signed_in(problem, self._settings.origin)
        self._audit.accept(account, SIGN_IN, detail="authenticator")
        return pages.signed_in(account)
