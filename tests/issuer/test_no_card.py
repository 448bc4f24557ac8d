"""The desk for people without their card, and what becomes of credentials that no card authorised."""

import base64
import io
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image

from dpc_conformance.formats.qr_symbols import qr_symbols
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

GOOD = {
    "channel": "in-person",
    "proofed_at": "2026-10-01T09:00:00+00:00",
    "adjudication": "favorable",
    "biometric": "match",
    "justification": "case 1",
    "event": "",
}


OLGA = Person("olga.operator", "Olga", "Operator", "olga@agency.example", "olga@agency.example")


@pytest.fixture
def desk(stage, card):
    """Asks at the desk, as the operator unless somebody else does; `card` has opened the applicant's account."""
    operator = stage.enrol_person(OLGA)
    stage.parts.hardware.operators.appoint(OLGA.account)

    def ask(who=operator, **changes):
        def app(environ, start_response):
            environ["dpc.client_certificate"] = who.public_bytes(Encoding.DER) if who else None
            return stage.issuer.sign_in_app(environ, start_response)

        body = {"account": stage.ALEX.account, **GOOD, **changes}
        http = httpx.Client(transport=httpx.WSGITransport(app))
        return http.post("https://issuer.dpc.example:8443/no-card", json=body)

    return ask


@pytest.fixture
def issued(stage, desk, phone):
    picture = Image.open(io.BytesIO(base64.b64decode(desk().json()["code"])))
    payload = QrPayload.from_text(qr_symbols(picture)[0].text)
    session = stage.redeem(payload, phone)
    certificate = stage.est(session.token).simpleenroll(stage.request_for(stage.new_key()))
    stage.acknowledge(session.token, certificate)
    return certificate


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channel": "telephone"}, Reason.NOT_SUPERVISED),
        ({"channel": ""}, Reason.NOT_SUPERVISED),
        ({"proofed_at": ""}, Reason.NO_CARD_CONDITIONS),
        ({"proofed_at": "yesterday"}, Reason.REQUEST_MALFORMED),
        ({"adjudication": ""}, Reason.NO_CARD_CONDITIONS),
        ({"biometric": "no-match"}, Reason.NO_CARD_CONDITIONS),
        ({"justification": ""}, Reason.NO_CARD_EVENT),
        ({"account": "nobody"}, Reason.UNKNOWN_ACCOUNT),
        ({"account": 5}, Reason.REQUEST_MALFORMED),
        ({"event": "7"}, Reason.NO_CARD_EVENT),
        ({"account": "olga.operator"}, Reason.NOT_SUPERVISED),
        ({"who": None}, Reason.REQUESTER_UNKNOWN),
    ],
)
def test_refusals_leave_no_event_and_no_code(stage, desk, changes, reason):
    answer = desk(**changes)
    assert answer.status_code >= 400
    assert stage.last_refusal().reason == reason
    assert stage.issuer.no_card_events(stage.ALEX) == ()
    assert not stage.decisions("request")


def test_a_cardholder_who_is_no_operator_decides_nothing(stage, desk, card):
    assert desk(who=card).status_code == 401
    assert stage.last_refusal().reason == Reason.REQUESTER_UNKNOWN


def test_an_account_that_has_ended_gets_nothing(stage, desk):
    stage.issuer.terminate_account(stage.ALEX)
    assert desk().status_code == 403
    assert stage.last_refusal().reason == Reason.ACCOUNT_TERMINATED


def test_the_event_knows_what_came_of_it(stage, issued):
    [event] = stage.issuer.no_card_events(stage.ALEX)
    assert event.serials == (f"{issued.serial_number:x}",)
    assert (event.channel, event.operator) == ("in-person", "olga.operator")
    [credential] = stage.issuer.credentials_of(stage.ALEX)
    assert credential.piv_authentication_certificate == b""
    assert stage.issuer.card_links(stage.ALEX) == ()


def test_there_is_no_card_to_look_at_again(stage, issued):
    stage.clock.advance(timedelta(days=9))
    assert not stage.decisions("re-check")
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "delivered"


def test_a_second_code_is_for_the_same_visit(stage, desk):
    event = desk().json()["event"]
    assert desk(event=event).status_code == 200
    stage.clock.advance(timedelta(hours=13))
    assert desk(event=event).status_code == 403
    assert desk().status_code == 403
    assert desk(justification="case 2").status_code == 200


def test_a_change_of_name_reaches_a_credential_that_no_card_authorised(stage, issued):
    stage.issuer.change_name(replace(stage.ALEX, surname="Newname"))
    assert stage.decisions("modify")
