"""`dpc card check`: exit codes, formats, and one sentence for bad input."""

import json
import shutil

import pytest

from dpc_conformance.cli import main

GOLDEN, TAMPERED = "46_Golden_FIPS_201-2_PIV", "04_Tampered_CHUID"


@pytest.fixture
def check(icam_cards, capsys):
    """Runs the command on a card of the folder; returns exit code and what was printed."""

    def check(name, *more):
        around = ("--at", "2020-06-01", "--test-pki", "--trust", icam_cards / "CA", "--crls", icam_cards / "crls")
        code = main(["card", "check", "--image", str(icam_cards / name), *map(str, (*around, *more))])
        return code, capsys.readouterr()

    return check


def test_a_golden_card_has_no_error(check):
    code, printed = check(GOLDEN)
    assert code == 0
    assert "failed" not in printed.out
    assert "could not be told" in printed.out


def test_a_bad_card_fails_with_its_findings(check):
    code, printed = check(TAMPERED)
    assert code == 1
    assert "PIV-SRC-CHUID-05" in printed.out


def test_all_of_it_as_json(check):
    code, printed = check(TAMPERED, "--format", "json")
    assert code == 1
    (card,) = json.loads(printed.out)["objects"]
    verdicts = {each["requirement"]: each["verdict"] for each in card["requirements"]}
    assert card["kind"] == "PIV Card"
    assert verdicts["PIV-SRC-CHUID-05"] == "FAIL"
    assert verdicts["PIV-SRC-SO-01"] == "PASS"
    assert len(verdicts) == len(card["requirements"])


@pytest.mark.parametrize("form", ["sarif", "junit", "csv"])
def test_the_other_formats_name_the_requirement(check, form):
    code, printed = check(TAMPERED, "--format", form)
    assert code == 1
    assert "PIV-SRC-CHUID-05" in printed.out


def test_a_card_without_a_security_object_is_judged(icam_cards, tmp_path, check):
    folder = tmp_path / "card"
    shutil.copytree(icam_cards / GOLDEN, folder)
    (folder / "2 - Security Object").unlink()
    code, printed = check(folder)
    assert code == 1
    assert "PIV-SRC-SO-01" in printed.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "name either the --image folder of a card or a --reader"),
        (("--image", "/nowhere", "--reader", "x"), "name either"),
        (("--image", "/nowhere"), "/nowhere: expected the folder of a card image"),
        (("--image", "/nowhere", "--format", "yaml"), "--format yaml: expected one of"),
        (("--image", "/nowhere", "--trust", "/nowhere"), "--trust /nowhere: expected a folder of certificates"),
        (("--image", "/nowhere", "--pin-file", "/nowhere"), "/nowhere: expected a file that can be read"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_4(capsys, arguments, sentence):
    assert main(["card", "check", *arguments]) == 4
    assert sentence in capsys.readouterr().err


def test_a_pin_that_is_none_is_not_shown(capsys, tmp_path):
    file = tmp_path / "pin"
    file.write_text("secret!\n")
    assert main(["card", "check", "--image", "/nowhere", "--pin-file", str(file)]) == 4
    said = capsys.readouterr().err
    assert "expected six to eight digits" in said
    assert "secret!" not in said


def test_a_wrong_pin_from_a_file_costs_one_try_and_is_not_shown(icam_cards, capsys, tmp_path):
    file = tmp_path / "pin"
    file.write_text("111111\n")
    assert main(["card", "check", "--image", str(icam_cards / GOLDEN), "--pin-file", str(file)]) == 4
    said = capsys.readouterr().err
    assert "2 attempts left" in said
    assert "111111" not in said
