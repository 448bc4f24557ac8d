"""The kiosk: sign in with the card, ask for an ID, get a QR code."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from flask import Blueprint, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.clock import RunClock
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.issuer import pages
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.agencies import ServedAgencies
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.authenticator_pages import AuthenticatorPages
from dpc_conformance.reference.issuer.binding_passwords import BindingPasswords
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets
from dpc_conformance.reference.issuer.card_page import CardPage
from dpc_conformance.reference.issuer.credentials import Credentials
from dpc_conformance.reference.issuer.holder_desk import HolderDesk
from dpc_conformance.reference.issuer.identity_names import IdentityNames
from dpc_conformance.reference.issuer.pki_auth import Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.qr_picture import qr_picture
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.registrations import Registrations
from dpc_conformance.reference.issuer.reset_page import ResetPage
from dpc_conformance.reference.issuer.settings import CredentialProfile, IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn, SignIns
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles.reasons import Reason

TICKET, SESSION = "__Host-ticket", "__Host-session"


@dataclass
class Kiosk:
    """The pages a cardholder walks through. Only `/sign-in` is on the port that asks for a certificate."""

    store: Store
    audit: AuditLog
    accounts: Accounts
    authenticator: PkiAuthenticator
    sign_ins: SignIns
    secrets: BindingSecrets
    credentials: Credentials
    clock: RunClock
    settings: IssuerSettings
    card_page: CardPage
    holder_desk: HolderDesk
    reset_page: ResetPage
    registrations: Registrations
    agencies: ServedAgencies
    authenticators: AuthenticatorPages
    passwords: BindingPasswords
    names: IdentityNames

    def blueprint(self) -> Blueprint:
        """What is served on the ordinary port."""
        routes = Blueprint("kiosk", __name__)
        routes.get("/")(self.start)
        routes.get("/signed-in")(self.signed_in)
        routes.get("/home")(self.home)
        routes.get("/request")(self.choose)
        routes.post("/request")(self.request)
        self.card_page.add_to(routes, self._current, self._refuse)
        self.holder_desk.add_to(routes, self._current, self._refuse)
        self.reset_page.add_to(routes, self._current, self._refuse, self._show)
        self.authenticators.add_to(routes, self._current, self._refuse)
        return routes

    def sign_in_blueprint(self) -> Blueprint:
        """What is served on the port that asks for a client certificate."""
        routes = Blueprint("kiosk-sign-in", __name__)
        routes.get("/sign-in")(self.sign_in)
        return routes

    def start(self) -> ResponseReturnValue:
        """The start page."""
        sign_in, words = f"{self.settings.sign_in_origin}/sign-in", self.settings.kind.sign_in
        return self._page("Get your ID", pages.START, sign_in=sign_in, words=words)

    def sign_in(self) -> ResponseReturnValue:
        """PKI-AUTH: each visit is a handshake of its own, so each has a fresh challenge."""
        certificate = request.environ.get("dpc.client_certificate")
        who = self.visitor(certificate, request.environ.get("dpc.client_chain") or ())
        if isinstance(who, Refusal):
            return self._refuse("sign-in", who, subject=_described(certificate))
        response = redirect(f"{self.settings.origin}/signed-in", 303)
        return _with_cookie(response, TICKET, self.sign_ins.begin(who))

    def visitor(self, certificate: bytes | None, chain: Sequence[bytes]) -> Authenticated | Refusal:
        """Whom the certificate of the handshake proves, where the person's agency is served here."""
        who = self.authenticator.authenticate(certificate, chain)
        return who if isinstance(who, Refusal) else self.agencies.refusal(who.certificate) or who

    def signed_in(self) -> ResponseReturnValue:
        """The ticket becomes a session, once; what the browser held before is worth nothing."""
        session = self.sign_ins.exchange(request.cookies.get(TICKET, ""))
        if session is None:
            return self._refuse("sign-in", Refusal(Reason.TOKEN, "the ticket is unknown, spent or too old"))
        response = _with_cookie(redirect("/home", 303), SESSION, session)
        response.delete_cookie(TICKET, path="/", secure=True)
        return response

    def home(self) -> ResponseReturnValue:
        """What a signed-in person can do."""
        sign_in = self._current()
        if sign_in is None:
            return self._signed_out("view")
        if self.card_page.readings.outstanding(sign_in) is not None:
            return redirect("/card", 303)
        person = self.accounts.get(sign_in.account).person
        identities, request = self.names.of_account(sign_in.account), self.settings.kind.request
        return self._page("My ID", pages.HOME, name=person.common_name, request=request, identities=identities)

    def choose(self) -> ResponseReturnValue:
        """The obligations and the choice of profiles."""
        sign_in = self._current()
        if sign_in is None:
            return self._signed_out("view")
        if self.card_page.readings.outstanding(sign_in) is not None:
            return redirect("/card", 303)
        kind = self.settings.kind
        profiles = [(profile.caption, kind.called(profile.caption)) for profile in self.settings.profiles]
        form = next(form for form in kind.form if form.until not in request.args)
        return self._page(form.title, form.body, profiles=profiles, obligations=pages.OBLIGATIONS)

    def request(self) -> ResponseReturnValue:
        """The request itself: with the obligations accepted, the mobile profile shows a QR code."""
        sign_in = self._current()
        if sign_in is None:
            return self._signed_out("request")
        if (refusal := self.card_page.readings.outstanding(sign_in)) is not None:
            return self._refuse("request", refusal, sign_in.account)
        name = request.form.get("identity", "")
        refusal = self.obliged(bool(request.form.get("obligations")))
        if (refusal := refusal or self.named(name)) is not None:
            return self._refuse("request", refusal, sign_in.account)
        chosen = [choice for choice in self.settings.profiles if choice.caption == request.form.get("profile")]
        if not chosen:
            refusal = Refusal(Reason.REQUEST_MALFORMED, "there is no such profile")
            return self._refuse("request", refusal, sign_in.account)
        self.sign_ins.accept_obligations(sign_in)
        if not chosen[0].mobile:
            return self._counter(sign_in, chosen[0])
        if (refusal := self.eligible(sign_in, chosen[0])) is not None:
            return self._refuse("request", refusal, sign_in.account)
        secret = self.secrets.create(sign_in, chosen[0].caption)
        if self.settings.kind.named:
            self.names.note(secret, name)
        return self._show(secret)

    def obliged(self, ticked: bool) -> Refusal | None:
        """Refused until the subscriber obligations are accepted (CP §4.1.1)."""
        return None if ticked else Refusal(Reason.OBLIGATIONS, "the box was not ticked")

    def named(self, name: str) -> Refusal | None:
        """Refused without a name for the credential, where the issuer asks for one."""
        return self.names.refusal(name) if self.settings.kind.named else None

    def eligible(self, sign_in: SignIn, profile: CredentialProfile) -> Refusal | None:
        """Refused when the account has ended, nobody approved, the limit is reached, or nobody saw the applicant."""
        account = self.accounts.get(sign_in.account)
        return (
            self.accounts.standing(account)
            or self.accounts.approval(account)
            or self.credentials.limit(sign_in.account)
            or (self.registrations.cleared(sign_in) if profile.hardware else None)
        )

    def picture_of(self, text: str) -> bytes:
        """The QR code that says so (PNG)."""
        return qr_picture(text)

    def _show(self, secret: bytes) -> ResponseReturnValue:
        password = self.passwords.create(secret)
        payload = QrPayload(self.settings.enrolment_address, secret, asks_password=bool(password))
        until = self.clock.now() + self.settings.secret_lifetime
        return self._page(
            "Scan the QR code", pages.QR_CODE, picture=base64.b64encode(self.picture_of(payload.text)).decode(),
            until=until.strftime("%H:%M UTC"), password=password,
        )  # fmt: skip

    def _counter(self, sign_in: SignIn, profile: CredentialProfile) -> ResponseReturnValue:
        with self.store.write() as connection:
            subject = f"sign-in {sign_in.number}"
            self.audit.accept(connection, sign_in.account, "request", subject, profile.caption)
        return self._page("Go to the counter", pages.COUNTER)

    def _current(self) -> SignIn | None:
        return self.sign_ins.of_session(request.cookies.get(SESSION))

    def _signed_out(self, action: str) -> ResponseReturnValue:
        return self._refuse(action, Refusal(Reason.TOKEN, "nobody is signed in, or the session has expired"))

    def _refuse(self, action: str, refusal: Refusal, actor: str = "unknown", subject: str = "") -> ResponseReturnValue:
        self.audit.refuse(action, refusal, actor, subject)
        return pages.refusal_page(self.settings.display_name, refusal, f"{self.settings.origin}/")

    def _page(self, title: str, body: str, **values: Any) -> ResponseReturnValue:
        return page(self.settings.display_name, title, body, 200, **values)


def _described(certificate: bytes | None) -> str:
    """Whom a refused certificate names, for the auditor."""
    if certificate is None:
        return ""
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        return f"{parsed.subject.rfc4514_string()}, serial {parsed.serial_number:x}"
    except ValueError:
        return "unreadable certificate"


def _with_cookie(response: ResponseReturnValue, name: str, value: str) -> Response:
    # No Max-Age: a client would judge it by the machine's clock. The server judges by the run's.
    answer = make_response(response)
    answer.set_cookie(name, value, secure=True, httponly=True, samesite="Strict", path="/")
    answer.headers["Cache-Control"] = "no-store"
    return answer
