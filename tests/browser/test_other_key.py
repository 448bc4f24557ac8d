"""A browser that takes another certificate of the card than was wanted says nothing about the server."""

from contextlib import contextmanager, nullcontext
from types import SimpleNamespace

import pytest

from dpc_conformance.adapters.browser.workstation import BrowserWorkstation
from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.workstation.page import Link
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.screens import Screen
from dpc_conformance.target import load_target

LINK = Link("Sign in with your smart card", "https://issuer.dpc.example:8443/sign-in")
HOME = Screen("My ID", "", status=200, address="https://issuer.dpc.example/home")
BLOCK = bytes(32)


class Computer:
    """In place of one with Chromium; `card` is in its reader."""

    screen = None

    def __init__(self) -> None:
        self.card = None
        self.chromium = SimpleNamespace(do=lambda action: action())
        self.desk = SimpleNamespace(typing=nullcontext)

    @contextmanager
    def holding(self, card):
        self.card = card
        yield


class Session:
    """In place of one of Chromium's: signs with the Card Authentication key, and is let in."""

    screen = Screen("Get your ID", "", status=200)

    def __init__(self, computer, cast) -> None:
        self._computer, self._cast = computer, cast

    def page(self):
        return SimpleNamespace(certificate_sign_in=lambda: LINK, card_data_form=lambda: None)

    def follow(self, _link, _certificate, _used, _dialogs) -> Screen:
        piv = PivCard(self._computer.card, Recorder(), self._cast.clock)
        piv.select()
        piv.verify_pin(self._cast.pin)
        piv.sign_raw(containers.CARD_AUTHENTICATION_KEY, BLOCK)
        return HOME


@pytest.fixture
def cast():
    stage = Stage(load_target(), machine_now(), "another key")
    try:
        with stage.scene(Recorder(), "another key") as cast:
            yield cast
    finally:
        stage.close()


def test_it_is_no_refusal(cast) -> None:
    computer = Computer()
    workstation = BrowserWorkstation(lambda: computer, SimpleNamespace(insert_card=id), cast.recorder, cast.clock)
    workstation.insert_card(cast.card)
    workstation._session = Session(computer, cast)
    with pytest.raises(NotSupported, match="workstation cannot choose among the certificates on the card"):
        workstation.sign_in_with_card(cast.pin)
