"""The verification pages: code, certificate sign-in, confirmation (RFC 8628 §3.3)."""

from datetime import UTC, datetime

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response

from dpc_conformance.reference.identity_provider import pages
from dpc_conformance.reference.identity_provider.codes import as_typed
from dpc_conformance.reference.identity_provider.device_requests import WAITING, DeviceRequest, SignedIn
from dpc_conformance.reference.identity_provider.parts import IdentityProviderParts
from dpc_conformance.reference.identity_provider.tokens import thumbprint
from dpc_conformance.reference.serving.guesses import Guesses
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

ENTER_CODE, SIGN_IN, APPROVE, CANCEL = "enter-code", "sign-in", "approve", "cancel"
WRONG_CODE = "That code didn't work. Check the code and try again."
EXPIRED_CODE = "That code has expired. Start again on your device."
TOO_MANY = "Too many wrong codes were entered. Try again later."
ALL_BROWSERS = ""
"""A guesser changes browsers and addresses at will, and codes are short: wrong ones are counted all together."""
LOST = "Your sign-in has ended. Start again."


class DeviceLogin:
    """The pages of one identity provider; `app` is the ordinary port, `sign_in_app` asks for a certificate."""

    def __init__(self, parts: IdentityProviderParts) -> None:
        self._parts, self._settings, self._audit = parts, parts.settings, parts.audit
        self._wrong_codes = Guesses(parts.clock, parts.settings.most_wrong_codes, parts.settings.code_lifetime)

    def add_to(self, app: Flask, sign_in_app: Flask) -> None:
        """Register the routes."""
        app.add_url_rule("/devicelogin", view_func=self._ask, methods=["GET"], endpoint="ask")
        app.add_url_rule("/devicelogin", view_func=self._take_code, methods=["POST"], endpoint="take_code")
        app.add_url_rule("/confirm", view_func=self._ask_confirmation, methods=["GET"], endpoint="ask_confirmation")
        app.add_url_rule("/confirm", view_func=self._decide, methods=["POST"], endpoint="decide")
        sign_in_app.add_url_rule("/sign-in", view_func=self._sign_in, methods=["GET"], endpoint="sign_in")

    def _ask(self) -> Response:
        return pages.enter_code(self._settings.origin, code=request.args.get("user_code", ""))

    def _take_code(self) -> Response:
        session.clear()
        code = as_typed(request.form.get("user_code", ""))
        if self._wrong_codes.too_many(ALL_BROWSERS):
            return self._code_refused(Reason.LIMIT, TOO_MANY, 429)
        waiting = self._parts.requests.of_user(code)
        if waiting is None:
            self._wrong_codes.note(ALL_BROWSERS)
            return self._code_refused(Reason.SECRET_UNKNOWN, WRONG_CODE)
        if waiting.is_expired():
            return self._code_refused(Reason.SECRET_EXPIRED, EXPIRED_CODE)
        if waiting.state != WAITING:
            return self._code_refused(Reason.SECRET_USED, WRONG_CODE)
        session["user_code"] = code
        self._audit.accept("unknown", ENTER_CODE, waiting.client_id)
        return pages.sign_in(self._settings.client_name(waiting.client_id), self._settings.sign_in_origin)

    def _code_refused(self, reason: Reason, problem: str, status: int = 400) -> Response:
        # Not the code: one that was mistyped may be a letter away from one that works.
        self._audit.refuse("unknown", ENTER_CODE, reason)
        return pages.enter_code(self._settings.origin, problem, status)

    def _sign_in(self) -> Response:
        waiting = self._request_at_hand()
        if waiting is None:
            return pages.not_signed_in(LOST, self._settings.origin, 400)
        chain: list[bytes] = request.environ.get("dpc.client_chain") or []
        answer = self._parts.authenticate(chain)
        if not isinstance(answer, Person):
            self._audit.refuse("unknown", SIGN_IN, answer.reason, waiting.client_id, answer.detail)
            return pages.not_signed_in(answer.message, self._settings.origin)
        session["person"] = [answer.account, answer.given_name, answer.surname, answer.upn, answer.mail]
        session["thumbprint"] = thumbprint(chain[0])
        session["at"] = self._parts.clock.epoch()
        self._audit.accept(answer.account, SIGN_IN, waiting.client_id)
        # Away from the port that asks for a certificate: each further request there would cost a signature.
        return redirect(f"{self._settings.origin}/confirm", 303)

    def _ask_confirmation(self) -> Response:
        waiting, signed_in = self._request_at_hand(), self._signed_in()
        if waiting is None or signed_in is None:
            return pages.not_signed_in(LOST, self._settings.origin, 400)
        name = self._settings.client_name(waiting.client_id)
        return pages.confirm(name, signed_in.person.upn, self._settings.origin)

    def _decide(self) -> Response:
        waiting, signed_in = self._request_at_hand(), self._signed_in()
        session.clear()
        if waiting is None or signed_in is None:
            return pages.not_signed_in(LOST, self._settings.origin, 400)
        name, account = self._settings.client_name(waiting.client_id), signed_in.person.account
        agreed = request.form.get("decision") == "continue"
        if not self._parts.requests.decide(waiting, signed_in if agreed else None):
            self._audit.refuse(account, APPROVE, Reason.SECRET_EXPIRED, waiting.client_id)
            return pages.not_signed_in(EXPIRED_CODE, self._settings.origin)
        if not agreed:
            self._audit.accept(account, CANCEL, waiting.client_id)
            return pages.cancelled(name)
        self._audit.accept(account, APPROVE, waiting.client_id)
        return pages.done(name)

    def _request_at_hand(self) -> DeviceRequest | None:
        code = session.get("user_code")
        waiting = self._parts.requests.of_user(code) if code else None
        return waiting if waiting is not None and waiting.state == WAITING else None

    def _signed_in(self) -> SignedIn | None:
        if "person" not in session:
            return None
        person = Person(*session["person"])
        return SignedIn(person, session["thumbprint"], datetime.fromtimestamp(session["at"], UTC))
