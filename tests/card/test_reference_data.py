"""PIN, activation secret, unblocking key and Global PIN: changed, reset, blocked; the state after every refusal."""

import pytest

from dpc_conformance.formats import containers
from dpc_conformance.reference.card.pins import Pin, Pins
from dpc_conformance.reference.card.secret_format import ALPHANUMERIC, ANY, DIGITS

PIN = b"246801\xff\xff"
NEW = b"97531024"
WRONG = b"111111\xff\xff"
SHORT = b"12345\xff\xff\xff"


def command(ins, reference, *blocks):
    data = b"".join(blocks)
    return f"00{ins:02X}00{reference:02X}{len(data):02X}{data.hex()}"


def verify(block, reference=0x80):
    return command(0x20, reference, block)


def change(old, new, reference=0x80):
    return command(0x24, reference, old, new)


@pytest.fixture
def puk(card):
    return card.application.pins.puk.secret


@pytest.fixture
def reset(puk):
    return lambda new=NEW, key=puk, reference=0x80: command(0x2C, reference, key, new)


@pytest.fixture
def blocked(ask):
    for _ in range(3):
        ask(verify(WRONG))
    return ask


def attempts_of_puk(card):
    return card.application.pins.puk.attempts_left


class TestChange:
    def test_the_new_pin_counts_and_the_old_one_does_not(self, ask):
        assert ask(change(PIN, NEW)) == ("", "9000")
        assert ask("00200080")[1] == "9000", "the change verified the PIN"
        assert ask(verify(PIN))[1] == "63C2"
        assert ask(verify(NEW))[1] == "9000"

    def test_a_wrong_old_pin_is_an_attempt_and_takes_the_status_away(self, ask):
        ask(verify(PIN))
        assert ask(change(WRONG, NEW))[1] == "63C2"
        assert ask("00200080")[1] == "63C2"
        assert ask(verify(PIN))[1] == "9000"

    @pytest.mark.parametrize("old", [PIN, WRONG, SHORT], ids=["right", "wrong", "malformed"])
    @pytest.mark.parametrize("new", [SHORT, b"12345a\xff\xff", b"123456\xff7", b"123456", NEW + b"1", b""])
    def test_a_malformed_new_pin_changes_nothing_and_tells_nothing_about_the_old(self, ask, old, new):
        assert ask(change(old, new))[1] == "6A80"
        assert ask("00200080")[1] == "63C3"
        assert ask(verify(PIN))[1] == "9000"

    def test_a_blocked_pin_is_not_changed(self, blocked):
        assert blocked(change(PIN, NEW))[1] == "6983"
        assert blocked(verify(NEW))[1] == "6983"

    @pytest.mark.parametrize("reference", [0x00, 0x82, 0x96, 0x98])
    def test_what_the_card_has_not_cannot_be_changed(self, ask, reference):
        assert ask(change(PIN, NEW, reference))[1] == "6A88"

    def test_p1_other_than_zero_is_refused(self, ask):
        assert ask("00240180" + change(PIN, NEW)[8:])[1] == "6A86"
        assert ask(verify(PIN))[1] == "9000"

    def test_the_unblocking_key_takes_any_eight_bytes(self, ask, puk, reset):
        new = bytes.fromhex("00FF80000AFF7F00")
        assert ask(change(puk, new, 0x81))[1] == "9000"
        assert ask(reset())[1] == "63C4"
        assert ask(reset(key=new))[1] == "9000"
        assert ask(verify(NEW))[1] == "9000"

    def test_changing_the_unblocking_key_authenticates_nobody(self, ask, puk):
        ask(change(puk, NEW, 0x81))
        assert ask("00200080")[1] == "63C3"
        assert ask("00CB3FFF055C035FC10300")[1] == "6982"

    def test_the_unblocking_key_has_a_counter_of_its_own(self, ask, puk):
        for left in "43210":
            assert ask(change(b"12345678", NEW, 0x81))[1] == f"63C{left}"
        assert ask(change(puk, NEW, 0x81))[1] == "6983"
        assert ask(verify(PIN))[1] == "9000"


class TestReset:
    def test_a_blocked_pin_gets_a_new_value_and_its_attempts(self, blocked, reset):
        assert blocked(reset()) == ("", "9000")
        assert blocked("00200080")[1] == "63C3", "nobody is authenticated by it"
        assert blocked(verify(PIN))[1] == "63C2"
        assert blocked(verify(NEW))[1] == "9000"

    def test_who_is_authenticated_stays_authenticated(self, ask, reset):
        ask(verify(PIN))
        ask(reset())
        assert ask("00200080")[1] == "9000"

    def test_a_wrong_unblocking_key_counts_down_on_its_own_counter_until_it_is_blocked(self, blocked, reset):
        for left in "43210":
            assert blocked(reset(key=b"12345678"))[1] == f"63C{left}"
        assert blocked(reset())[1] == "6983"
        assert blocked(verify(NEW))[1] == "6983"

    def test_the_right_one_restores_its_counter(self, ask, card, reset):
        ask(reset(key=b"12345678"))
        assert attempts_of_puk(card) == 4
        ask(reset())
        assert attempts_of_puk(card) == 5

    @pytest.mark.parametrize("new", [SHORT, b"12345a\xff\xff", b"123456"])
    def test_a_malformed_new_pin_leaves_both_counters(self, blocked, card, reset, new):
        assert blocked(reset(new=new))[1] == "6A80"
        assert attempts_of_puk(card) == 5
        assert blocked(verify(PIN))[1] == "6983"

    @pytest.mark.parametrize("reference", [0x00, 0x81, 0x9A])
    def test_only_the_application_pin_can_be_reset(self, ask, reset, reference):
        assert ask(reset(reference=reference))[1] == "6A88"
        assert ask(verify(PIN))[1] == "9000"

    def test_p1_other_than_zero_is_refused(self, ask, reset):
        assert ask("002C0180" + reset()[8:])[1] == "6A86"

    def test_a_card_without_unblocking_key_says_so(self, ask, card, reset):
        sent = reset()
        card.application.pins.puk = None
        assert ask(sent)[1] == "6A88"


class TestGlobalPin:
    @pytest.fixture
    def both(self, card, ask):
        card.application.objects.put(containers.DISCOVERY, bytes.fromhex("4F0BA0000003080000100001005F2F026010"))
        card.application.pins.by_reference[0x00] = Pin("975310")
        return ask

    def test_it_opens_the_card_and_can_be_changed(self, both):
        assert both(verify(b"975310\xff\xff", 0))[1] == "9000"
        assert both("00CB3FFF055C035FC10300")[1] == "6100"
        assert both(change(b"975310\xff\xff", NEW, 0))[1] == "9000"
        assert both(verify(NEW, 0))[1] == "9000"

    def test_each_pin_has_its_own_counter(self, both):
        both(verify(WRONG, 0))
        assert both("00200000")[1] == "63C2"
        assert both("00200080")[1] == "63C3"

    def test_the_policy_in_discovery_decides_at_once(self, card, both):
        both(verify(b"975310\xff\xff", 0))
        card.application.objects.put(containers.DISCOVERY, bytes.fromhex("4F0BA0000003080000100001005F2F024000"))
        assert both("00200000")[1] == "6A88"
        assert both("00CB3FFF055C035FC10300")[1] == "6982"

    @pytest.mark.parametrize("discovery", ["", "4F01A0", "5F2F01", "5F2F0060"])
    def test_a_discovery_object_without_policy_means_the_application_pin_only(self, card, both, discovery):
        card.application.objects.put(containers.DISCOVERY, bytes.fromhex(discovery))
        assert both("00200000")[1] == "6A88"
        assert both("00200080")[1] == "63C3"


@pytest.mark.parametrize(
    ("kind", "block", "admitted"),
    [
        (DIGITS, b"123456\xff\xff", True),
        (DIGITS, b"12345678", True),
        (DIGITS, b"12345a\xff\xff", False),
        (ALPHANUMERIC, b"aZ09bY\xff\xff", True),
        (ALPHANUMERIC, b"aZ09b\xff\xff\xff", False),
        (ALPHANUMERIC, b"aZ09b*\xff\xff", False),
        (ALPHANUMERIC, b"aZ09bYcX9", False),
        (ALPHANUMERIC, b"aZ0\xff9bYc", False),
        (ALPHANUMERIC, b"aZ09bY", False),
        (ANY, bytes(8), True),
        (ANY, b"\xff" * 8, True),
        (ANY, bytes(7), False),
    ],
)
def test_formats(kind, block, admitted):
    assert kind.admits(block) is admitted


def test_no_secret_in_a_repr():
    shown = repr(Pins({0x80: Pin("246801")}, Pin(b"\x01\x02unblock")))
    assert "246801" not in shown
    assert "unblock" not in shown
