"""Two applications on one card: what selecting keeps, and what it ends."""

import pytest

DERIVED = "00A404000BA00000030800002000010000"
OTHER = "00A4040008A00000015100000000"
UNKNOWN = "00A4040005A000000099"
CHALLENGE = "0087119A26" + "7C2482008120" + bytes(range(32)).hex() + "00"


@pytest.fixture
def verify(token):
    return "0020008008" + token.secrets.activation_secret.encode().hex() + "FFFF"


@pytest.fixture
def unlocked(ask_token, verify):
    assert ask_token(verify) == ("", "9000")
    return ask_token


def test_the_property_template_names_the_whole_aid_and_the_algorithms(ask_token):
    template, status = ask_token(DERIVED)
    assert status == "9000"
    assert template == (
        "61374F0BA0000003080000200001007907"
        "4F05A000000308500B4465726976656420504956AC12800105800107800108800111800114060100"
    )


@pytest.mark.parametrize("aid", ["A00000030800002000", "A000000308000020", "A000000308"])
def test_a_truncated_aid_selects_it(token, connect, aid):
    ask = connect(token.card, f"00A40400{len(aid) // 2:02X}{aid}00")
    assert ask("00CB3FFF035C017E00")[1] == "9000"


@pytest.mark.parametrize("aid", ["A000000308000010000100", "A0000003080000200001000", "A0000003", ""])
def test_other_aids_do_not(token, aid):
    whole = aid + "0" * (len(aid) % 2)
    answer = token.card.transmit(bytes.fromhex(f"00A40400{len(whole) // 2:02X}{whole}" if whole else "00A40400"))
    assert answer.hex() == "6a82"


def test_selecting_it_again_keeps_the_status(unlocked):
    unlocked(DERIVED)
    assert unlocked(CHALLENGE)[1] == "9000"


def test_an_unknown_aid_keeps_application_and_status(unlocked):
    assert unlocked(UNKNOWN) == ("", "6A82")
    assert unlocked(CHALLENGE)[1] == "9000"


def test_selecting_another_application_ends_it(unlocked, token_administrator):
    token_administrator.authenticate()
    assert unlocked(OTHER) == ("6F0A8408A000000151000000", "9000")
    assert unlocked(CHALLENGE)[1] == "6D00"
    unlocked(DERIVED)
    assert unlocked(CHALLENGE)[1] == "6982"
    assert unlocked("00DB3FFF075C035FC1055300")[1] == "6982"


def test_power_off_ends_it(unlocked, token):
    token.card.reset()
    unlocked(DERIVED)
    assert unlocked(CHALLENGE)[1] == "6982"


def test_a_global_pin_of_the_platform_opens_nothing_here(ask_token, verify):
    everywhere = verify.replace("00200080", "00200000")
    assert ask_token(everywhere) == ("", "6A88")
    ask_token(OTHER)
    assert ask_token(everywhere) == ("", "9000")
    assert ask_token("00200000") == ("", "9000")
    ask_token(DERIVED)
    assert ask_token(CHALLENGE)[1] == "6982"
    ask_token(OTHER)
    assert ask_token("00200000") == ("", "9000"), "a Global PIN outlives the selection"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00CB3FFF055C035FC10500", "6D00"),
        ("00200080", "6A88"),
        ("00200100", "6A86"),
        ("00200000", "63C5"),
        ("0020000008313131313131FF46", "6A80"),
    ],
)
def test_the_other_application_does_nothing_else(ask_token, command, status):
    ask_token(OTHER)
    assert ask_token(command) == ("", status)


def test_its_pin_is_forgotten_without_power(ask_token, token, verify):
    ask_token(OTHER)
    ask_token(verify.replace("00200080", "00200000"))
    token.card.reset()
    ask_token(OTHER)
    assert ask_token("00200000")[1] == "63C5"
