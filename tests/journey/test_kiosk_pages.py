"""A product's kiosk says no with whatever status it likes, and sends browsers on with whatever address."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.roles.screens import Screen

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
KIOSK = "https://office.example/self-service/"
START = Screen("Start", "Whoever has a card signs in here.", ("Sign in with your smart card",), status=200)
HOME = Screen("Home", "Grace Goode", ("Request my ID",), status=200)
NO_ADMISSION = Screen("Sorry", "No admission.", status=200)


@pytest.fixture
def kiosk():
    """A kiosk that shows these pages, by address, and one after a sign-in; the sign-in was sent on to `location`."""

    def opened(after_sign_in, pages=None, location=""):
        from dpc_conformance.fixtures.kiosk import Kiosk

        recorder = Recorder()
        headers = {"location": location} if location else {}
        signed_in = HttpExchange(AT, "workstation", "GET", f"{KIOSK}door", 302, None, response_headers=headers)
        recorder.record(signed_in)
        workstation = SimpleNamespace(
            browse=lambda address: (pages or {}).get(address, START), sign_in_with_card=lambda *_: after_sign_in
        )
        issuer = SimpleNamespace(kiosk_address=KIOSK)
        cast = SimpleNamespace(workstation=workstation, recorder=recorder, issuer=issuer)
        judge = SimpleNamespace(control=lambda *_, **__: None)
        return Kiosk(cast, SimpleNamespace(kind="good", pin=""), judge, Claims())

    return opened


@pytest.mark.parametrize(("page", "refused"), [(HOME, False), (START, True), (NO_ADMISSION, True)])
def test_who_sees_nothing_to_ask_for_is_not_signed_in(kiosk, page, refused):
    assert kiosk(page).sign_in().refused is refused


def test_a_request_without_a_code_was_refused(kiosk):
    asked = kiosk(HOME).asked
    assert not asked(lambda: Screen("Scan me", "", pictures=(b"a code",), status=200)).refused
    assert asked(lambda: Screen("Please accept the obligations", "", status=200)).refused


@pytest.mark.parametrize("location", ["menu?session=7", "/self-service/menu?session=7", f"{KIOSK}menu?session=7"])
@pytest.mark.parametrize(
    ("shown", "works"), [(HOME, True), (Screen("Menu", "Grace Goode"), True), (START, False), (NO_ADMISSION, False)]
)
def test_an_address_works_elsewhere_where_it_shows_what_the_sign_in_led_to(kiosk, location, shown, works):
    opened = kiosk(HOME, {f"{KIOSK}menu?session=7": shown}, location)
    opened.sign_in()
    assert opened.signed_in_address_works_elsewhere() is works
