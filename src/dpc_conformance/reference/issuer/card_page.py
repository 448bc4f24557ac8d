"""The page on which the kiosk asks its workstation for the card's data objects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.issuer import pages
from dpc_conformance.reference.issuer.card_objects import CardData
from dpc_conformance.reference.issuer.card_readings import ACTION, CardReadings
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles.reasons import Reason

LARGEST_READING = 512 * 1024
"""Bytes of a whole reading; the guaranteed capacities of all containers together are a tenth of that."""
ASKED_FOR = (
    containers.CHUID,
    containers.SECURITY_OBJECT,
    containers.DISCOVERY,
    containers.PIV_AUTHENTICATION_CERTIFICATE,
    containers.CARD_AUTHENTICATION_CERTIFICATE,
    containers.SIGNATURE_CERTIFICATE,
    containers.KEY_MANAGEMENT_CERTIFICATE,
    containers.CCC,
    containers.KEY_HISTORY,
)
"""Asked for by name. What the card guards with the PIN is sent only as far as the Security Object lists it."""

ReturnRefusal = Callable[[str, Refusal, str], ResponseReturnValue]
KNOWN: Mapping[str, Container] = {container.tag.hex().upper(): container for container in containers.CONTAINERS}


@dataclass
class CardPage:
    """`/card`: the form that a workstation fills with what it read, a file for each container."""

    readings: CardReadings
    settings: IssuerSettings

    def add_to(self, routes: Blueprint, current: Callable[[], SignIn | None], refuse: ReturnRefusal) -> None:
        """The two routes; `current` knows who is signed in, `refuse` writes the record and makes the page."""
        routes.get("/card", endpoint="ask")(lambda: self.ask(current(), refuse))
        routes.post("/card", endpoint="receive")(lambda: self.receive(current(), refuse))

    def ask(self, sign_in: SignIn | None, refuse: ReturnRefusal) -> ResponseReturnValue:
        """The page; the form's fields are the containers' tags."""
        if sign_in is None:
            return refuse(ACTION, _SIGNED_OUT, "unknown")
        if self.readings.outstanding(sign_in) is None:
            return redirect("/home", 303)
        tags = [container.tag.hex().upper() for container in ASKED_FOR]
        return page(self.settings.display_name, "Reading your card", pages.READ_CARD, 200, tags=tags)

    def receive(self, sign_in: SignIn | None, refuse: ReturnRefusal) -> ResponseReturnValue:
        """Judge what came; on with the sign-in when it is good."""
        if sign_in is None:
            return refuse(ACTION, _SIGNED_OUT, "unknown")
        if self.readings.outstanding(sign_in) is None:
            return redirect("/home", 303)
        request.max_content_length = LARGEST_READING
        try:
            data = CardData({KNOWN[tag]: sent.read() for tag, sent in request.files.items() if tag in KNOWN})
        except RequestEntityTooLarge:
            refusal = Refusal(Reason.REQUEST_MALFORMED, f"the reading has more than {LARGEST_READING} bytes")
            return refuse(ACTION, refusal, sign_in.account)
        not_good = self.readings.accept(sign_in, data)
        return redirect("/home", 303) if not_good is None else refuse(ACTION, not_good, sign_in.account)


_SIGNED_OUT = Refusal(Reason.TOKEN, "nobody is signed in, or the session has expired")
