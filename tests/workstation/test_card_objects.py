"""A page asks for the data on the card: the workstation reads what is asked for, and no more than that."""

import pytest
from flask import Flask, redirect, request

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.records import ApduExchange, HttpExchange
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.workstation.workstation import Workstation
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.workstation import CARD_AUTHENTICATION

HOST = "issuer.dpc.example"
PIN = "271828"
ALICE = Person("alice", "Alice", "Example", "alice@dpc.example", "alice@dpc.example")
START = '<h1>Kiosk</h1><a href="https://%s:8443/sign-in">Sign in with your smart card</a>'
FORM = '<form class="card-data" method="post" action="/card" enctype="multipart/form-data">%s</form>'
GUARDED = (containers.FINGERPRINTS, containers.FACIAL_IMAGE, containers.PRINTED_INFORMATION)


def tag(container):
    return container.tag.hex().upper()


@pytest.fixture(scope="module")
def pki():
    return TestPki(machine_now(), machine_now(), SeededEntropy("card objects"), KeyPool(default_folder()))


@pytest.fixture
def card(pki, clock):
    return personalise(pki, ALICE, clock, SeededEntropy("card objects"), KeyPool(default_folder()), pin=PIN)


@pytest.fixture
def received(serve):
    """Serves a page that asks for the containers named in `.asked`; `.files` is what came."""

    class Received:
        asked: tuple[str, ...] = (tag(containers.CHUID), tag(containers.SECURITY_OBJECT), tag(containers.DISCOVERY))
        files: dict[str, bytes] | None = None

    app, sign_in_app = Flask("asking"), Flask("asking-sign-in")

    @app.get("/")
    def start():
        return START % HOST

    @app.get("/card")
    def ask():
        return FORM % "".join(f'<input type="file" name="{name}">' for name in Received.asked)

    @app.post("/card")
    def take():
        Received.files = {name: sent.read() for name, sent in request.files.items()}
        return redirect("/home", 303)

    @app.get("/home")
    def home():
        return "<h1>Home</h1>"

    @sign_in_app.get("/sign-in")
    def sign_in():
        return redirect(f"https://{HOST}/card", 303)

    serve(app, HOST)
    serve(sign_in_app, HOST, 8443, ask=True)
    return Received


@pytest.fixture
def workstation(received, names, tls_authority, recorder, clock, card):
    one = Workstation(names, [tls_authority.root], recorder, clock)
    one.insert_card(card)
    one.browse(f"https://{HOST}/")
    yield one
    one.close()


def stored(card, container):
    return card.application.objects.content(container)


def test_what_is_asked_for_and_what_the_security_object_lists_is_sent(workstation, received, card):
    assert workstation.sign_in_with_card(PIN).title == "Home"
    listed = {tag(container) for container in card_data.HASHED}
    assert set(received.files) == {*received.asked, *listed}
    assert received.files[tag(containers.CHUID)] == stored(card, containers.CHUID)
    assert received.files[tag(containers.FINGERPRINTS)] == stored(card, containers.FINGERPRINTS)
    assert received.files[tag(containers.DISCOVERY)] == card.application.objects.stored[containers.DISCOVERY.tag]


def test_without_the_pin_the_card_gives_no_biometrics(workstation, received):
    assert workstation.sign_in_with_card(None, CARD_AUTHENTICATION).title == "Home"
    assert tag(containers.CHUID) in received.files
    assert not {tag(container) for container in GUARDED} & set(received.files)


def test_biometrics_that_no_security_object_lists_stay_on_the_card(workstation, received, card, pki, clock):
    signer = ContentSigner(pki.content_signer, clock.now())
    contents = {containers.CCC: stored(card, containers.CCC)}
    card.application.objects.put(containers.SECURITY_OBJECT, card_data.security_object(contents, signer))
    workstation.sign_in_with_card(PIN)
    assert set(received.files) == {*received.asked, tag(containers.CCC)}


@pytest.mark.parametrize("content", [b"", b"\xba\x01\x01", b"\xff\xff"])
def test_a_security_object_that_cannot_be_read_lists_nothing(workstation, received, card, content):
    card.application.objects.put(containers.SECURITY_OBJECT, content)
    workstation.sign_in_with_card(PIN)
    assert set(received.files) == set(received.asked)


def test_what_the_card_does_not_have_is_left_out(workstation, received, card):
    received.asked = (*received.asked, tag(containers.KEY_HISTORY))
    card.application.objects.remove(containers.CHUID)
    workstation.sign_in_with_card(PIN)
    assert not {tag(containers.KEY_HISTORY), tag(containers.CHUID)} & set(received.files)


def test_a_page_can_ask_for_nothing_but_data_objects_of_a_piv_card(workstation, received, recorder):
    received.asked = (tag(containers.CHUID), "9F7F", "pin", "5FC1", "../5FC102", "")
    workstation.sign_in_with_card(PIN)
    assert set(received.files) == {tag(containers.CHUID)}
    read = [each.command for each in recorder.of(ApduExchange) if each.command.startswith("00CB3FFF")]
    assert not any("9F7F" in command for command in read)


def test_no_record_holds_what_the_pin_guards(workstation, received, card, recorder):
    workstation.sign_in_with_card(PIN)
    [upload] = [each for each in recorder.of(HttpExchange) if each.method == "POST"]
    assert upload.request_body.startswith("(binary multipart/form-data")
    said = repr(recorder.timeline())
    for container in (containers.FINGERPRINTS, containers.FACIAL_IMAGE):
        middle = stored(card, container)[200:232]
        assert middle.hex() not in said.lower()
        assert repr(middle)[2:-1] not in said
