"""`dpc card show`: what it prints, and one sentence with exit code 4 for bad input."""

import errno
import shutil

import pytest
from click.testing import CliRunner

from dpc_conformance.cli import main
from dpc_conformance.commands.card import card as command

GOLDEN = "46_Golden_FIPS_201-2_PIV"


@pytest.fixture
def show():
    return lambda *arguments: CliRunner().invoke(command, ["show", *map(str, arguments)])


def test_a_card_without_pin(show, icam_cards):
    result = show(icam_cards / GOLDEN)
    assert result.exit_code == 0, result.output
    for text in (
        "A000000308000010000100",
        "3 attempts left",
        "4000 application PIN",
        "4700-0257-000046",
        "94e28c68-84db-44db-8a0e-f502d6689b14",
        "2032-12-02",
        "9A PIV Authentication certificate 5FC105",
        "test id-fpki-common-authentication",
        "RSA, 2048 bits",
        "CHUID: agrees",
        "Fingerprints: was not read",
        "behind the PIN, give --pin",
    ):
        assert text in result.output


def test_with_the_pin_it_shows_what_stands_behind_it(show, icam_cards):
    output = show(icam_cards / GOLDEN, "--pin", "123456").output
    assert "fingerprint minutiae (INCITS 378)" in output
    assert "ICAM Card 46 Golden FIPS 201-2 PIV" in output
    assert "behind the PIN" not in output


def test_a_wrong_hash_and_a_broken_fasc_n_are_shown(show, icam_cards):
    assert "DIFFERS" in show(icam_cards / "38_Bad_Hash_in_Sec_Object", "--pin", "123456").output
    broken = show(icam_cards / "04_Tampered_CHUID")
    assert broken.exit_code == 0
    assert "parity" in broken.output


def test_every_image_can_be_shown(show, icam_cards):
    for folder in sorted(icam_cards.glob("[0-9][0-9]_*")):
        result = show(folder)
        assert result.exit_code == 0, f"{folder}: {result.output}"


def test_an_object_without_sense_does_not_stop_the_show(show, icam_cards, tmp_path):
    folder = tmp_path / "card"
    shutil.copytree(icam_cards / GOLDEN, folder)
    chuid = folder / "8 - CHUID Object"
    chuid.write_bytes(bytes.fromhex("3003AABBCC3402AABB350400000000FE00"))
    result = show(folder)
    assert result.exit_code == 0
    assert "a FASC-N has 25 bytes, not 3" in result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "name either the folder of a card image or a --reader"),
        (("/nowhere", "--reader", "x"), "name either"),
        (("/nowhere",), "/nowhere: expected the folder of a card image"),
        (("/nowhere", "--pin", "12345"), "--pin: expected six to eight digits"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_4(show, arguments, sentence):
    result = show(*arguments)
    assert result.exit_code == 4
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_wrong_pin_tells_how_many_attempts_are_left(show, icam_cards):
    result = show(icam_cards / GOLDEN, "--pin", "111111")
    assert result.exit_code == 4
    assert "2 attempts left" in result.stderr
    assert "111111" not in result.output


def test_a_full_disk_is_one_sentence(monkeypatch, capsys, icam_cards):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("dpc_conformance.commands.card_show._print", full)
    assert main(["card", "show", str(icam_cards / GOLDEN)]) == 3
    assert capsys.readouterr().err == "the disk that the output goes to is full\n"
