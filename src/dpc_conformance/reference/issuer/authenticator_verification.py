"""Verification of authenticators, also for verifiers that the home agency has authorised (SP 800-157r1 fpd §3.2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import AuthenticationResponse, PublicKeyCredentialRpEntity, UserVerificationRequirement
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.authenticator_models import checked
from dpc_conformance.reference.issuer.bound_authenticators import Authenticator, BoundAuthenticators
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.passwords import Passwords
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.sign_ins import digest
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

ACTION = "authenticate"
SITE = PublicKeyCredentialRpEntity(name="Example Agency", id="dpc.example")
"""The home agency: credentials made for its site can be used at its issuer and its identity provider."""
IAL3 = 3
MOST_WRONG_PASSWORDS = 100
"""In a row, after which an authenticator has to be bound anew (SP 800-63B-4 §3.2.2)."""
ASKED = ("challenge", "response", "password")
OCTETS = frozenset(
    {"id", "rawId", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"}
)
"""Members of an answer that hold octets."""


@dataclass(frozen=True)
class Verifier:
    """Somebody who may have authenticators verified: a name, and the origin of its pages."""

    name: str
    origin: str


@dataclass
class AuthenticatorVerification:
    """`POST /authenticators/verifications`; every answer consults the account as it is now."""

    store: Store
    audit: AuditLog
    accounts: Accounts
    bound: BoundAuthenticators
    passwords: Passwords
    verifiers: Mapping[str, Verifier] = field(repr=False)
    """Verifiers by the digest of what they authenticate with."""

    def blueprint(self) -> Blueprint:
        """JSON in, JSON out."""
        routes = Blueprint("authenticator-verification", __name__, url_prefix="/authenticators")
        routes.post("/verifications")(self.receive)
        return routes

    def receive(self) -> ResponseReturnValue:
        """One verification: the challenge is the verifier's own, and so is its freshness."""
        body: Any = request.get_json(silent=True)
        try:
            verifier = self.requester(request.headers.get("Authorization", ""))
            if not isinstance(body, Mapping) or not all(isinstance(body.get(each), str) for each in ASKED):
                raise Refused(Refusal(Reason.REQUEST_MALFORMED, f"expected {', '.join(ASKED)}"), verifier.name)
            challenge, response, password = (body[each] for each in ASKED)
            answer = read_answer(response)
            one = self.known(answer)
            self.verify(one, challenge, answer, password, verifier.origin)
            self.stands(one)
        except Refused as refused:
            self.audit.refused(ACTION, refused)
            return error_answer(refused.refusal)
        with self.store.write() as connection:
            self.audit.accept(connection, one.account, ACTION, one.identifier, f"for {verifier.name}")
        return {"account": one.account, "ial": IAL3, "aal": one.aal}

    def requester(self, authorization: str) -> Verifier:
        """The verifier who asks. Raises Refused for anybody else."""
        scheme, _, token = authorization.partition(" ")
        verifier = self.verifiers.get(digest(token.strip())) if scheme == "Bearer" else None
        if verifier is None:
            raise Refused(Refusal(Reason.VERIFIER, "no authorised verifier authenticated"))
        return verifier

    def known(self, answer: AuthenticationResponse) -> Authenticator:
        """The bound authenticator that answered. Raises Refused."""
        identifier = answer.raw_id.hex()
        found = self.bound.find(identifier)
        if found is None:
            raise Refused(Refusal(Reason.AUTHENTICATOR_UNKNOWN, f"authenticator {identifier[:64]}"))
        return found

    def stands(self, one: Authenticator) -> None:
        """Raises Refused when the account of the authenticator has ended."""
        refusal = self.accounts.standing(self.accounts.get(one.account))
        if refusal is not None:
            raise Refused(refusal, one.account, one.identifier)

    def verify(
        self, one: Authenticator, challenge: str, answer: AuthenticationResponse, password: str, origin: str
    ) -> int:
        """Every factor of it, for a page of that origin; the value of its counter. Raises Refused."""
        wanted = UserVerificationRequirement.REQUIRED if one.user_verified else UserVerificationRequirement.DISCOURAGED
        state = {"challenge": challenge, "user_verification": wanted}
        server = Fido2Server(SITE, verify_origin=lambda seen: seen == origin)
        counter = int(answer.response.authenticator_data.counter)
        try:
            checked(lambda: server.authenticate_complete(state, [one.data], answer))
            if (counter or one.counter) and counter <= one.counter:
                raise Refused(Refusal(Reason.AUTHENTICATOR_ANSWER, f"counter {counter} after {one.counter}"))
            self._password(one, password)
        except Refused as refused:
            raise Refused(refused.refusal, one.account, one.identifier) from refused
        self.bound.used(one.identifier, counter)
        return counter

    def _password(self, one: Authenticator, password: str) -> None:
        if one.password is None:
            return
        if one.misses >= MOST_WRONG_PASSWORDS:
            raise Refused(Refusal(Reason.TOO_MANY_ATTEMPTS, f"{one.misses} wrong passwords in a row"))
        if not self.passwords.matches(password, one.password):
            self.bound.missed(one.identifier)
            raise Refused(Refusal(Reason.PASSWORD, "the password is another"))


def read_answer(text: str) -> AuthenticationResponse:
    """What a page sent for an authenticator (JSON). Raises Refused."""
    answer: AuthenticationResponse = checked(lambda: AuthenticationResponse.from_dict(json_object(text)))
    return answer


def json_object(text: str) -> dict[str, Any]:
    """A JSON object as WebAuthn has it, octets as text (Level 3 §5.1). ValueError for anything else."""
    parsed: Any = json.loads(text)
    if not isinstance(parsed, dict):
        raise ValueError("expected a JSON object")
    response = parsed.get("response")
    for part in (parsed, response if isinstance(response, dict) else {}):
        for name in OCTETS & part.keys():
            if not isinstance(part[name], str | None):  # the library would make that many octets of a number
                raise ValueError(f"{name}: expected text in base64url")
    return parsed
