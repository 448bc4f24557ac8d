"""What reading a card does to it, and what it leaves behind in the records."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import containers
from dpc_conformance.formats.apdu import CommandApdu
from dpc_conformance.protocols.card_reading import TooFewTries, read_everything
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.roles.errors import WrongPin
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PIN, WRONG = "246801", "135790"
READS = {containers.SELECT, containers.GET_DATA, containers.GET_RESPONSE, containers.GENERAL_AUTHENTICATE}


class Watched:
    """A card that remembers the commands it was given."""

    def __init__(self, card):
        self._card, self.commands = card, []

    def transmit(self, command):
        self.commands.append(CommandApdu.from_bytes(command))
        return self._card.transmit(command)

    def reset(self):
        self._card.reset()


@pytest.fixture
def card(pki, pool):
    person = Person("alice", "Alice", "Archer", "alice@agency.example", "alice@agency.example")
    algorithms = {0x9C: "RSA-2048", 0x9D: "RSA-2048", 0x9E: "P-384"}
    return personalise(
        pki, person, RunClock(START), SeededEntropy("card to be read"), pool.scenario(), pin=PIN, algorithms=algorithms
    )


def test_it_only_reads_and_verifies_the_pin_once(card, read):
    watched = Watched(card)
    reading = read(watched, PIN, START)
    verified = [each for each in watched.commands if each.ins == containers.VERIFY and each.data]
    assert len(verified) == 1
    assert {each.ins for each in watched.commands} == {*READS, containers.VERIFY}
    assert reading.after_pin is not None
    assert card.application.pins.get(containers.APPLICATION_PIN).attempts_left == 3


def test_without_a_pin_nothing_is_verified(card, read):
    watched = Watched(card)
    reading = read(watched, None, START)
    assert not [each for each in watched.commands if each.ins == containers.VERIFY and each.data]
    assert reading.after_pin is None
    assert reading.content(containers.FINGERPRINTS) is None


def test_keys_answer_as_their_rules_say(card, read):
    uses = [(use.key_reference, use.verified, use.status) for use in read(card, PIN, START).keys]
    before = [(0x9A, False, 0x6982), (0x9C, False, 0x6982), (0x9D, False, 0x6982), (0x9E, False, 0x9000)]
    after = [(0x9C, True, 0x9000), (0x9A, True, 0x9000), (0x9D, True, 0x9000)]
    assert uses == before + after


def test_keys_that_are_not_to_be_asked_are_not(card):
    watched = Watched(card)
    reading = read_everything(
        watched, Recorder(), RunClock(START), SeededEntropy("challenges"), pin=PIN, ask_keys=False
    )
    assert containers.GENERAL_AUTHENTICATE not in {each.ins for each in watched.commands}
    assert reading.keys == ()
    assert reading.content(containers.FINGERPRINTS) is not None


def test_afterwards_nobody_is_authenticated(card, read):
    read(card, PIN, START)
    assert not card.application.pins.verified


def test_neither_the_pin_nor_what_stands_behind_it_is_recorded(card, read):
    recorder = Recorder()
    reading = read(card, PIN, START, recorder)
    recorded = "".join(f"{each.command} {each.response}" for each in recorder.of(ApduExchange))
    fingerprints = reading.content(containers.FINGERPRINTS)
    assert PIN.encode().hex() not in recorded
    assert fingerprints is not None
    assert fingerprints[100:120].hex().upper() not in recorded
    chuid = reading.content(containers.CHUID)
    assert chuid is not None
    assert chuid[:20].hex().upper() in recorded


@pytest.mark.parametrize("left", [1, 0])
def test_a_pin_with_fewer_than_two_tries_is_left_alone(card, read, left):
    card.application.pins.get(containers.APPLICATION_PIN).attempts_left = left
    with pytest.raises(TooFewTries, match=f"{left} tries") as raised:
        read(card, PIN, START)
    assert card.application.pins.get(containers.APPLICATION_PIN).attempts_left == left
    assert PIN not in str(raised.value)


def test_a_wrong_pin_costs_one_try_and_is_not_named(card, read):
    with pytest.raises(WrongPin) as raised:
        read(card, WRONG, START)
    assert raised.value.attempts_left == 2
    assert WRONG not in str(raised.value)


def test_a_card_without_the_application_gives_the_status_word_and_nothing_else(card, read):
    card.application.aid = containers.DERIVED_PIV_AID
    reading = read(card, PIN, START)
    assert reading.selects == {containers.DERIVED_PIV_AID: 0x9000, containers.PIV_AID: 0x6A82}
    assert not reading.before_pin


class InAnotherTemplate(Watched):
    """Answers GENERAL AUTHENTICATE rightly, but inside 53 instead of 7C."""

    def transmit(self, command):
        answer = super().transmit(command)
        asked = self.commands[-1].ins == containers.GENERAL_AUTHENTICATE and answer[:1] == b"\x7c"
        return b"\x53" + answer[1:] if asked else answer


def test_an_answer_outside_of_the_dynamic_authentication_template_is_none(card, read):
    """SP 800-73-5 part 2 §3.2.4: who looks for 7C finds no signature."""
    signed = [each for each in read(InAnotherTemplate(card), PIN, START).keys if each.status == 0x9000]
    assert {each.key_reference for each in signed} >= {0x9A, 0x9C, 0x9D, 0x9E}
    assert {each.response for each in signed} == {b""}
