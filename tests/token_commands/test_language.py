"""The APDU column: bytes, placeholders, commands by name."""

from dataclasses import replace

import pytest

from dpc_conformance.fixtures.token_codes import TokenCodes
from dpc_conformance.fixtures.token_errors import NotInTheLanguage, NotReady
from dpc_conformance.fixtures.token_language import expand, expect_known, prepare
from dpc_conformance.fixtures.token_table import read_table
from dpc_conformance.formats.ber import Tlv

TAGS = ["DPC-APDU-GET-02"]


def sent(cell, hand):
    return bytes(prepare(cell, hand).command).hex().upper()


def test_secrets_stand_for_eight_bytes(hand):
    assert sent("00 20 00 80 08 {secret}", hand) == "002000800877413331" + "7879FFFF"
    assert sent("00 2C 00 80 10 {PUK} {new secret}", hand).startswith("002C008010A0B1C2D3E4F50617")


def test_wrong_secrets_are_wrong_and_well_formed(hand):
    codes = hand.codes
    assert len({codes.secret, codes.new_secret, codes.wrong_secret}) == 3
    assert codes.wrong_puk != codes.puk
    assert all(len(each) == 8 for each in (codes.new_secret, codes.wrong_secret, codes.wrong_puk, codes.new_puk))


@pytest.mark.parametrize("secret", ["123456", "abcdef", "80467153", "8046715Z", "80467152"])
def test_a_wrong_secret_is_right_but_for_its_last_character(some_token, secret):
    codes = TokenCodes(replace(some_token.secrets, activation_secret=secret))
    length = len(secret)
    assert codes.wrong_secret[: length - 1] == codes.secret[: length - 1]
    assert codes.wrong_secret[length:] == codes.secret[length:]
    assert codes.wrong_secret not in (codes.secret, codes.new_secret)


@pytest.mark.parametrize("secret", ["80467153", "39517264", "71358046", "26495173"])
def test_no_secret_is_mistaken_for_the_tokens_own(hand, some_token, secret):
    codes = TokenCodes(replace(some_token.secrets, activation_secret=secret))
    assert codes.secret not in (codes.new_secret, codes.wrong_secret)


@pytest.mark.parametrize(
    "cell",
    ["00 20 00 80 {pin}", "{sign 9Z}", "{sign}", "{put 5FC120}", "{put 5FC120 with 0 bytes}", "00 2", "00 20 zz", "{}"]
    + ["{use each key}", "{agree EC key off}", "00 {20 byte}", "{reply}"],
)
def test_what_nobody_defined_is_a_defect_of_the_suite(cell):
    with pytest.raises(NotInTheLanguage):
        expect_known(cell)


@pytest.mark.parametrize("cell", ["00 20 00 80 09 {secret}", "00 20", "00 DB 3F FF 07 5C 03 5F C1 20 53 00"])
def test_bytes_that_are_no_command_or_write_unseen_are_a_defect_of_the_suite(hand, cell):
    with pytest.raises(NotInTheLanguage):
        prepare(cell, hand)


def test_an_object_is_written_with_its_tag_list(hand):
    prepared = prepare("{put 5FC120 with 3 bytes}", hand)
    assert prepared.command.data.hex().upper() == "5C035FC1205303" + "00070E"
    assert prepare("{put 5FC120 empty}", hand).command.data.hex().upper() == "5C035FC1205300"
    tag, data = prepared.written
    assert (tag.hex(), Tlv.from_bytes(data).value) == ("5fc120", b"\x00\x07\x0e")


def test_an_algorithm_of_its_own_needs_no_certificate(hand):
    command = prepare("{sign 9E with 07}", hand).command
    assert (command.ins, command.p1, command.p2, len(command.data)) == (0x87, 0x07, 0x9E, 266)


def test_a_key_without_certificate_is_no_finding(hand, card):
    card.answers["00CB"] = ["6A82"]
    with pytest.raises(NotReady, match="no certificate of the key 9A"):
        prepare("{sign 9A}", hand)


def test_each_absent_key_gets_a_row(hand, card):
    card.answers["00CB"] = ["6A82"]
    rows = list(expand("00 47 00 {each absent key} 05 AC 03 80 01 11 00", hand))
    assert len(rows) == 20
    assert rows[0] == (" (82)", "00 47 00 {82} 05 AC 03 80 01 11 00")


def test_a_reply_without_a_challenge_is_not_made_up(hand):
    with pytest.raises(NotReady):
        prepare("{reply to the challenge}", hand)


HEADER = ["command", "APDU", "status word", "answer", "requirement", "where the token has"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [(1, "{nobody}"), (2, "63C(x"), (3, "something"), (4, "DPC-APDU-GET-01"), (5, "luck")],
)
def test_a_table_is_understood_before_anything_is_sent(column, cell):
    row = ["GET DATA", "00 20 00 80", "9000", "", "", ""]
    assert read_table([HEADER, row], TAGS)
    row[column] = cell
    with pytest.raises(NotInTheLanguage):
        read_table([HEADER, row], TAGS)


def test_an_unknown_column_is_a_defect_of_the_suite():
    with pytest.raises(NotInTheLanguage):
        read_table([["command", "APDU", "status"], ["a", "00 20 00 80", "9000"]], TAGS)


def test_each_requirement_is_the_subject_of_a_row():
    rows = [HEADER, ["GET DATA", "00 20 00 80", "9000", "", "DPC-APDU-GET-02", ""]]
    with pytest.raises(NotInTheLanguage, match="DPC-APDU-GET-05"):
        read_table(rows, [*TAGS, "DPC-APDU-GET-05"])


def test_a_table_without_a_requirement_proves_nothing():
    with pytest.raises(NotInTheLanguage):
        read_table([HEADER, ["GET DATA", "00 20 00 80", "9000", "", "", ""]], [])
