"""Who may have a certificate revoked, and what is on record about it."""

import pytest

from dpc_conformance.roles.reasons import Reason

SERVICE = "https://issuer.dpc.example/revocations"


def ask(stage, token=None, **body):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with stage.http() as http:
        return http.post(SERVICE, json=body, headers=headers)


def statuses(stage):
    return [each.status for each in stage.issuer.credentials_of(stage.ALEX)]


def test_an_officer_has_a_certificate_revoked(stage, card, phone):
    serial = f"{stage.enrolled(card, phone).serial_number:x}"
    assert (
        ask(stage, stage.parts.maintenance.officer_token, serial=serial, reason="privilegeWithdrawn").status_code == 200
    )
    (record,) = stage.decisions("request-revocation")
    assert (record.actor, record.subject) == ("security.officer", serial)
    assert "privilegeWithdrawn" in record.detail
    assert statuses(stage) == ["revoked"]
    assert "revoked" in stage.mails[-1][1]


@pytest.mark.parametrize(
    ("token", "changes", "reason"),
    [
        ("", {}, Reason.REQUESTER_UNKNOWN),
        ("not the token", {}, Reason.REQUESTER_UNKNOWN),
        ("right", {"serial": ""}, Reason.REQUEST_INCOMPLETE),
        ("right", {"serial": 5}, Reason.REQUEST_INCOMPLETE),
        ("right", {"serial": "abc"}, Reason.REQUEST_INCOMPLETE),
        ("right", {"reason": ""}, Reason.REQUEST_INCOMPLETE),
        ("right", {"reason": ["keyCompromise"]}, Reason.REQUEST_INCOMPLETE),
        ("right", {"reason": "spite"}, Reason.REQUEST_INCOMPLETE),
    ],
)
def test_requests_that_are_refused(stage, card, phone, token, changes, reason):
    serial = f"{stage.enrolled(card, phone).serial_number:x}"
    body = {"serial": serial, "reason": "keyCompromise"} | changes
    answer = ask(stage, stage.parts.maintenance.officer_token if token == "right" else token, **body)
    assert answer.status_code in (400, 401)
    assert stage.last_refusal().reason == reason
    assert statuses(stage) == ["delivered"]


def test_a_request_that_is_no_json_object(stage, card, phone):
    stage.enrolled(card, phone)
    with stage.http() as http:
        answer = http.post(
            SERVICE, content=b"[]", headers={"Authorization": f"Bearer {stage.parts.maintenance.officer_token}"}
        )
    assert answer.status_code == 400


def test_the_holder_reports_a_phone_at_the_kiosk(stage, card, phone):
    stage.enrolled(card, phone)
    browser = stage.browser()
    browser.sign_in(card)
    assert "phone-1" in browser.http.get("/lost-phone").text
    assert "have been revoked" in browser.http.post("/lost-phone", data={"device": "phone-1"}).text
    assert statuses(stage) == ["revoked"]
    assert stage.decisions("request-revocation")[0].actor == stage.ALEX.account
    assert "phone-1" not in browser.http.get("/lost-phone").text


def test_nobody_reports_the_phone_of_somebody_else(stage, card, phone):
    stage.enrolled(card, phone)
    browser = stage.browser()
    browser.sign_in(stage.enrol_person(stage.BLAKE, "card of Blake"))
    assert "phone-1" not in browser.http.get("/lost-phone").text
    assert browser.http.post("/lost-phone", data={"device": "phone-1"}).status_code == 400
    assert statuses(stage) == ["delivered"]


def test_nobody_reports_a_phone_without_signing_in(stage, card, phone):
    stage.enrolled(card, phone)
    with stage.http() as http:
        assert http.get("https://issuer.dpc.example/lost-phone").status_code == 401
        assert http.post("https://issuer.dpc.example/lost-phone", data={"device": "phone-1"}).status_code == 401
    assert statuses(stage) == ["delivered"]
