"""The kiosk's page for a forgotten or blocked activation secret: a reset, or else the end of the credential."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets
from dpc_conformance.reference.issuer.card_readings import CardReadings
from dpc_conformance.reference.issuer.credentials import REVOKED, Credentials
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import RESET_PROFILE, IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.issuer.unblocking import ACTION
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles.reasons import Reason

ReturnRefusal = Callable[[str, Refusal, str], ResponseReturnValue]
GIVE_UP = "give-up"

PAGE = """<form method="post" action="/reset">
{% if caption %}<p>{{ _("You get a code for your phone, with which you choose another activation secret.") }}</p>
<button type="submit" name="choice" value="{{ caption }}">{{ _(caption) }}</button>{% endif %}
<p>{% if not caption %}{{ _("An activation secret cannot be reset here.") }} {% endif %}\
{% if phones %}{{ _("When you give the credential up, it is revoked at once, and you can ask for a new one.") }}\
{% else %}{{ _("No phone of yours has credentials.") }}{% endif %}</p>
{% for phone in phones %}<button class="danger" type="submit" name="choice" value="{{ phone }}">\
{{ _("Give up the credential on phone %(phone)s", phone=phone) }}</button>
{% endfor %}</form>
<p><a href="/home">{{ _("Back") }}</a></p>"""

GIVEN_UP = """<p>{{ _("The credential has been revoked. You can ask for a new one.") }}</p>
<p><a href="/home">{{ _("Back") }}</a></p>"""


@dataclass
class ResetPage:
    """`/reset`, for whoever signed in with the PIV Card (SP 800-157 §3.4: a remote reset needs PKI-AUTH)."""

    store: Store
    audit: AuditLog
    accounts: Accounts
    readings: CardReadings
    secrets: BindingSecrets
    credentials: Credentials
    revocations: Revocations
    settings: IssuerSettings

    def add_to(
        self,
        routes: Blueprint,
        current: Callable[[], SignIn | None],
        refuse: ReturnRefusal,
        show: Callable[[bytes], ResponseReturnValue],
    ) -> None:
        """The two routes; `show` makes the page with the QR code."""
        routes.get("/reset", endpoint="reset")(lambda: self.answer(current(), refuse, self.ask))
        routes.post("/reset", endpoint="choose-reset")(
            lambda: self.answer(current(), refuse, lambda sign_in: self.receive(sign_in, refuse, show))
        )

    def answer(
        self, sign_in: SignIn | None, refuse: ReturnRefusal, then: Callable[[SignIn], ResponseReturnValue]
    ) -> ResponseReturnValue:
        """The page for a person who is signed in and whose account stands."""
        if sign_in is None:
            return self.stranger(refuse)
        if self.readings.outstanding(sign_in) is not None:
            return redirect("/card", 303)
        standing = self.accounts.standing(self.accounts.get(sign_in.account))
        return then(sign_in) if standing is None else refuse(ACTION, standing, sign_in.account)

    def stranger(self, refuse: ReturnRefusal) -> ResponseReturnValue:
        """Nobody signed in with a card."""
        return refuse(ACTION, Refusal(Reason.TOKEN, "nobody is signed in, or the session has expired"), "unknown")

    def ask(self, sign_in: SignIn) -> ResponseReturnValue:
        """The choice."""
        caption = RESET_PROFILE.caption if self.settings.resets_secrets else ""
        return self._page("Reset the activation secret", PAGE, caption=caption, phones=self._phones(sign_in.account))

    def receive(
        self, sign_in: SignIn, refuse: ReturnRefusal, show: Callable[[bytes], ResponseReturnValue]
    ) -> ResponseReturnValue:
        """A code for the reset, or the end of the credential on one phone."""
        choice = request.form.get("choice", "")
        if choice == RESET_PROFILE.caption and self.settings.resets_secrets:
            return show(self.secrets.create(sign_in, RESET_PROFILE.caption))
        if choice not in self._phones(sign_in.account):
            return refuse(ACTION, Refusal(Reason.REQUEST_MALFORMED, "there is no such phone"), sign_in.account)
        self.give_up(sign_in.account, choice)
        return self._page("Credential given up", GIVEN_UP)

    def give_up(self, account: str, device_id: str) -> None:
        """Invalidate what can be used no more; its keys are locked away for good."""
        with self.store.write() as connection:
            self.audit.accept(connection, account, GIVE_UP, f"device {device_id}", "the activation secret is lost")
        self.revocations.of_device(account, device_id, "cessationOfOperation", "its activation secret is lost")

    def _phones(self, account: str) -> list[str]:
        active = [each for each in self.credentials.of_account(account) if each.status != REVOKED]
        return list(dict.fromkeys(each.device_id for each in active))

    def _page(self, title: str, body: str, **values: Any) -> ResponseReturnValue:
        return page(self.settings.display_name, title, body, 200, **values)
