"""axe-core finds nothing on any page, and a keyboard reaches everything.

Each page is looked at in both languages, in three widths and in both schemes, but not in all twelve combinations.
"""

import io

import pytest
from enrolled import enrol
from inspected import DARK, LIGHT, inspecting
from PIL import Image
from visited import pages_in

from dpc_conformance.casting_served import serve_system
from dpc_conformance.checks.qr_symbol import measure
from dpc_conformance.reference.console.phone_screen import draw
from dpc_conformance.reference.phone.camera import read_with_zxing, zbar_reader
from dpc_conformance.roles.captions import ANDROID, IOS
from dpc_conformance.roles.errors import MachineLacks
from dpc_conformance.roles.screens import Screen

BAD = """<!doctype html><html><head><title>Bad</title></head><body bgcolor="#ffffff"><main><h1>Bad</h1>
<p><font color="#cccccc">Pale</font></p><input name="x"><table width="1300"><tr><td>Wide</td></tr></table>
</main></body></html>"""
OUT_OF_REACH = """<!doctype html><html lang="en"><title>Bad</title>
<a href="/">One</a> <a href="/" tabindex="-1">Two</a></html>"""


@pytest.fixture(scope="module")
def pages():
    """HTML by name: in English before anybody enrolled, in Dutch after somebody did, and the phone's screens."""
    with serve_system(None, None, {}, ()) as system:
        new = pages_in(system, "en")
        enrol(system.cast, system.cast.phone)
        enrolled = pages_in(system, "nl")
    return {
        **{f"en {name}": answer.get_data(as_text=True) for name, answer in new.items()},
        **{f"nl {name}": answer.get_data(as_text=True) for name, answer in enrolled.items()},
        **dict(_phones()),
    }


def _phones():
    """The screens of the documented enrolment, as the phone's pages draw them."""
    for words in (IOS, ANDROID):
        screens = (
            Screen(words.sign_in, "On your smart card computer, open an address and enter a code"),
            Screen(words.set_up, "Your organization requires it.", (words.instructions, words.begin)),
            Screen(words.camera_prompt, "It is needed.", (words.refuse_camera, words.allow_camera)),
            Screen(words.choose_secret, "You will enter it each time."),
            Screen(words.finished, "You can use it in your apps now."),
        )
        for screen in screens:
            yield f"{words.platform} {screen.title}", draw(screen, words)


@pytest.fixture(scope="module")
def inspector(tmp_path_factory):
    base = pytest.importorskip("axe_playwright_python.base")
    try:
        with inspecting(tmp_path_factory.mktemp("chromium"), base.AXE_SCRIPT) as inspector:
            yield inspector
    except MachineLacks as lack:
        pytest.skip(str(lack))


def test_axe_core_finds_no_violation(inspector, pages):
    assert len(pages) > 60
    found = {
        name: inspector.violations(html, LIGHT if name.startswith(("en", "ios")) else DARK)
        for name, html in pages.items()
    }
    assert {name: said for name, said in found.items() if said} == {}


def test_what_is_wrong_is_found(inspector):
    said = "\n".join(inspector.violations(BAD, DARK))
    for word in ("html-has-lang", "wide, dark: color-contrast", "label", "narrow, dark: scrolls sideways"):
        assert word in said


def test_a_keyboard_reaches_every_control_and_shows_where_it_is(inspector, pages):
    found = {name: inspector.out_of_reach(html) for name, html in pages.items() if not name.startswith("en ")}
    assert {name: said for name, said in found.items() if said} == {}


def test_what_no_keyboard_reaches_is_found(inspector):
    said = inspector.out_of_reach(OUT_OF_REACH)
    assert any(each.startswith("focus is not seen") for each in said)
    assert "1 of 2 controls are reached" in said


@pytest.mark.parametrize(("scheme", "height"), [("light", 800), ("dark", 800), ("dark", 600)])
def test_every_camera_reads_the_code_on_the_page(inspector, pages, scheme, height):
    picture = inspector.picture(pages["en kiosk QR code"], scheme, height)
    symbol = measure(picture)
    assert (symbol.quiet >= 4, symbol.contrast, symbol.level) == (True, 1, "H")
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
    readers = [read_with_zxing, *([reader] if (reader := zbar_reader()) else [])]
    assert all(len(reads(grey)) == 1 for reads in readers)
