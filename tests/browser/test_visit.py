"""What Chromium showed, what was kept of it, and what must be nowhere."""

import io
import re
from itertools import pairwise

import pytest
from PIL import Image

from dpc_conformance.checks.qr_code import read_qr_code
from dpc_conformance.evidence.recorder import REDACTED
from dpc_conformance.evidence.records import ApduExchange, HttpExchange, Screenshot, ScreenShown


def test_screens_are_those_that_a_person_sees(visit):
    titles = {name: screen.title for name, screen in visit.screens.items()}
    assert titles == {
        "start": "Get your ID",
        "home": "My ID",
        "request": "Request my ID",
        "code": "Scan the QR code",
        "again": "My ID",
    }
    assert visit.cast.cardholder.common_name in visit.screens["home"].text
    assert "I accept the subscriber obligations" in visit.screens["request"].choices


def test_a_wrong_pin_costs_one_try(visit):
    assert visit.wrong.attempts_left == 2
    verified = [each.status for each in visit.recorder.of(ApduExchange) if each.name == "VERIFY (redacted)"]
    assert verified == [0x63C2, 0x9000]


def test_the_issuer_knows_who_signed_in(visit):
    accepted = [each for each in visit.cast.issuer.audit() if each.outcome == "accepted" and each.action == "sign-in"]
    assert [each.actor for each in accepted] == [visit.cast.cardholder.account]


def test_the_pin_is_nowhere(visit):
    pin = visit.cast.pin
    assert pin.encode() not in visit.command_lines
    assert f"={pin}\0".encode() not in visit.environments
    block = pin.encode().hex().upper()
    for record in visit.recorder.timeline():
        assert pin not in repr(record)
        assert block not in repr(record)


def test_chromium_holds_no_locked_memory_of_which_it_would_die(visit):
    locked = re.findall(rb"^Name:\tchromium$.*?^VmLck:\s*(\d+) kB$", visit.statuses, re.MULTILINE | re.DOTALL)
    assert len(locked) > 1
    assert set(locked) == {b"0"}


def test_exchanges_are_recorded_as_those_of_our_own_client(visit):
    exchanges = visit.recorder.of(HttpExchange)
    signed_in = next(each for each in exchanges if each.url.endswith(":8443/sign-in") and each.status == 303)
    assert signed_in.tls.client_certificate == visit.cast.card_certificate
    assert (signed_in.tls.version, signed_in.tls.server_key_type) == ("TLSv1.3", "EC")
    assert "AES" in signed_in.tls.cipher
    assert REDACTED in signed_in.response_headers["set-cookie"]
    others = [each for each in exchanges if ":8443" not in each.url]
    assert all(each.tls and each.tls.client_certificate is None for each in others)
    posted = next(each for each in exchanges if each.method == "POST")
    assert "obligations=yes" in posted.request_body


def test_the_camera_sees_the_page(visit):
    [picture] = visit.screens["code"].pictures
    assert Image.open(io.BytesIO(picture)).width >= 1000
    assert read_qr_code(picture).address == visit.cast.issuer.enrolment_address
    assert visit.screens["home"].pictures == ()


def test_there_is_a_screenshot_of_every_page_but_the_one_with_the_code(visit):
    """What else stands there may be a secret, such as a password, and nobody knows yet that it is one."""
    seen = [each for each in visit.recorder.timeline() if isinstance(each, ScreenShown | Screenshot)]
    pages = [page.title for page, picture in pairwise(seen) if isinstance(picture, Screenshot)]
    shown = [each.title for each in visit.recorder.of(ScreenShown)]
    assert "Scan the QR code" in shown
    assert pages == [title for title in shown if title != "Scan the QR code"]
    assert all(read_qr_code(each.picture).symbols == 0 for each in visit.recorder.of(Screenshot))


@pytest.mark.parametrize("host", ["localhost", "accounts.google.com"])
def test_the_browser_finds_nothing_but_the_run(visit, host):
    from dpc_conformance.roles.errors import Unreachable

    with pytest.raises(Unreachable):
        visit.cast.workstation.browse(f"https://{host}/")
