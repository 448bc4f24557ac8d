"""An app that asks for no activation secret is walked with as one that does, where the product claims that."""

from types import SimpleNamespace

import pytest

from dpc_conformance.adapters.operator.phone import PersonsPhone
from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.evidence.key_store import SecretChosen
from dpc_conformance.roles.captions import IOS
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.screens import Screen

ASKS, INSTALLS, REFUSES = "Choose an activation secret", "Installing your smart card", "This QR code cannot be used"
NONE_ASKED = Claims(activation_secret_screen=False)
CODE = SimpleNamespace(picture=b"")


class App:
    """A phone whose app shows one screen after the scan, and takes what it is given."""

    def __init__(self, after_scan: str) -> None:
        self.after_scan, self.taken = after_scan, []

    def scan(self, _: bytes) -> Screen:
        return Screen(self.after_scan, "")

    def set_activation_secret(self, secret: str) -> Screen:
        self.taken.append(secret)
        return Screen(INSTALLS, "")

    def finish(self) -> Screen:
        return Screen("Your mobile smart card is ready", "")

    def credentials(self) -> tuple[()]:
        return ()


@pytest.fixture
def setup_on():
    """The setup on a phone, and what was recorded of it."""

    def made(after_scan: str, claims: Claims):
        from dpc_conformance.fixtures.phone_setup import PhoneSetup

        recorded: list[object] = []
        recorder = SimpleNamespace(keep_secret=lambda *_: None, record=recorded.append)
        cast = SimpleNamespace(captions=IOS, recorder=recorder, clock=SimpleNamespace(now=lambda: None))
        judge = SimpleNamespace(control=lambda *_, **__: None)
        return PhoneSetup(cast, judge, App(after_scan), claims), recorded

    return made


@pytest.mark.parametrize(
    ("after_scan", "claims", "as_claimed", "chosen"),
    [
        (ASKS, Claims(), True, 1),
        (INSTALLS, NONE_ASKED, True, 0),
        (ASKS, NONE_ASKED, False, 1),  # what came on the screen counts, whatever is claimed
        (INSTALLS, Claims(), False, 1),  # the person is asked for what is claimed, and says that it does not come
    ],
)
def test_the_secret_is_left_out_where_it_is_neither_asked_for_nor_claimed(
    setup_on, after_scan, claims, as_claimed, chosen
) -> None:
    setup, recorded = setup_on(after_scan, claims)
    outcome = setup.scan(CODE)
    assert not outcome.refused
    assert setup.asks_as_claimed(outcome) is as_claimed
    assert setup.finish().title == "Your mobile smart card is ready"
    assert len(setup.phone.taken) == chosen
    assert [type(each) for each in recorded] == [SecretChosen] * chosen


def test_a_code_that_cannot_be_used_is_refused_all_the_same(setup_on) -> None:
    setup, _ = setup_on(REFUSES, NONE_ASKED)
    outcome = setup.scan(CODE)
    assert outcome.error == REFUSES
    assert not setup.asks_as_claimed(outcome)


def test_no_weak_secret_can_be_tried_where_none_is_asked_for(setup_on) -> None:
    setup, _ = setup_on(INSTALLS, NONE_ASKED)
    setup.scan(CODE)
    with pytest.raises(NotSupported, match="its app asked for none"):
        setup.choose_secret("five characters")
    assert setup.phone.taken == []


def test_a_person_may_tell_that_the_app_installs_at_once() -> None:
    telling = []

    def after(_verb: str, _do: str, _step: str, screens: tuple[str, ...]) -> Screen:
        telling.extend(screens)
        return Screen(INSTALLS, "")

    kiosk = SimpleNamespace(screen=Screen("", "", pictures=(b"code",)), pictures={})
    PersonsPhone(SimpleNamespace(), SimpleNamespace(after=after, captions=IOS), kiosk).scan(b"code")
    assert {ASKS, INSTALLS, REFUSES} <= set(telling)
    assert "Smart card setup did not succeed" not in telling
