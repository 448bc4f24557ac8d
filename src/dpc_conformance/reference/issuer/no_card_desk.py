"""The desk's service: an operator authenticates and decides about an applicant without a card."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets
from dpc_conformance.reference.issuer.credentials import Credentials
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.no_card_events import ACTION, NoCardEvents
from dpc_conformance.reference.issuer.no_card_rules import Application, NoCardRules
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import MOBILE_PROFILE
from dpc_conformance.roles.reasons import Reason

WORDS = ("account", "channel", "proofed_at", "adjudication", "biometric", "justification", "event")


@dataclass
class NoCardDesk:
    """`POST /no-card`: a decision, or a further code on one; the answer holds the code as a picture."""

    audit: AuditLog
    accounts: Accounts
    credentials: Credentials
    secrets: BindingSecrets
    events: NoCardEvents
    rules: NoCardRules
    clock: RunClock
    picture: Callable[[bytes], bytes]
    """The QR code (PNG) with a binding secret."""
    operators: PkiAuthenticator

    def blueprint(self) -> Blueprint:
        """JSON in, JSON out, on the port that asks for a certificate."""
        routes = Blueprint("no-card", __name__, url_prefix="/no-card")
        routes.post("")(self.receive)
        return routes

    def receive(self) -> ResponseReturnValue:
        """One request of an operator."""
        body: Any = request.get_json(silent=True)
        try:
            operator = self.operator()
            if not isinstance(body, Mapping) or not all(isinstance(body.get(word), str) for word in WORDS):
                raise Refused(Refusal(Reason.REQUEST_MALFORMED, f"expected {', '.join(WORDS)}"), operator)
            number = self.decided(operator, {word: body[word] for word in WORDS})
        except Refused as refused:
            self.audit.refused(ACTION, refused)
            return error_answer(refused.refusal)
        secret = self.secrets.create(self.events.visit(body["account"], number), MOBILE_PROFILE.caption)
        return {"event": str(number), "code": base64.b64encode(self.picture(secret)).decode()}

    def operator(self) -> str:
        """Who asks, by the card of this connection. Raises Refused for anybody but an operator."""
        environ = request.environ
        who = self.operators.authenticate(environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ())
        if isinstance(who, Refusal):
            raise Refused(Refusal(Reason.REQUESTER_UNKNOWN, f"{who.reason.value}: {who.detail}"))
        return who.account.name

    def decided(self, operator: str, said: Mapping[str, str]) -> int:
        """The number of the event on which a code may be handed out. Raises Refused."""
        account = said["account"]
        refusal = self.eligible(account) or self.somebody_else(operator, account)
        earlier = () if refusal else self.events.of_account(account)
        if said["event"]:
            found = [event for event in earlier if event.number == said["event"]]
            if refusal is None:
                unknown = Refusal(Reason.NO_CARD_EVENT, "there is no such event of the account")
                refusal = self.rules.carries(found[0], self.clock.now()) if found else unknown
            if refusal is None:
                return int(said["event"])
            raise Refused(refusal, operator, account)
        application = Application(
            account, said["channel"], _moment(said["proofed_at"]), said["adjudication"], said["biometric"],
            said["justification"],
        )  # fmt: skip
        refusal = refusal or self.rules.judge(application, earlier)
        if refusal is not None:
            raise Refused(refusal, operator, account)
        return self.events.add(operator, application)

    def somebody_else(self, operator: str, account: str) -> Refusal | None:
        """Nobody decides about the own person."""
        return Refusal(Reason.NOT_SUPERVISED, "the operator is the applicant") if operator == account else None

    def eligible(self, account: str) -> Refusal | None:
        """Refused without an established account that stands, a sponsor's approval, and a place for a credential."""
        try:
            known = self.accounts.get(account)
        except LookupError:
            return Refusal(Reason.UNKNOWN_ACCOUNT, f"there is no account {account}")
        return self.accounts.standing(known) or self.accounts.approval(known) or self.credentials.limit(account)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(Refusal(Reason.REQUEST_MALFORMED, "proofed_at is no moment")) from error
