"""Security basics of the issuer's web applications, so that the reference is not a bad example."""

import io
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.serving.safeguards import MOST_BYTES
from dpc_conformance.roles.reasons import Reason

FOREIGN = {
    "another site's page": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour's page": {"Sec-Fetch-Site": "same-site"},
    "another origin": {"Origin": "https://evil.example"},
    "another port": {"Origin": "https://issuer.dpc.example:8443"},
    "unprotected": {"Origin": "http://issuer.dpc.example"},
    "hidden": {"Origin": "null"},
    "own origin from elsewhere": {"Origin": "https://issuer.dpc.example", "Sec-Fetch-Site": "cross-site"},
}
OWN = {
    "own page": {"Sec-Fetch-Site": "same-origin", "Origin": "https://issuer.dpc.example"},
    "older browser": {"Origin": "https://issuer.dpc.example"},
    "no browser": {},
}
SIGN_IN = "https://issuer.dpc.example:8443"
URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
FORM = {"profile": "Activate with a mobile credential", "obligations": "yes"}


@pytest.fixture
def signed_in(stage, card):
    browser = stage.browser()
    assert browser.sign_in(card).status_code == 200
    return browser


def posts(app):
    return sorted(rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and "<" not in rule.rule)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_form_of_another_site_is_refused_everywhere_and_does_nothing(name, stage, signed_in):
    before = len(stage.issuer.audit())
    paths = posts(stage.issuer.app)
    assert {"/request", "/card", "/enrol/sessions", "/enrol/receipts"} <= set(paths)
    for path in paths:
        assert signed_in.http.post(path, data=FORM, headers=FOREIGN[name]).status_code == 403
    assert len(stage.issuer.audit()) == before


@pytest.mark.parametrize("name", OWN)
def test_a_form_of_the_own_site_is_taken(name, signed_in):
    assert "<img" in signed_in.http.post("/request", data=FORM, headers=OWN[name]).text


def test_links_from_elsewhere_may_lead_here(signed_in):
    assert signed_in.http.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_cookies_stay_with_this_host_and_away_from_scripts_and_other_sites(stage, card):
    special = stage.issuer.sign_in_app.test_client()
    der = card.public_bytes(Encoding.DER)
    answer = special.get(
        "https://issuer.dpc.example:8443/sign-in",
        environ_overrides={"dpc.client_certificate": der, "dpc.client_chain": [der]},
    )
    ticket = answer.headers["Set-Cookie"]
    ordinary = stage.issuer.app.test_client()
    ordinary.set_cookie("__Host-ticket", ticket.split(";")[0].partition("=")[2], domain="issuer.dpc.example")
    session = ordinary.get("https://issuer.dpc.example/signed-in").headers.getlist("Set-Cookie")[0]
    for cookie in (ticket, session):
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
        assert "Domain" not in cookie


@pytest.mark.parametrize("path", ["/", "/home", "/nowhere", "/.well-known/est/cacerts"])
def test_every_answer_insists_on_https(path, signed_in):
    answer = signed_in.http.get(path)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_kept_by_nobody_and_framed_by_nobody(signed_in):
    answer = signed_in.http.get("/home")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_body_without_end_is_refused(stage, signed_in):
    assert signed_in.http.post("/request", content=bytes(MOST_BYTES + 1), headers=URLENCODED).status_code == 413
    assert stage.browser().http.post("/enrol/sessions", content=bytes(MOST_BYTES + 1)).status_code in (400, 413)
    assert stage.decisions("request") == []


def guess(stage, phone, number):
    """Redeem a code that nobody was shown; the refusal."""
    payload = type("Payload", (), {"secret": number.to_bytes(20, "big"), "password": ""})
    with pytest.raises(EnrolmentRefused) as caught:
        stage.redeem(payload, phone)
    return caught.value


def test_who_guesses_too_often_is_not_listened_to_for_ten_minutes(stage, card, phone):
    for number in range(IssuerSettings().most_wrong_secrets):
        assert guess(stage, phone, number).reason == Reason.SECRET_UNKNOWN
    refused = guess(stage, phone, 999)
    assert (refused.status, refused.reason) == (429, Reason.TOO_MANY_ATTEMPTS)
    with pytest.raises(EnrolmentRefused, match="too many"):
        stage.redeem(stage.qr_code(card), phone)
    stage.clock.advance(timedelta(minutes=10))
    assert stage.redeem(stage.qr_code(card), phone).token


def test_an_answer_to_a_guess_does_not_tell_whether_a_person_is_known(stage, card, phone):
    known, unknown = guess(stage, phone, 1), guess(stage, stage.Phone("acct-nobody"), 2)
    assert (known.status, known.reason, known.message) == (unknown.status, unknown.reason, unknown.message)
    receipts = stage.browser().http.post("/enrol/receipts", json={"token": "guessed", "serial": "1"})
    assert receipts.status_code == 401


GUESSES = {
    "request": (
        "/.well-known/est/authentication/simpleenroll",
        {"content": b"", "headers": {"Authorization": "Bearer g"}},
    ),
    "receipt": ("/enrol/receipts", {"json": {"token": "guessed", "serial": "1"}}),
    "revocation": ("/revocations", {"json": {}, "headers": {"Authorization": "Bearer guessed"}}),
}


@pytest.mark.parametrize("name", GUESSES)
def test_who_guesses_tokens_too_often_is_not_listened_to_for_ten_minutes(name, stage, card, phone):
    path, sent = GUESSES[name]
    http = stage.browser().http
    for _ in range(IssuerSettings().most_wrong_tokens):
        assert http.post(path, **sent).status_code == 401
    assert http.post(path, **sent).status_code == 429
    assert stage.last_refusal().reason == Reason.TOO_MANY_ATTEMPTS
    stage.clock.advance(timedelta(minutes=10))
    assert stage.enrolled(card, phone)


def test_nothing_by_which_somebody_gets_in_is_at_rest_in_the_clear(stage, card, phone):
    browser = stage.browser()
    browser.sign_in(card)
    code = stage.read_qr(browser.request_id().text)
    token = stage.redeem(code, phone).token
    stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    session = browser.http.cookies["__Host-session"]
    officer = stage.parts.maintenance.officer_token
    stage.issuer.close()
    folder = stage.parts.store_path.parent
    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.suffix != ".storage-key")
    for secret in (session, token, base64url(code.secret), officer):
        assert secret.encode() not in kept
        assert sha256(secret.encode()).hexdigest().encode() in kept or secret == officer
    assert code.secret not in kept


@pytest.mark.parametrize("path", ["/sign-in", "/restore", "/recovery/keys"])
def test_another_site_sends_nobody_to_where_the_card_alone_decides(path, stage, card):
    der = card.public_bytes(Encoding.DER)
    shown = {"dpc.client_certificate": der, "dpc.client_chain": [der]}
    app = stage.issuer.sign_in_app.test_client()
    for site, served in (("cross-site", False), ("same-site", True), ("none", True)):
        before = len(stage.issuer.audit())
        answer = app.get(path, base_url=SIGN_IN, headers={"Sec-Fetch-Site": site}, environ_overrides=shown)
        assert (len(stage.issuer.audit()) > before) == served or path == "/restore"
        assert ("Another site" in answer.text) != served


@pytest.mark.parametrize(("size", "reason"), [(100, "no PKCS #10 request"), (40 * 1024, "no PKCS #10 request")])
def test_a_request_without_a_length_has_an_end_too(stage, card, phone, size, reason):
    token = stage.redeem(stage.qr_code(card), phone).token
    body = io.BytesIO(b"A" * size)
    answer = stage.issuer.app.test_client().post(
        "https://issuer.dpc.example/.well-known/est/authentication/simpleenroll",
        headers={"Authorization": f"Bearer {token}"},
        input_stream=body,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 400
    assert stage.last_refusal().reason == Reason.REQUEST_MALFORMED
    assert reason in stage.last_refusal().detail
    assert body.tell() <= 20 * 1024
