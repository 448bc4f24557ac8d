"""Security basics of the identity provider's pages."""

import pytest

from dpc_conformance.reference.identity_provider.provider import IdentityProvider

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
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_every_answer_insists_on_https(browser):
    assert "max-age=" in browser.get("/devicelogin", base_url=ORIGIN).headers["Strict-Transport-Security"]
