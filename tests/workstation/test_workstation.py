"""The workstation with a virtual card: PIN on the card, signatures by APDU, cookies across the two ports."""

import base64

import pytest
from flask import Flask, redirect, request, session

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.records import ApduExchange, HandshakeRefused, HttpExchange, ScreenShown
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.workstation.workstation import Workstation
from dpc_conformance.roles.errors import CardRemoved, PinBlocked, RefusedAtTls, ServerNotTrusted, WrongPin
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.workstation import CARD_AUTHENTICATION

HOST = "issuer.dpc.example"
PIN = "271828"
ALICE = Person("alice", "Alice", "Example", "alice@dpc.example", "alice@dpc.example")
PICTURE = b"\x89PNG one pixel"
PICTURES_OF_NOBODY = (
    "https://logos.example/logo.png", "blob:https://issuer.dpc.example/1", "http://issuer:port/logo.png", "http://[",
    "https://issuer..example/logo.png", "data:image/svg+xml,<svg/>", "data:image/png;base64,a",
)  # fmt: skip
START_PAGE = (
    '<h1>Kiosk</h1><a href="/about">About</a><a href="https://%s:8443/sign-in">Sign in with your smart card</a>'
)
HOME_PAGE = """<title>Home</title><p>%s</p><form method=post action=/request>
<label for=why>Reason</label><input id=why name=why><label for=ok>I agree</label>
<input type=checkbox id=ok name=ok value=yes>
<button name=profile value=mobile>Activate with a mobile credential</button></form>"""


def kiosk():
    """Two applications of one host that share a session cookie."""
    app, sign_in_app = Flask("kiosk"), Flask("kiosk-sign-in")
    app.secret_key = sign_in_app.secret_key = "of this test"

    @app.get("/")
    def start():
        return START_PAGE % HOST

    @app.get("/about")
    def about():
        return "<h1>About</h1>" + "".join(f'<img src="{source}">' for source in PICTURES_OF_NOBODY)

    @app.get("/home")
    def home():
        return HOME_PAGE % session.get("certificate", "nobody")

    @app.post("/request")
    def ask():
        form = f"{request.form['profile']} {request.form.get('ok')} {request.form['why']}"
        source = base64.b64encode(PICTURE).decode()
        return f'<h1>Scan</h1><p>{form}</p><img src="data:image/png;base64,{source}"><img src="/picture.png">'

    @app.get("/picture.png")
    def picture():
        return app.response_class(b"fetched", content_type="image/png")

    @sign_in_app.get("/sign-in")
    def sign_in():
        certificate = request.environ["dpc.client_certificate"]
        if certificate is None:
            return "<h1>No certificate</h1>", 403
        session["certificate"] = certificate.hex()
        return redirect(f"https://{HOST}/home", 303)

    return app, sign_in_app


@pytest.fixture(scope="module")
def pki():
    return TestPki(machine_now(), machine_now(), SeededEntropy("workstation"), KeyPool(default_folder()))


@pytest.fixture
def card(pki, clock):
    def make(kind="P-256", deviation="none"):
        entropy, pool = SeededEntropy(f"card {kind}"), KeyPool(default_folder())
        return personalise(pki, ALICE, clock, entropy, pool, deviation, PIN, {0x9A: kind, 0x9C: kind})

    return make


@pytest.fixture
def servers(serve):
    app, sign_in_app = kiosk()
    return serve(app, HOST), serve(sign_in_app, HOST, 8443, ask=True)


@pytest.fixture
def workstation(servers, names, tls_authority, recorder, clock):
    one = Workstation(names, [tls_authority.root], recorder, clock)
    yield one
    one.close()


def signatures(recorder):
    return [r for r in recorder.of(ApduExchange) if r.name.startswith("GENERAL AUTHENTICATE") and r.response != "9000"]


def test_page_is_shown_without_the_pictures_that_cannot_be_had(workstation):
    screen = workstation.browse(f"https://{HOST}/about")
    assert (screen.title, screen.pictures) == ("About", ())


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA-2048", "RSA-3072"])
def test_cardholder_signs_in_and_asks_for_an_id(workstation, card, recorder, clock, kind):
    inserted = card(kind)
    workstation.insert_card(inserted)
    assert workstation.browse(f"https://{HOST}/").choices == ("About", "Sign in with your smart card")
    home = workstation.sign_in_with_card(PIN)
    der = PivCard(inserted, recorder, clock).certificate(0x9A)
    assert home.text.startswith(der.hex())
    assert (home.title, home.status, home.address) == ("Home", 200, f"https://{HOST}/home")
    assert len(signatures(recorder)) == 1
    workstation.type_into("Reason", "a phone")
    assert workstation.choose("I agree") == home
    scan = workstation.choose("Activate with a mobile credential")
    assert scan.text.endswith("mobile yes a phone")
    assert scan.pictures == (PICTURE, b"fetched")
    assert [screen.title for screen in recorder.of(ScreenShown)] == ["Kiosk", "Home", "Scan"]
    assert PIN not in repr(recorder.timeline())


def test_a_new_browser_session_knows_nobody(workstation, card):
    workstation.insert_card(card())
    workstation.browse(f"https://{HOST}/")
    workstation.sign_in_with_card(PIN)
    assert workstation.browse(f"https://{HOST}/home").text.startswith("nobody")


def test_wrong_pin_counts_down_and_nothing_is_sent(workstation, card, recorder):
    workstation.insert_card(card())
    workstation.browse(f"https://{HOST}/")
    seen = len(recorder.of(HttpExchange))
    left = []
    for _ in range(2):
        with pytest.raises(WrongPin) as wrong:
            workstation.sign_in_with_card("111111")
        left.append(wrong.value.attempts_left)
    assert left[0] - left[1] == 1
    for _ in range(left[-1]):
        with pytest.raises((PinBlocked, WrongPin)):
            workstation.sign_in_with_card("111111")
    with pytest.raises(PinBlocked):
        workstation.sign_in_with_card(PIN)
    assert len(recorder.of(HttpExchange)) == seen
    assert signatures(recorder) == []


def test_without_the_pin_the_card_does_not_sign(workstation, card, recorder):
    workstation.insert_card(card())
    workstation.browse(f"https://{HOST}/")
    with pytest.raises(RefusedAtTls, match="did not sign"):
        workstation.sign_in_with_card(None)
    assert len(recorder.of(HandshakeRefused)) == 1


def test_card_authentication_key_needs_no_pin(workstation, card):
    workstation.insert_card(card())
    workstation.browse(f"https://{HOST}/")
    assert workstation.sign_in_with_card(None, CARD_AUTHENTICATION).title == "Home"


def test_signature_key_signs_right_after_the_pin(workstation, card):
    workstation.insert_card(card())
    workstation.browse(f"https://{HOST}/")
    assert workstation.sign_in_with_card(PIN, 0x9C).title == "Home"


def test_no_card_and_a_card_pulled_out(workstation, card):
    workstation.browse(f"https://{HOST}/")
    with pytest.raises(CardRemoved):
        workstation.sign_in_with_card(PIN)
    workstation.insert_card(card())
    workstation.remove_card()
    with pytest.raises(CardRemoved):
        workstation.sign_in_with_card(PIN)


def test_without_the_card_the_link_still_leads_somewhere(workstation):
    workstation.browse(f"https://{HOST}/")
    assert workstation.choose("Sign in with your smart card").status == 403


def test_card_whose_key_is_another_is_refused_by_the_server(workstation, card, servers):
    heard = []
    servers[1].on_refused = heard.append
    workstation.insert_card(card(deviation="key-mismatch"))
    workstation.browse(f"https://{HOST}/")
    with pytest.raises(RefusedAtTls):
        workstation.sign_in_with_card(PIN)
    assert len(heard) == 1


def test_impostor_gets_no_signature(servers, names, clock, recorder, card, tls_authority, serve):
    impostor = serve(kiosk()[1], "elsewhere.dpc.example", 8443, ask=True)
    names.add(HOST, 8443, impostor.port)
    workstation = Workstation(names, [tls_authority.root], recorder, clock)
    workstation.insert_card(card())
    workstation.browse(f"https://{HOST}/")
    with pytest.raises(ServerNotTrusted):
        workstation.sign_in_with_card(PIN)
    assert signatures(recorder) == []
    workstation.close()


def test_what_is_not_there_cannot_be_chosen(workstation):
    with pytest.raises(LookupError):
        workstation.choose("About")
    workstation.browse(f"https://{HOST}/home")
    with pytest.raises(LookupError, match="no 'Sign out'"):
        workstation.choose("Sign out")
    with pytest.raises(LookupError):
        workstation.type_into("Colour", "blue")
    with pytest.raises(LookupError):
        workstation.sign_in_with_card(PIN)
