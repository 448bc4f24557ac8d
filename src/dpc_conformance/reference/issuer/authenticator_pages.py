"""The kiosk's pages about authenticators, for whoever signed in with the PIV Card."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer import pages
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.authenticator_binding import AuthenticatorBinding
from dpc_conformance.reference.issuer.authenticator_notices import AuthenticatorNotices
from dpc_conformance.reference.issuer.bound_authenticators import BoundAuthenticators
from dpc_conformance.reference.issuer.card_readings import CardReadings
from dpc_conformance.reference.issuer.passwords import Passwords
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn, SignIns
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles.reasons import Reason

ACTION, CHANGE = "bind", "change-password"
ReturnRefusal = Callable[[str, Refusal, str], ResponseReturnValue]

LIST = """{% for each in bound %}<form method="post" action="/authenticators/removal">
<button class="danger" type="submit" name="credential" value="{{ each.identifier }}">\
{{ _("Remove %(name)s", name=each.name) }}</button></form>
{% else %}<p>{{ _("No authenticator is bound to your account.") }}</p>
{% endfor %}<p>{{ _(obligations) }}</p>
<form class="webauthn" method="post" action="/authenticators">
<input type="hidden" name="options" value="{{ options }}"><input type="hidden" name="response" value="">
<p class="tick"><input type="checkbox" id="obligations" name="obligations" value="yes">
<label for="obligations">{{ _("I accept the subscriber obligations") }}</label></p>
<p><label for="password">{{ _("Password") }}</label><input type="password" id="password" name="password"></p>
<button type="submit">{{ _("Bind an authenticator") }}</button></form>
<p><a href="/authenticators/password">{{ _("Change the password") }}</a></p>
<p><a href="/home">{{ _("Back") }}</a></p>"""

CONFIRM = """<p>{{ _("Use the authenticator once, as you will from now on.") }}</p>
<form class="webauthn" method="post" action="/authenticators/confirmation">
<input type="hidden" name="options" value="{{ options }}"><input type="hidden" name="response" value="">
<p><label for="password">{{ _("Password") }}</label><input type="password" id="password" name="password"></p>
<button type="submit">{{ _("Use the authenticator") }}</button></form>"""

PASSWORD = """<form method="post" action="/authenticators/password">
<p><label for="current">{{ _("Current password") }}</label>\
<input type="password" id="current" name="current_password" autocomplete="current-password"></p>
<p><label for="new">{{ _("New password") }}</label>\
<input type="password" id="new" name="new_password" autocomplete="new-password"></p>
<button type="submit">{{ _("Change it") }}</button></form>
<p><a href="/authenticators">{{ _("Back") }}</a></p>"""

DONE = """<p>{{ _(text, name=name) }}</p>
<p><a href="/authenticators">{{ _("Back") }}</a></p>"""


@dataclass
class AuthenticatorPages:
    """`/authenticators`: bound, removed, never edited (SP 800-157r1 fpd §2.2.2, §2.3.2, §2.4.2)."""

    accounts: Accounts
    sign_ins: SignIns
    readings: CardReadings
    bound: BoundAuthenticators
    binding: AuthenticatorBinding
    passwords: Passwords
    notices: AuthenticatorNotices
    settings: IssuerSettings

    def add_to(self, routes: Blueprint, current: Callable[[], SignIn | None], refuse: ReturnRefusal) -> None:
        """The routes; `current` knows who is signed in, `refuse` writes the record and makes the page."""

        def page(action: str, then: Callable[[SignIn], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
            def answer() -> ResponseReturnValue:
                sign_in = current()
                if sign_in is None:
                    return self.stranger(action, refuse)
                if self.readings.outstanding(sign_in) is not None:
                    return redirect("/card", 303)
                try:
                    return then(sign_in)
                except Refused as refused:
                    return refuse(action, refused.refusal, sign_in.account)

            return answer

        routes.get("/authenticators", endpoint="authenticators")(page(ACTION, self.show))
        routes.post("/authenticators", endpoint="register")(page(ACTION, self.register))
        routes.post("/authenticators/confirmation", endpoint="confirm")(page(ACTION, self.confirm))
        routes.post("/authenticators/removal", endpoint="remove")(page("unbind", self.remove))
        routes.get("/authenticators/password", endpoint="password")(page(CHANGE, self.ask_password))
        routes.post("/authenticators/password", endpoint="change-password")(page(CHANGE, self.change_password))

    def stranger(self, action: str, refuse: ReturnRefusal) -> ResponseReturnValue:
        """Nobody signed in with a card: nothing is bound, removed or changed."""
        return refuse(action, SIGNED_OUT, "unknown")

    def show(self, sign_in: SignIn) -> ResponseReturnValue:
        """What is bound, and the way to bind another one."""
        bound, options = self.bound.of_account(sign_in.account), self.binding.begin(sign_in)
        return self._page("My authenticators", LIST, bound=bound, options=options, obligations=pages.OBLIGATIONS)

    def register(self, sign_in: SignIn) -> ResponseReturnValue:
        """An authenticator made a credential: is it one that may be bound?"""
        account = self.accounts.get(sign_in.account)
        refusal = self.accounts.standing(account) or self.accounts.approval(account)
        if refusal is None and not request.form.get("obligations"):
            refusal = Refusal(Reason.OBLIGATIONS, "the box was not ticked")
        if refusal is not None:
            raise Refused(refusal)
        self.sign_ins.accept_obligations(sign_in)
        response, password = request.form.get("response", ""), request.form.get("password", "")
        options = self.binding.register(sign_in, response, password)
        return self._page("Use your authenticator", CONFIRM, options=options)

    def confirm(self, sign_in: SignIn) -> ResponseReturnValue:
        """The one authentication that ends the issuance."""
        new = self.binding.confirm(sign_in, request.form.get("response", ""), request.form.get("password", ""))
        return self._page("Authenticator bound", DONE, text="%(name)s is bound to your account.", name=new.name)

    def remove(self, sign_in: SignIn) -> ResponseReturnValue:
        """The holder no longer wants one."""
        wanted = request.form.get("credential", "")
        for one in self.bound.of_account(sign_in.account):
            if one.identifier == wanted:
                self.bound.remove(one.account, one.identifier, "its holder asked for it")
                self.notices.removed(one.account, one.name)
                return self._page("Authenticator removed", DONE, text="%(name)s is no longer bound.", name=one.name)
        raise Refused(Refusal(Reason.AUTHENTICATOR_UNKNOWN, "no such authenticator is bound to the account"))

    def ask_password(self, _sign_in: SignIn) -> ResponseReturnValue:
        """The form."""
        return self._page("Change the password", PASSWORD)

    def change_password(self, sign_in: SignIn) -> ResponseReturnValue:
        """With the current one, in a session that PKI-AUTH opened (SP 800-157r1 §2.3.2)."""
        new = request.form.get("new_password", "")
        refusal = self.current_password(sign_in.account, request.form.get("current_password", ""))
        refusal = refusal or self.passwords.usable(new)
        if refusal is not None:
            raise Refused(refusal)
        self.bound.change_password(sign_in.account, self.passwords.digest(new))
        self.notices.password_changed(sign_in.account)
        return self._page("Password changed", DONE, text="Use the new password from now on.", name="")

    def current_password(self, account: str, password: str) -> Refusal | None:
        """Refused unless it is the password of the account's authenticators."""
        kept = [one.password for one in self.bound.of_account(account) if one.password is not None]
        if not kept or not all(self.passwords.matches(password, each) for each in kept):
            return Refusal(Reason.PASSWORD, "the current password is another")
        return None

    def _page(self, title: str, body: str, **values: Any) -> ResponseReturnValue:
        return page(self.settings.display_name, title, body, 200, **values)


SIGNED_OUT = Refusal(Reason.TOKEN, "nobody is signed in, or the session has expired")
