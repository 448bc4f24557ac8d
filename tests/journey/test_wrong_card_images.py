"""A target that names a wrong card image: one sentence with the file and the key or container, exit code 4."""

import json
import shutil
import subprocess
import sys
from ssl import DER_cert_to_PEM_cert, PEM_cert_to_DER_cert

import pytest

from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.reference.card.image import DEFAULT_GLOBAL_PIN, DEFAULT_PIN, load
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.target import TargetError, load_target

GOLDEN = "46_Golden_FIPS_201-2_PIV"
VERSION_3, VERSION_4 = b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x03"


@pytest.fixture
def cards(icam_cards, tmp_path):
    """A copy of one card with its PKI that a test may spoil."""
    for folder in (GOLDEN, "CA", "crls"):
        shutil.copytree(icam_cards / folder, tmp_path / folder)
    return tmp_path


def target(cards, **changes):
    settings = {"folder": GOLDEN, "pin": "135790", "trust": "CA", "crls": "crls"} | changes
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items() if value is not None]
    file = cards / "my.toml"
    file.write_text('name = "x"\n[roles.card]\nadapter = "image"\n' + "\n".join(lines))
    return file


def sentence(file):
    with pytest.raises(TargetError) as raised:
        adapters_of(load_target(file))
    text = str(raised.value)
    assert text.startswith(f"{file}: roles.card.")
    assert "\n" not in text
    return text.removeprefix(f"{file}: roles.card.").replace(str(file.parent), "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"folder": None}, "folder: expected this key, which is missing"),
        ({"folder": "nowhere"}, "folder: /nowhere: expected the folder of a card image, there is none"),
        ({"polices": "1.2"}, "polices: expected a known key; did you mean policies?"),
        ({"pin": "12"}, "pin: expected six to eight digits"),
        ({"policies": "1.2"}, "policies: expected a list, not '1.2'"),
        ({"policies": ["x"]}, "policies.1: expected an OID in dots, such as 2.16.840.1.101.3.2.1.48.11, not 'x'"),
        ({"trust": "roots"}, "trust: /roots: expected a folder of certificates, there is none"),
        ({"trust": "crls"}, "trust: /crls: expected certificates in it (*.crt, *.cer, *.pem)"),
        ({"crls": "list"}, "crls: /list: expected a folder of CRLs, there is none"),
        ({"crls": "CA"}, "crls: /CA: expected CRLs in it (*.crl)"),
    ],
)
def test_a_wrong_setting_is_named(cards, changes, said):
    assert sentence(target(cards, **changes)).startswith(said)


def test_a_wrong_pin_is_not_repeated(cards):
    assert "13579x" not in sentence(target(cards, pin="13579x"))


def test_the_adapter_alone_is_not_enough(tmp_path):
    file = tmp_path / "my.toml"
    file.write_text('name = "x"\n[roles]\ncard = "image"\n')
    assert sentence(file) == "folder: expected this key, which is missing"


@pytest.mark.parametrize(
    ("name", "container"),
    [("8 - CHUID Object", "5FC102"), ("2 - Security Object", "5FC106"), ("1 - Discovery Object", "7E")],
)
def test_a_file_that_is_cut_off_is_named_with_its_container(cards, name, container):
    path = cards / GOLDEN / name
    path.write_bytes(path.read_bytes()[:-5])
    said = sentence(target(cards))
    assert said.startswith(f"folder: /{GOLDEN}/{name}: ")
    assert container in said


def test_without_what_every_card_has_there_is_no_image(cards):
    (cards / GOLDEN / "8 - CHUID Object").unlink()
    said = sentence(target(cards))
    assert said.startswith(f"folder: /{GOLDEN}/8 - CHUID Object: the file is missing")


def test_a_crl_and_a_certificate_that_cannot_be_read_are_named(cards):
    (cards / "crls" / "ICAMTestCardSigningCA.crl").write_bytes(b"no list")
    assert sentence(target(cards)) == "crls: /crls/ICAMTestCardSigningCA.crl: expected one of the CRLs"
    (cards / "CA" / "00.crt").write_bytes(b"no certificate")
    assert sentence(target(cards)) == "trust: /CA/00.crt: expected one of the certificates"


def test_a_certificate_of_no_version_is_for_the_judge_and_not_for_a_run(cards):
    file = next((cards / GOLDEN).glob("3 - *.crt"))
    file.write_text(DER_cert_to_PEM_cert(PEM_cert_to_DER_cert(file.read_text()).replace(VERSION_3, VERSION_4, 1)))
    said = sentence(target(cards))
    assert said.startswith(
        "folder: PIV Authentication: a certificate cannot be read (InvalidVersion); `dpc card check`"
    )
    assert certificate_on(load(cards / GOLDEN, DEFAULT_PIN, DEFAULT_GLOBAL_PIN).card).count(VERSION_4) == 1


@pytest.mark.parametrize("spoil", ["folder", "file", "key"])
def test_dpc_run_ends_with_one_sentence_and_exit_code_4(cards, spoil):
    changes = {"folder": {"folder": "nowhere"}, "key": {"foldr": GOLDEN}, "file": {}}[spoil]
    file = target(cards, **changes)
    if spoil == "file":
        (cards / GOLDEN / "8 - CHUID Object").write_bytes(b"\x30")
    command = [sys.executable, "-m", "dpc_conformance", "run", "--target", str(file), "--reports", str(cards / "r")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 4, run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    named = {"folder": "nowhere", "file": "CHUID", "key": "foldr: expected a known key; did you mean folder?"}[spoil]
    assert named in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert str(file) in run.stderr


def test_an_adapter_that_there_is_not_is_named(tmp_path):
    file = tmp_path / "my.toml"
    file.write_text('name = "x"\n[roles]\nissuer = "acme"\n')
    with pytest.raises(TargetError, match=r"roles.issuer: there is no adapter 'acme'; expected reference or "):
        adapters_of(load_target(file))
