"""The console of a system that runs: what it shows, what it lets one do, and whom it does not serve."""

import re
from datetime import timedelta

import httpx
import pytest
from enrolled import SECRET, get_code, hurrying

from dpc_conformance.casting_served import CONSOLE
from dpc_conformance.reference.workstation.page_reader import read_page


@pytest.fixture(scope="module")
def address(system):
    return f"http://127.0.0.1:{system.places[CONSOLE]}"


@pytest.fixture(scope="module")
def console(address):
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as http:
        yield http


@pytest.fixture(scope="module")
def token(console):
    return re.search('name="token" value="([0-9a-f]{64})"', console.get("/").text)[1]


def test_it_shows_who_plays_and_what_they_know(console, system):
    text = read_page(console.get("/").text).text
    for name in ("identity provider", "issuer", "device manager", "web application"):
        assert name in text
    assert f"127.0.0.1:{system.places['issuer.dpc.example', 443]}" in text
    assert "Grace Goode, grace.goode@dpc.example" in text
    assert "CN=Grace Goode" in text
    assert "Example Derived Credential CA" in text
    assert system.cast.issuer.audit()[-1].action in text


def test_new_records_come_without_a_new_page(console, system):
    seen = re.search('data-seen="([0-9.]+)"', console.get("/").text)[1]
    assert console.get("/audit", params={"seen": seen}).json() == {"rows": [], "seen": seen}
    system.cast.device_manager.allow_camera(True)
    feed = console.get("/audit", params={"seen": seen}).json()
    assert [row[1:5] for row in feed["rows"]] == [["device manager", "administrator", "camera-policy", "camera"]]
    assert feed["seen"] != seen


@pytest.mark.parametrize("seen", ["x", "1.2", "-1.0.0.0", "1.2.3.4.5"])
def test_what_no_feed_had_is_refused(console, seen):
    assert console.get("/audit", params={"seen": seen}).status_code == 400


def test_the_clock_is_moved_forward(console, system, token):
    before = system.clock.now()
    answer = console.post("/clock", data={"token": token, "amount": "2", "unit": "days"})
    assert answer.status_code == 200
    assert timedelta(days=2) <= system.clock.now() - before < timedelta(days=2, hours=1)
    assert f"It shows {system.clock.now():%Y-%m-%d}" in answer.text


@pytest.mark.parametrize(
    "form", [{"amount": "-1"}, {"amount": "0"}, {"amount": "soon"}, {"amount": "9" * 30}, {"unit": "weeks"}, {}]
)
def test_and_never_back(console, system, token, form):
    before = system.clock.now()
    sent = {"token": token, "amount": "1", "unit": "days"} | form if form else {"token": token}
    answer = console.post("/clock", data=sent)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert system.clock.now() - before < timedelta(hours=1)


@pytest.mark.parametrize("path", ["/clock", "/administration", "/phone"])
@pytest.mark.parametrize(
    ("sent", "headers"),
    [({}, {}), ({"token": "0" * 64}, {}), ({"token": None}, {"Origin": "https://elsewhere.example"})],
)
def test_forms_of_others_are_refused(console, system, token, path, sent, headers):
    before = len(system.cast.device_manager.audit())
    form = {"amount": "1", "unit": "days", "act": "block camera", **sent}
    form |= {"token": token} if "token" in sent and sent["token"] is None else {}
    assert console.post(path, data=form, headers=headers).status_code == 403
    assert len(system.cast.device_manager.audit()) == before


def test_another_name_for_this_machine_is_not_served(console):
    assert console.get("/", headers={"Host": "rebound.example"}).status_code == 421


def test_administrators_change_what_they_administer(console, system, token):
    assert console.post("/administration", data={"token": token, "act": "block camera"}).status_code == 200
    assert console.post("/administration", data={"token": token, "act": "allow camera"}).status_code == 200
    assert [each.detail for each in system.cast.device_manager.audit()[-2:]] == ["blocked", "allowed"]
    assert console.post("/administration", data={"token": token, "act": "delete all"}).status_code == 400


def test_a_phone_is_set_up_in_a_browser(console, system, token):
    cast = system.cast

    def tap(files=None, **form):
        answer = console.post("/phone", data={"token": token, **form}, files=files)
        assert answer.status_code == 200
        return read_page(answer.text)

    assert tap(act="open").title == "Company Portal"
    assert tap(choice="Sign in").title == "Sign in"
    at_desk = cast.workstation
    at_desk.browse(cast.identity_provider.device_login_address)
    code = re.search('class="code">([^<]+)<', console.get("/phone").text)[1]
    at_desk.type_into("Code", code)
    at_desk.choose("Next")
    at_desk.sign_in_with_card(cast.pin)
    at_desk.choose("Continue")
    with hurrying(system.clock):
        while read_page(console.get("/phone").text).title != "This device is managed":
            pass
    assert "Setup mobile smart card access" in tap(act="notification").title
    assert tap(choice="Begin").title == "Get QR code"
    android = read_page(console.get("/phone/android").text)
    assert "NEXT" in android.choices()
    for choice in ("Continue", "Use Camera", "OK"):
        scanner = tap(choice=choice)
    assert "A picture of the screen with the QR code" in [each.label for each in scanner.fields()]
    no_code = tap(files={"picture": ("x.png", b"no picture", "image/png")})
    assert no_code.title == "This QR code cannot be used"
    tap(choice="Scan again")
    assert tap(files={"picture": ("x.png", get_code(cast), "image/png")}).title == "Choose an activation secret"
    assert tap(secret="12").title == "Choose an activation secret"
    ready = tap(secret=SECRET)
    assert ready.title == "Your mobile smart card is ready"
    assert "authentication" in ready.text
    assert "attempts left" in tap(activation="wrong1").text
    assert tap(activation=SECRET).title == "Example Agency Application"
    assert "delivered" in console.get("/").text


def test_a_tap_that_does_not_fit_is_told(console, token):
    answer = console.post("/phone", data={"token": token, "choice": "No such caption"})
    assert "The phone is busy, or shows something else by now." in answer.text
