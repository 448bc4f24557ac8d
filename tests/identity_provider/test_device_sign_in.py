"""The device authorization grant from both ends: the device polls, a person types the code and shows the card."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jwt
from joserfc.jwk import KeySet

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.records import HttpExchange, ScreenShown
from dpc_conformance.protocols.device_grant import DENIED, EXPIRED, PENDING, SLOW_DOWN, DeviceGrant, DeviceGrantFailed
from dpc_conformance.reference.identity_provider.parts import standard_parts

IDP = "https://idp.dpc.example"


def outcomes(stage):
    return [(record.action, record.outcome, record.reason) for record in stage.provider.audit()]


def test_person_signs_a_device_in(stage, clock, card_certificate):
    device = stage.device()
    authorization = device.start()
    assert authorization.verification_uri == stage.provider.device_login_address == f"{IDP}/devicelogin"
    assert (authorization.expires_in, authorization.interval) == (900, 5)
    assert device.poll(clock, at_most=1).error == PENDING
    window = stage.enter(authorization.user_code)
    assert window.page.choices() == ("Sign in with a certificate or smart card",)
    confirmation = stage.sign_in(window)
    assert confirmation.title == "Are you trying to sign in to Company Portal?"
    assert confirmation.choices == ("Continue", "Cancel")
    assert "alice@dpc.example" in confirmation.text
    assert device.poll(clock, at_most=1).error == PENDING
    assert "Company Portal" in window.follow("Continue").text
    answer = device.poll(clock)
    assert answer.error == ""
    keys = KeySet.import_key_set(stage.client("phone").get(f"{IDP}/jwks").json())
    claims = jwt.decode(answer.id_token, keys, algorithms=["ES256"]).claims
    assert (claims["iss"], claims["aud"], claims["sub"]) == (IDP, "company-portal", "alice")
    assert claims["upn"] == claims["preferred_username"] == "alice@dpc.example"
    assert (claims["iat"], claims["exp"]) == (clock.epoch(), clock.epoch() + 3600)
    assert claims["auth_time"] == clock.epoch() - 10
    digest = hashlib.sha256(card_certificate.public_bytes(Encoding.DER)).digest()
    assert claims["cnf"] == {"x5t#S256": base64.urlsafe_b64encode(digest).rstrip(b"=").decode()}
    assert outcomes(stage) == [("enter-code", "accepted", ""), ("sign-in", "accepted", ""), ("approve", "accepted", "")]


def test_device_code_is_spent_by_the_tokens(stage, clock):
    device = stage.device()
    window = stage.enter(device.start().user_code)
    stage.sign_in(window)
    window.follow("Continue")
    assert device.poll(clock).error == ""
    assert device.poll(clock).error == "invalid_grant"


def test_polling_too_fast_slows_the_device_down(stage, clock):
    device = stage.device()
    device.start()
    assert device.poll_once().error == PENDING
    clock.sleep(4)
    assert device.poll_once().error == SLOW_DOWN
    before = clock.now()
    assert device.poll(clock, at_most=1).error == PENDING
    assert clock.now() - before == timedelta(seconds=10)
    clock.sleep(6)
    assert device.poll_once().error == SLOW_DOWN


def test_code_expires_by_the_run_clock(stage, clock):
    device = stage.device()
    authorization = device.start()
    clock.advance(timedelta(minutes=15))
    assert device.poll_once().error == EXPIRED
    window = stage.enter(authorization.user_code)
    assert window.page.certificate_sign_in() is None
    assert "expired" in window.page.text
    assert outcomes(stage) == [("enter-code", "refused", "secret-expired")]


def test_polling_without_end_ends_with_the_code(stage, clock):
    device = stage.device()
    device.start()
    before = clock.now()
    assert device.poll(clock).error == EXPIRED
    assert clock.now() - before == timedelta(minutes=15)


def test_person_cancels(stage, clock):
    device = stage.device()
    window = stage.enter(device.start().user_code)
    stage.sign_in(window)
    assert window.follow("Cancel").title == "Sign-in cancelled"
    assert device.poll(clock).error == DENIED
    assert outcomes(stage)[-1] == ("cancel", "accepted", "")


@pytest.mark.parametrize("code", ["", "BCDF-GHJK", "no code at all"])
def test_wrong_code_is_said_and_recorded(stage, code):
    stage.device().start()
    window = stage.enter(code)
    assert "That code didn't work" in window.page.text
    assert window.page.certificate_sign_in() is None
    assert outcomes(stage) == [("enter-code", "refused", "secret-unknown")]


def test_code_may_be_typed_carelessly_and_only_once(stage):
    code = stage.device().start().user_code
    window = stage.enter(f" {code.lower().replace('-', ' ')} ")
    stage.sign_in(window)
    window.follow("Continue")
    assert "didn't work" in stage.enter(code).page.text
    assert outcomes(stage)[-1] == ("enter-code", "refused", "secret-used")


def test_complete_address_fills_the_code_in(stage):
    code = stage.device().start().user_code
    window = stage.browser()
    window.open(f"{IDP}/devicelogin?user_code={code}")
    assert window.follow("Next").title == "Sign in"


def test_guessing_is_limited_until_codes_have_expired(stage, clock, parts):
    code = stage.device().start().user_code
    for _ in range(parts.settings.most_wrong_codes):
        stage.enter("BCDF-GHJK")
    assert "Too many" in stage.enter(code).page.text
    assert outcomes(stage)[-1] == ("enter-code", "refused", "limit")
    clock.advance(timedelta(minutes=15))
    again = stage.device().start().user_code
    assert stage.enter(again).page.certificate_sign_in() is not None


def test_unknown_card_is_refused_with_its_reason(stage, clock):
    device = stage.device()
    window = stage.enter(device.start().user_code)
    screen = stage.sign_in(window, stage.stranger)
    assert (screen.status, screen.title) == (403, "You are not signed in")
    assert "not accepted" in screen.text
    assert outcomes(stage)[-1] == ("sign-in", "refused", "path")
    assert window.open(f"{IDP}/confirm").status == 400
    assert device.poll(clock, at_most=1).error == PENDING


def test_browser_without_a_certificate_is_refused(stage):
    window = stage.enter(stage.device().start().user_code)
    assert window.follow("Sign in with a certificate or smart card").status == 403
    assert outcomes(stage)[-1] == ("sign-in", "refused", "no-certificate")


def test_sign_in_without_a_code_leads_nowhere(stage):
    window = stage.browser()
    assert (
        window.open("https://idp.dpc.example:8443/sign-in", stage.client("workstation", window.cookies)).status == 400
    )
    assert window.open(f"{IDP}/confirm").status == 400


def test_session_dies_by_the_run_clock(stage, clock, recorder):
    device = stage.device()
    window = stage.enter(device.start().user_code)
    stage.sign_in(window)
    flags = [exchange.response_headers.get("set-cookie", "") for exchange in recorder.of(HttpExchange)]
    assert any("Secure; HttpOnly" in cookie for cookie in flags)
    assert not any("expires" in cookie.lower() or "max-age" in cookie.lower() for cookie in flags)
    clock.advance(timedelta(minutes=15, seconds=1))
    assert window.follow("Continue").status == 400
    assert device.poll_once().error == EXPIRED


def test_approval_after_expiry_is_too_late(stage, clock):
    device = stage.device()
    code = device.start().user_code
    clock.advance(timedelta(minutes=10))
    window = stage.enter(code)
    stage.sign_in(window)
    clock.advance(timedelta(minutes=5))
    assert window.follow("Continue").status == 403
    assert device.poll_once().error == EXPIRED


def test_another_client_or_another_device_code_gets_nothing(stage, recorder):
    client = stage.client("phone")
    grant = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "guessed"}
    answer = client.post(f"{IDP}/token", data={**grant, "client_id": "company-portal"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    answer = client.post(f"{IDP}/token", data={**grant, "client_id": "somebody"})
    assert answer.json()["error"] == "invalid_client"
    somebody = DeviceGrant(client, IDP, "somebody", recorder)
    with pytest.raises(DeviceGrantFailed):
        somebody.start()


def test_records_show_no_codes_that_open_anything(stage, clock, recorder):
    device = stage.device()
    authorization = device.start()
    window = stage.enter(authorization.user_code)
    stage.sign_in(window)
    window.follow("Continue")
    answer = device.poll(clock)
    story = repr(recorder.timeline())
    for secret in (authorization.device_code, answer.id_token, answer.access_token):
        assert secret not in story
        assert secret not in repr(answer) + repr(authorization)
    assert recorder.of(ScreenShown)[0].title == "Enter code"
    assert {exchange.client for exchange in recorder.of(HttpExchange)} == {"phone", "workstation"}


def test_failed_handshake_is_an_audit_record(stage):
    stage.provider.on_tls_refused("bad signature")
    stage.provider.on_tls_refused("http request")
    assert outcomes(stage) == [
        ("sign-in", "refused", "challenge-response"),
        ("sign-in", "refused", "request-malformed"),
    ]


def test_same_seed_same_codes(parts, clock, authenticate):
    again = standard_parts(clock, SeededEntropy("identity provider"), authenticate)
    assert again.codes.user_code() == parts.codes.user_code()
    assert again.tokens.key_set() == parts.tokens.key_set()


def test_the_machines_year_is_nowhere(stage, clock, recorder):
    with time_machine.travel(datetime(2035, 7, 1, tzinfo=UTC)):
        device = stage.device()
        window = stage.enter(device.start().user_code)
        stage.sign_in(window)
        window.follow("Continue")
        answer = device.poll(clock)
    _, payload, _ = answer.id_token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    for moment in ("iat", "exp", "auth_time"):
        assert datetime.fromtimestamp(claims[moment], UTC).year == 2020
    assert "2035" not in repr(recorder.timeline()) + repr(stage.provider.audit())
