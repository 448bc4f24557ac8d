"""Security basics of the identity provider's pages."""

import pytest

from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.serving.safeguards import MOST_BYTES

ORIGIN = "https://idp.dpc.example"


@pytest.fixture
def browser(parts):
    return IdentityProvider(parts).app.test_client()


@pytest.mark.parametrize("path", ["/devicelogin", "/confirm"])
@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_of_another_site_is_refused(browser, path, header):
    assert browser.post(path, base_url=ORIGIN, data={"user_code": "BBBB-BBBB"}, headers=header).status_code == 403


def test_the_own_form_is_taken_and_a_wrong_code_is_answered(browser):
    answer = browser.post("/devicelogin", base_url=ORIGIN, data={"user_code": "B"}, headers={"Origin": ORIGIN})
    assert answer.status_code == 400


def test_the_session_stays_away_from_scripts_and_from_forms_of_other_sites(browser):
    endpoint = browser.get("/.well-known/openid-configuration", base_url=ORIGIN).json["device_authorization_endpoint"]
    code = browser.post(endpoint, data={"client_id": "company-portal", "scope": "openid"}).json["user_code"]
    cookie = browser.post("/devicelogin", base_url=ORIGIN, data={"user_code": code}).headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_every_answer_insists_on_https(browser):
    assert "max-age=" in browser.get("/devicelogin", base_url=ORIGIN).headers["Strict-Transport-Security"]


@pytest.fixture
def device(browser):
    """Asks for codes, and for a token with a device code."""

    class Device:
        def start(self):
            return browser.post("/device_authorization", base_url=ORIGIN, data={"client_id": "company-portal"})

        def poll(self, code):
            kind = "urn:ietf:params:oauth:grant-type:device_code"
            sent = {"grant_type": kind, "device_code": code, "client_id": "company-portal"}
            return browser.post("/token", base_url=ORIGIN, data=sent)

    return Device()


def test_device_codes_are_not_guessed_for_long(device, parts, clock):
    code = device.start().json["device_code"]
    assert device.poll(code).json["error"] == "authorization_pending"
    for _ in range(parts.settings.most_wrong_device_codes):
        assert device.poll("guessed").json["error"] == "invalid_grant"
    assert device.poll(code).status_code == 429
    clock.advance(parts.settings.code_lifetime)
    assert device.poll(device.start().json["device_code"]).json["error"] == "authorization_pending"


def test_so_many_devices_wait_and_no_more_until_some_have_given_up(device, parts, clock):
    for _ in range(parts.settings.most_waiting):
        assert device.start().status_code == 200
    assert device.start().status_code == 503
    clock.advance(2 * parts.settings.code_lifetime)
    assert device.start().status_code == 200


def test_codes_are_kept_as_digests_and_stand_in_no_log(device, browser, parts):
    codes = device.start().json
    browser.post("/devicelogin", base_url=ORIGIN, data={"user_code": codes["user_code"]})
    browser.post("/devicelogin", base_url=ORIGIN, data={"user_code": codes["user_code"][:-1] + "B"})
    kept = repr(vars(parts.requests)) + repr(parts.audit.records())
    assert len(parts.audit.records()) == 2
    for secret in (codes["device_code"], codes["user_code"], codes["user_code"][:-1] + "B"):
        assert secret not in kept


@pytest.mark.parametrize("path", ["/devicelogin", "/token", "/device_authorization"])
def test_a_body_without_end_is_refused(browser, path):
    sent = {"user_code": "B" * (MOST_BYTES + 1)}
    assert browser.post(path, base_url=ORIGIN, data=sent).status_code == 413


def test_nobody_learns_who_is_known_here(browser, device):
    """Whether a code was never handed out or is used up is told in the same words."""
    code = device.start().json["user_code"]
    browser.post("/devicelogin", base_url=ORIGIN, data={"user_code": code})
    unknown = browser.post("/devicelogin", base_url=ORIGIN, data={"user_code": "BBBB-BBBB"})
    empty = browser.post("/devicelogin", base_url=ORIGIN, data={})
    assert (unknown.status_code, unknown.text) == (empty.status_code, empty.text)
