"""The card administration key 9B: external and mutual authentication, fresh challenges, what ends the status."""

import pytest

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.card.administration import AdministrationKey

CLEAR_CHUID = "00DB3FFF075C035FC1025300"
SELECT = "00A4040009A0000003080000100000"
PIN = "0020008008" + b"246801".hex() + "FFFF"
KEYS = {0x03: 24, 0x08: 16, 0x0A: 24, 0x0C: 32}


@pytest.fixture(params=KEYS, ids=["3TDEA", "AES-128", "AES-192", "AES-256"])
def administrator(card, ask, request, administrator_of):
    secret = SeededEntropy("9B").bytes(KEYS[request.param])
    card.application.administration = AdministrationKey(request.param, secret, SeededEntropy("challenges"))
    return administrator_of(card.application, ask)


def may_write(ask):
    return {"9000": True, "6982": False}[ask(CLEAR_CHUID)[1]]


def test_external_authentication_opens_the_card_for_writing(administrator, ask):
    assert not may_write(ask)
    administrator.authenticate()
    assert may_write(ask)


def test_mutual_authentication_shows_that_the_card_has_the_key_too(administrator, ask):
    answer, status = administrator.step((0x80, b""))
    assert (answer[4:6], status) == ("80", "9000")
    witness = administrator.decrypted(bytes.fromhex(answer[8:]))
    challenge = bytes(range(len(witness)))
    answer, status = administrator.step((0x80, witness), (0x81, challenge))
    assert status == "9000"
    assert bytes.fromhex(answer[4:]) == bytes([0x82, len(challenge)]) + administrator.encrypted(challenge)
    assert may_write(ask)


def test_a_wrong_witness_gets_no_answer(administrator, ask):
    answer, _ = administrator.step((0x80, b""))
    undecrypted = bytes.fromhex(answer[8:])
    assert administrator.step((0x80, undecrypted), (0x81, undecrypted)) == ("", "6982")
    assert not may_write(ask)


def test_a_wrong_answer_ends_what_an_earlier_right_one_opened(administrator, ask):
    administrator.authenticate()
    challenge = administrator.challenge()
    assert administrator.answer(challenge) == "6982"
    assert not may_write(ask)


def test_an_answer_counts_once_and_for_its_own_challenge(administrator, ask):
    former = administrator.challenge()
    assert administrator.respond(former) == "9000"
    assert administrator.respond(former) == "6982"
    assert administrator.challenge() != former
    assert administrator.respond(former) == "6982"
    assert not may_write(ask)


def test_another_command_in_between_ends_the_challenge(administrator, ask):
    challenge = administrator.challenge()
    ask("00200080")
    assert administrator.respond(challenge) == "6982"


@pytest.mark.parametrize("between", [SELECT, "00A4040005A000000099", PIN, "00CB3FFF035C017E00"])
def test_what_does_not_end_the_status(administrator, ask, between):
    administrator.authenticate()
    ask(between)
    assert may_write(ask)


def test_power_off_ends_it(administrator, ask, card):
    administrator.authenticate()
    card.reset()
    ask(SELECT)
    assert not may_write(ask)


def test_the_administrator_is_not_the_cardholder_nor_the_other_way_round(administrator, ask):
    administrator.authenticate()
    assert ask("00CB3FFF055C035FC10300")[1] == "6982"
    administrator.answer(b"")
    ask(PIN)
    assert not may_write(ask)


@pytest.mark.parametrize(
    "objects",
    [
        ((0x82, b"\0"),),
        ((0x82, b""), (0x81, bytes(16))),
        ((0x81, bytes(16)),),
        ((0x80, b""), (0x81, b"")),
        ((0x80, bytes(3)), (0x81, bytes(3))),
        ((0x85, b""),),
        (),
    ],
    ids=["short", "encryption for anybody", "no response", "two questions", "short mutual", "exponentiation", "empty"],
)
def test_what_is_no_step_is_refused_and_authenticates_nobody(administrator, ask, objects):
    administrator.authenticate()
    administrator.challenge()
    assert administrator.step(*objects) == ("", "6A80")
    assert not may_write(ask)


def test_another_algorithm_is_refused(administrator, ask):
    other = 0x0C if administrator.algorithm != 0x0C else 0x08
    assert ask(f"0087{other:02X}9B047C02810000")[1] == "6A86"


def test_3tdea_answers_to_both_its_identifiers_and_aes_does_not(administrator, ask):
    expected = "9000" if administrator.algorithm == 0x03 else "6A86"
    assert ask("0087009B047C02810000")[1] == expected


def test_a_card_without_administration_key_cannot_be_written(card, ask):
    card.application.administration = None
    assert ask("0087089B047C02810000")[1] == "6A86"
    assert not may_write(ask)


def test_each_card_has_a_key_of_its_own(make_card):
    keys = {make_card(seed=seed).application.administration.secret for seed in ("first", "second", "third")}
    assert len(keys) == 3


def test_the_key_stays_out_of_the_repr():
    secret = b"sixteen bytes key"[:16]
    assert "sixteen" not in repr(AdministrationKey(0x08, secret, SeededEntropy("x")))
    with pytest.raises(ValueError, match="does not fit its algorithm") as refused:
        AdministrationKey(0x0C, secret, SeededEntropy("x"))
    assert "sixteen" not in str(refused.value)
