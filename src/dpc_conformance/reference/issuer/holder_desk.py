"""The kiosk's page for a lost phone: the cardholder, signed in with the card, has its credentials revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.credentials import REVOKED, Credentials
from dpc_conformance.reference.issuer.grants import Grants
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles.reasons import Reason

ACTION = "request-revocation"
ReturnRefusal = Callable[[str, Refusal, str], ResponseReturnValue]

LOST_PHONE = """{% if phones %}<p>\
{{ _("Which phone did you lose? Its credentials are revoked at once, and cannot be restored. It gets no others.") }}</p>
<form method="post" action="/lost-phone">
{% for phone in phones %}<button class="danger" type="submit" name="device" value="{{ phone }}">\
{{ _("Revoke what is on phone %(phone)s", phone=phone) }}</button>
{% endfor %}</form>
{% else %}<p>{{ _("No phone of yours has credentials.") }}</p>
{% endif %}<p><a href="/home">{{ _("Back") }}</a></p>"""

DONE = """<p>{{ _("The credentials on that phone have been revoked.") }}</p>
<p><a href="/home">{{ _("Back") }}</a></p>"""


@dataclass
class HolderDesk:
    """`/lost-phone`, for whoever is signed in (FIPS 201-3 §2.10.2, CP §4.9.2)."""

    store: Store
    audit: AuditLog
    credentials: Credentials
    grants: Grants
    revocations: Revocations
    settings: IssuerSettings

    def add_to(self, routes: Blueprint, current: Callable[[], SignIn | None], refuse: ReturnRefusal) -> None:
        """The two routes; `current` knows who is signed in, `refuse` writes the record and makes the page."""
        routes.get("/lost-phone", endpoint="lost-phone")(lambda: self.ask(current(), refuse))
        routes.post("/lost-phone", endpoint="revoke-phone")(lambda: self.receive(current(), refuse))

    def ask(self, sign_in: SignIn | None, refuse: ReturnRefusal) -> ResponseReturnValue:
        """The phones of the person that hold credentials, or are about to get some."""
        if sign_in is None:
            return refuse(ACTION, _SIGNED_OUT, "unknown")
        return self._page("Report a lost phone", LOST_PHONE, phones=self._phones(sign_in.account))

    def receive(self, sign_in: SignIn | None, refuse: ReturnRefusal) -> ResponseReturnValue:
        """Revoke what is on the phone that was chosen, and on no other."""
        if sign_in is None:
            return refuse(ACTION, _SIGNED_OUT, "unknown")
        device = request.form.get("device", "")
        if device not in self._phones(sign_in.account):
            return refuse(ACTION, Refusal(Reason.REQUEST_MALFORMED, "there is no such phone"), sign_in.account)
        self.act(sign_in.account, device)
        return self._page("Phone reported", DONE)

    def act(self, account: str, device: str) -> None:
        """The request goes on record, and is carried out."""
        with self.store.write() as connection:
            self.audit.accept(connection, account, ACTION, device, "keyCompromise: reported by the holder")
        self.revocations.of_device(account, device, "keyCompromise", "you reported the phone as lost")

    def _phones(self, account: str) -> list[str]:
        active = [each for each in self.credentials.of_account(account) if each.status != REVOKED]
        return list(dict.fromkeys((*(each.device_id for each in active), *self.grants.devices_of(account))))

    def _page(self, title: str, body: str, **values: Any) -> ResponseReturnValue:
        return page(self.settings.display_name, title, body, 200, **values)


_SIGNED_OUT = Refusal(Reason.TOKEN, "nobody is signed in, or the session has expired")
