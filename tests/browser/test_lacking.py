"""What a machine lacks is named in a sentence, with what would bring it."""

import sys

import pytest

from dpc_conformance.adapters.browser import chromium, home, x_screen
from dpc_conformance.adapters.browser.chromium import Chromium
from dpc_conformance.adapters.browser.home import Home
from dpc_conformance.adapters.browser.x_screen import XScreen
from dpc_conformance.roles.errors import MachineLacks


def test_no_chromium(monkeypatch, tmp_path):
    monkeypatch.setattr(chromium, "PROGRAM", "no-such-browser")
    with pytest.raises(MachineLacks, match="install the package chromium"):
        Chromium(tmp_path, {}, "http://127.0.0.1:9")


@pytest.mark.usefixtures("visit")
def test_no_playwright(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(MachineLacks, match=r"dpc-conformance\[browser\]"):
        Chromium(tmp_path, {}, "http://127.0.0.1:9")


def test_no_module_for_the_card(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "CARD_MODULE", "*/no-such-module.so")
    with pytest.raises(MachineLacks, match="install the package opensc-pkcs11"):
        Home(tmp_path, [])


@pytest.mark.parametrize(
    ("part", "package"), [("SERVER", "xvfb"), ("KEYS", "no-such-program"), ("KEEPER", "util-linux")]
)
def test_no_screen_for_windows(monkeypatch, tmp_path, part, package):
    monkeypatch.setattr(x_screen, part, "no-such-program")
    with pytest.raises(MachineLacks, match=f"install the package {package}"):
        XScreen(tmp_path)
