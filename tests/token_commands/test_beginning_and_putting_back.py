"""How a scenario begins with a token, and how it leaves one."""

from dataclasses import replace

import pytest

from dpc_conformance.evidence.records import Note
from dpc_conformance.fixtures.token import TokenInHand
from dpc_conformance.fixtures.token_errors import NotPutBack, NotReady
from dpc_conformance.fixtures.token_put_back import put_back

QUERY, VERIFY, RESET = "00200080", "0020008008", "002C0080"


@pytest.fixture
def beginning(card, hand):
    def begin(*tries, verified="9000"):
        card.answers = {VERIFY: [verified], QUERY: list(tries), **card.answers}
        hand.begin()
        return hand.tries["n"]

    return begin


def verifications(card):
    return [each for each in card.sent if each.startswith(VERIFY)]


def test_the_first_scenario_fills_the_counter_before_it_counts(card, beginning):
    assert beginning("63C3", "63C5") == 5
    assert len(verifications(card)) == 1


def test_later_scenarios_do_not_verify_again(card, some_token, hand):
    card.answers = {VERIFY: ["9000"], QUERY: ["63C5"]}
    memory = {}
    for _ in range(3):
        TokenInHand(hand.cast, memory).begin()
    assert len(verifications(card)) == 1


@pytest.mark.parametrize("tries", ["63C1", "63C0", "6983"])
def test_the_last_try_is_not_spent(card, beginning, tries):
    with pytest.raises(NotReady, match="at least two are needed"):
        beginning(tries)
    assert not verifications(card)


def test_a_secret_that_the_token_refuses_is_tried_once(card, hand):
    card.answers = {VERIFY: ["63C4"], QUERY: ["63C5"]}
    memory = {}
    for _ in range(3):
        with pytest.raises(NotReady) as error:
            TokenInHand(hand.cast, memory).begin()
    assert len(verifications(card)) == 1
    assert "wA31xy" not in str(error.value)


def test_a_token_that_does_not_tell_its_tries_is_no_reason_to_stop(beginning):
    assert beginning("6A86") is None


def test_a_secret_that_is_refused_is_tried_once_also_where_the_tries_are_not_told(card, hand):
    card.answers = {VERIFY: ["63C4"], QUERY: ["6A86"]}
    memory = {}
    for _ in range(3):
        with pytest.raises(NotReady):
            TokenInHand(hand.cast, memory).begin()
    assert len(verifications(card)) == 1


def test_no_more_wrong_secrets_are_sent_than_there_are_tries(card, hand):
    card.answers = {f"{VERIFY}{hand.codes.wrong_secret.hex().upper()}": ["63C2"], VERIFY: ["9000"], QUERY: ["63C3"]}
    hand.begin()
    before = len(verifications(card))
    assert hand.use_up_tries().status == 0x63C2
    assert len(verifications(card)) - before == 3


def test_what_only_the_cardholder_reads_is_put_back_without_a_record(card, hand):
    pairing_code = b"\x53\x0c\x99\x0840302010\xfe\x00"
    card.answers = {"00CB3FFF055C035FC123": [f"{pairing_code.hex()}9000"]}
    hand.objects.put(b"\x5f\xc1\x23", b"\x53\x00")
    assert hand.objects.put_back() == []
    assert pairing_code.hex().upper() in card.sent[-1]
    assert pairing_code.hex().upper() not in str(hand.cast.recorder.timeline())


def test_an_application_that_is_not_there_is(card, hand):
    card.answers = {"00A4": ["6A82"]}
    with pytest.raises(NotReady, match="SELECT: the token answers 6A82"):
        hand.begin()


def test_an_untouched_token_is_only_reset(card, hand):
    put_back(hand)
    assert not [each for each in card.sent if not each.startswith("00A4")]
    assert card.resets


def test_secrets_come_back_by_the_unblocking_key(card, hand):
    hand.secrets_touched = True
    card.answers = {VERIFY: ["6983", "9000"]}
    put_back(hand)
    [reset] = [each for each in card.sent if each.startswith(RESET)]
    assert reset.endswith(hand.codes.puk.hex().upper() + hand.codes.secret.hex().upper())


def test_a_changed_unblocking_key_is_changed_back(card, hand):
    hand.codes.puk_now = hand.codes.new_puk
    put_back(hand)
    assert [each for each in card.sent if each.startswith("00240081")] == [
        "0024008110" + hand.codes.new_puk.hex().upper() + hand.codes.puk.hex().upper()
    ]


def test_objects_are_written_as_they_were(card, hand):
    before = "53020102"
    card.answers = {"00CB": [before + "9000"], "0087089B04": ["7C128110" + "11" * 16 + "9000"]}
    hand.objects.put(bytes.fromhex("5FC120"), bytes.fromhex("5301AA"))
    put_back(hand)
    written = [each for each in card.sent if each.startswith("00DB")]
    assert [each.removeprefix("00DB3FFF") for each in written] == ["085C035FC1205301AA", "095C035FC120" + before]


def test_an_object_that_was_not_there_is_emptied(card, hand):
    card.answers = {"00CB": ["6A82"], "0087089B04": ["7C128110" + "11" * 16 + "9000"]}
    hand.objects.put(bytes.fromhex("5FC120"), bytes.fromhex("5301AA"))
    put_back(hand)
    assert card.sent[-1].endswith("5C035FC1205300")


@pytest.mark.parametrize("expendable", [True, False])
def test_whoever_needs_the_token_hears_that_it_could_not_be_put_back(card, hand, expendable):
    hand.token = replace(hand.token, expendable=expendable)
    hand.secrets_touched = True
    card.answers = {VERIFY: ["6983"], RESET: ["6983"]}
    if expendable:
        put_back(hand)
        assert "RESET RETRY COUNTER" in hand.cast.recorder.of(Note)[0].text
    else:
        with pytest.raises(NotPutBack, match="RESET RETRY COUNTER: the token answers 6983"):
            put_back(hand)


def test_wrong_secrets_end_where_no_try_is_left(card, hand):
    card.answers = {VERIFY: ["63C2", "63C1", "63C0", "6983"]}
    assert hand.use_up_tries().status == 0x63C0
    assert len(verifications(card)) == 3


def test_wrong_secrets_end_also_where_the_token_never_says_so(card, hand):
    card.answers = {VERIFY: ["63C2"]}
    with pytest.raises(NotReady, match="do not block"):
        hand.block()
    assert len(verifications(card)) == 16
