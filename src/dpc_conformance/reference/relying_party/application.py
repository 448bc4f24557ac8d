"""The web application as people and the suite see it."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.reference.pages.page import page
from dpc_conformance.reference.relying_party.parts import RelyingPartyParts
from dpc_conformance.reference.serving.web_app import WebApp
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

SIGN_IN = "sign-in"
PAGE = """<p>{{ _(text, name=name) }}</p>"""
SITE = "Example Agency"
WELCOME, NOT_SIGNED_IN = "Example Agency Application", "You are not signed in"
SENTENCES = {
    Reason.NO_CERTIFICATE: "No certificate was presented. Open this page with your mobile smart card.",
    Reason.EXPIRED: "Your mobile smart card has expired. Set it up again.",
    Reason.NOT_YET_VALID: "Your mobile smart card is not valid yet.",
    Reason.REVOKED: "Your mobile smart card has been revoked.",
    Reason.POLICY: "This certificate is not a derived PIV authentication certificate.",
    Reason.STATUS_UNAVAILABLE: "It cannot be found out at the moment whether your mobile smart card is still valid.",
    Reason.UNKNOWN_ACCOUNT: "Nobody is known here under this mobile smart card.",
    Reason.ACCOUNT_TERMINATED: "Your account has ended.",
}
OTHERWISE = "Your mobile smart card was not accepted."


class ReferenceRelyingParty:
    """Implements roles.relying_party.RelyingParty; `app` belongs behind a port that asks for a client certificate."""

    def __init__(self, parts: RelyingPartyParts) -> None:
        self.parts = parts
        self.app: Callable[..., Any] = self._build()

    @property
    def address(self) -> str:
        """The application's address; it asks for a client certificate."""
        return self.parts.address

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every sign-in and refusal so far, oldest first."""
        return self.parts.audit.records()

    def refused_at_tls(self, reason: str) -> None:
        """For the web server's `on_refused`: nobody proved possession of anything; `reason` is the TLS library's."""
        self.parts.audit.refuse("unknown", SIGN_IN, Reason.PROOF_OF_POSSESSION, detail=reason)

    def _build(self) -> Flask:
        app = WebApp(__name__)

        @app.get("/")
        def sign_in() -> Response:
            """Whoever comes with a derived credential is welcome."""
            return self._decide(request.environ.get("dpc.client_chain") or [])

        return app

    def _decide(self, chain: list[bytes]) -> Response:
        decision = self.parts.authenticate(chain)
        subject = hashlib.sha256(chain[0]).hexdigest() if chain else ""
        if not isinstance(decision, Person):
            self.parts.audit.refuse("unknown", SIGN_IN, decision.reason, subject, decision.detail)
            return page(SITE, NOT_SIGNED_IN, PAGE, 403, text=SENTENCES.get(decision.reason, OTHERWISE), name="")
        self.parts.audit.accept(decision.account, SIGN_IN, subject)
        return page(SITE, WELCOME, PAGE, 200, text="Welcome, %(name)s.", name=decision.common_name)
