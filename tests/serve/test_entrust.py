"""`dpc serve --issuer entrust`: the phone of the console asks for the password under the QR code."""

import re

import httpx
import pytest
from enrolled import SECRET, sign_in

from dpc_conformance.adapters.issuer_of_kind import IssuerOfKind
from dpc_conformance.casting_served import CONSOLE, serve_system
from dpc_conformance.cli import main
from dpc_conformance.reference.workstation.page_reader import read_page


@pytest.fixture(scope="module")
def system():
    with serve_system(None, None, {}, (IssuerOfKind.named("entrust"),)) as served:
        yield served


def identity_guard(cast):
    """The page with the QR code, in the words of IdentityGuard."""
    desk = cast.workstation
    desk.browse(cast.issuer.kiosk_address)
    desk.sign_in_with_card(cast.pin)
    desk.choose("I’d like to enroll for a derived mobile smart card credential")
    desk.choose("I have downloaded and installed the app")
    desk.choose("Next")
    desk.type_into("Identity name", "My phone")
    desk.type_into("Credential", "Entrust IdentityGuard Mobile Smart Credential")
    desk.choose("I accept the subscriber obligations")
    return desk.choose("Next")


def test_the_password_is_typed_on_the_phone_of_the_console(system):
    sign_in(system.cast, system.cast.phone)
    with httpx.Client(base_url=f"http://127.0.0.1:{system.places[CONSOLE]}", follow_redirects=True, timeout=30) as http:
        token = re.search('name="token" value="([0-9a-f]{64})"', http.get("/").text)[1]

        def tap(files=None, **form):
            answer = http.post("/phone", data={"token": token, **form}, files=files)
            assert answer.status_code == 200
            return read_page(answer.text)

        tap(act="notification")
        for choice in ("Begin", "Continue", "Use Camera", "OK"):
            tap(choice=choice)
        page = identity_guard(system.cast)
        password = re.search("Password: ([0-9]{8})", page.text)[1]
        asked = tap(files={"picture": ("x.png", page.pictures[0], "image/png")})
        assert (asked.title, [each.label for each in asked.fields()][0]) == ("Password Required", "Password")
        again = tap(password=f"{(int(password) + 1) % 10**8:08}")
        assert (again.title, "not the password" in again.text) == ("Password Required", True)
        assert tap(password=password).title == "Choose an activation secret"
        assert tap(secret=SECRET).title == "Your mobile smart card is ready"
        assert "My phone: on phone" in system.cast.workstation.choose("Back").text


def test_an_issuer_that_nobody_knows(capsys):
    assert main(["serve", "--issuer", "purebred"]) == 4
    assert capsys.readouterr().err == "--issuer purebred: expected one of intercede, entrust\n"
