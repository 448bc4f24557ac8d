"""Where a product puts the binding secret in its QR code: no report shows it, and two codes are told apart by it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import QrCodeShown
from dpc_conformance.fixtures.qr_codes import picture_of, shown_code
from dpc_conformance.roles.screens import Screen

PLACES = {
    "fragment": ("https://issuer.example/enrol#{}", "https://issuer.example/enrol"),
    "query": ("https://issuer.example/enrol?tenant=7&code={}", "https://issuer.example/enrol"),
    "query beside a fragment": ("https://issuer.example/enrol?code={}#start", "https://issuer.example/enrol"),
    "fragment beside a query": ("https://issuer.example/enrol?tenant=7#{}", "https://issuer.example/enrol"),
    "path": ("https://issuer.example/enrol/{}", "https://issuer.example"),
    "no address": ('{{"token": "{}", "for": "enrolment"}}', ""),
}
SECRETS = ("AAECAwQFBgcICQoLDA0ODxAREhM", "BBECAwQFBgcICQoLDA0ODxAREhM")


@pytest.fixture
def cast():
    return SimpleNamespace(clock=RunClock(datetime(2027, 3, 1, 9, 30, tzinfo=UTC)), recorder=Recorder())


@pytest.mark.parametrize(("text", "address"), PLACES.values(), ids=PLACES)
def test_secret_is_known_wherever_it_stands(text, address, cast):
    for secret in SECRETS:
        shown_code(cast, Screen("Scan me", "", pictures=(picture_of(text.format(secret)),)))
    first, second = cast.recorder.of(QrCodeShown)
    assert first.address == second.address == address
    assert first.secret_digest != second.secret_digest
    assert cast.recorder.has_secret(f"POST /redeem {SECRETS[1]}")
    assert not cast.recorder.has_secret("GET https://issuer.example/")


def test_what_failed_about_a_screen_does_not_tell_its_pictures():
    assert "PNG" not in repr(Screen("Scan me", "", pictures=(picture_of(SECRETS[0]),)))
