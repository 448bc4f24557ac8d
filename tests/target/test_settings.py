"""The tables of roles in a target: keys, values, and one sentence for what is wrong."""

import re
from pathlib import Path

import pytest

from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.formats import containers
from dpc_conformance.target import TargetError, load_target

TOKEN = 'name = "x"\n[roles.token]\nadapter = "pcsc"\nreader = "r"\n'
CARD = 'name = "x"\n[roles.card]\nadapter = "pcsc"\nreader = "r"\n'
GOOD = (
    'activation_secret = "abc123"\nunblocking_key = "0011223344556677"\n'
    'administration_key = "000102030405060708090A0B0C0D0E0F"\nadministration_algorithm = 0x08\n'
)


def written(folder: Path, text: str) -> Path:
    file = folder / "product.toml"
    file.write_text(text)
    return file


def test_the_token_is_a_role_of_the_reference():
    target = load_target()
    assert target.roles["token"].adapter == "reference"
    assert target.claims.removable_token
    assert target.scope.name == "enrolment+use"


@pytest.mark.parametrize(
    ("edition", "aid", "expected"),
    [
        ("2014", "", containers.DERIVED_PIV_AID),
        ("r1-ipd", "", containers.DERIVED_PIV_AID),
        ("r1-fpd", "", containers.PIV_AID),
        ("r1-fpd", 'aid = "derived"', containers.DERIVED_PIV_AID),
        ("2014", 'aid = "piv"', containers.PIV_AID),
    ],
)
def test_the_edition_decides_about_the_aid_unless_the_target_does(tmp_path, edition, aid, expected):
    file = written(tmp_path, f'name = "x"\nedition = "{edition}"\n[roles.token]\nadapter = "reference"\n{aid}\n')
    assert load_target(file).token_aid == expected


def test_the_command_line_s_edition_counts():
    assert load_target().choosing(edition="r1-fpd").token_aid == containers.PIV_AID


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[roles.token]\nadapter = "reference"\nadi = "piv"',
            "roles.token.adi: expected a known key; did you mean aid?",
        ),
        (
            '[roles.token]\nadapter = "reference"\naid = "gsa"',
            "roles.token.aid: expected 'derived' or 'piv', not 'gsa'",
        ),
        (
            '[roles.phone]\nadapter = "reference"\nurl = "x"',
            "roles.phone.url: expected a known key, there is none here",
        ),
        (
            '[roles.issuer]\nadapter = "reference"\nread_card = true',
            "roles.issuer.read_card: expected a known key; did",
        ),
        ('[roles.issuer]\nadapter = "x"\n[claims]\nsimulation = true', "claims.simulation: only the reference is one"),
        ('[roles]\ntokens = "reference"', "roles.tokens: expected a role; did you mean token?"),
    ],
)
def test_a_wrong_key_gets_the_nearest_right_one(tmp_path, text, sentence):
    with pytest.raises(TargetError, match=re.escape(sentence)) as raised:
        load_target(written(tmp_path, f'name = "x"\n{text}\n'))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('name = "x"\n[roles.phone]\nadapter = "pcsc"', "roles.phone: there is no adapter 'pcsc'; expected reference"),
        ('name = "x"\n[roles.token]\nadapter = "image"', "adapter 'image'; expected reference or pcsc"),
        ('name = "x"\n[roles.card]\nadapter = "vpcd"', "adapter 'vpcd'; expected reference or image or kit or pcsc"),
        (f"{TOKEN}", "roles.token.secrets_file: expected this key, which is missing"),
        (f'{TOKEN}secret_file = "x"', "roles.token.secret_file: expected a known key; did you mean secrets_file?"),
        (f'{TOKEN}secrets_file = "s"\nspare_key = "9E"', "roles.token.spare_key: expected '9A', '9C' or '9D'"),
        (f'{TOKEN}secrets_file = "s"\nother_aid = "A0"', "roles.token.other_aid: expected an AID of 5 to 16 bytes"),
        (f'{TOKEN}secrets_file = "none.toml"', "none.toml: expected a file that can be read"),
        (f"{CARD}", "roles.card: expected either pin_file or pin_variable"),
        (f'{CARD}pin_file = "none"', "none: expected a file that can be read"),
        (
            f'{CARD}pin_variable = "DPC_NO_SUCH_PIN"',
            "pin_variable: DPC_NO_SUCH_PIN: expected six to eight digits in it",
        ),
        (f'{CARD}pinfile = "x"', "roles.card.pinfile: expected a known key; did you mean pin_file?"),
        (f'{CARD}trust = "nowhere"\npin_file = "p"', "roles.card.trust: "),
    ],
)
def test_wrong_settings_of_a_reader_get_one_sentence(tmp_path, text, sentence):
    with pytest.raises(TargetError, match=re.escape(sentence)) as raised:
        adapters_of(load_target(written(tmp_path, f"{text}\n")))
    assert str(raised.value).startswith(str(tmp_path))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("good", "wrong", "sentence"),
    [
        ('"abc123"', '"hush!9"', "activation_secret: expected six to eight digits or letters"),
        ('"abc123"', "778899", "activation_secret: expected a valid string"),
        ('"0011223344556677"', '"00112233445566AA99"', "unblocking_key: expected eight bytes, in hexadecimal"),
        ("0E0F", "0E0FAABB", "administration_key: expected 16 bytes for algorithm 08, not 18"),
        ("0E0F", "0E0FXY", "administration_key: expected the key 9B, in hexadecimal"),
        ("= 0x08", "= 0x11", "administration_algorithm: expected 3, 8, 10 or 12, not 17"),
        ("unblocking_key", "unblockng_key", "unblockng_key: expected a known key; did you mean unblocking_key?"),
    ],
)
def test_wrong_secrets_are_named_and_not_shown(tmp_path, good, wrong, sentence):
    (tmp_path / "s.toml").write_text(GOOD.replace(good, wrong, 1))
    with pytest.raises(TargetError, match=re.escape(sentence)) as raised:
        adapters_of(load_target(written(tmp_path, f'{TOKEN}secrets_file = "s.toml"\n')))
    said = str(raised.value)
    assert "s.toml" in said
    assert not [value for value in ("hush!9", "778899", "AA99", "AABB", "0E0F") if value in said]


@pytest.mark.parametrize("content", ["12345", "123456789", "12345x", "", "123456\n123456"])
def test_a_file_without_a_pin_is_named_and_not_shown(tmp_path, content):
    (tmp_path / "pin").write_text(content)
    with pytest.raises(TargetError, match="pin_file: .*expected six to eight digits in it") as raised:
        adapters_of(load_target(written(tmp_path, f'{CARD}pin_file = "pin"\n')))
    assert not content or content not in str(raised.value)


@pytest.mark.parametrize("serial", ["", "123", "00112233-4455-6677-8899-aabbccddeeXX", "all"])
def test_a_serial_number_is_a_guid(serial):
    with pytest.raises(TargetError, match=f"--allow-destructive {serial}: expected the serial number of a card"):
        load_target().choosing(allow_destructive=[serial])


def test_the_issuers_own_settings_come_before_adapters_that_change_its_parts(tmp_path, monkeypatch):
    text = 'name = "x"\n[roles.issuer]\nadapter = "reference"\nreads_card = true\n[roles.card]\nadapter = "image"\n'
    monkeypatch.setattr("dpc_conformance.adapters.registry._read", lambda adapter, _: adapter.name)
    *own, last = adapters_of(load_target(written(tmp_path, text)))
    assert ([type(each).__name__ for each in own], last) == (["IssuerOfKind", "ReadingKiosk"], "image")
