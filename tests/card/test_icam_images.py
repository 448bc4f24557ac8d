"""Card images of GSA's ICAM test programme, made by nobody of this project; read where DPC_ICAM_CARDS says."""

import os
import shutil
import tomllib

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import containers
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.ccc import CardCapabilityContainer
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.security_object import SecurityObject
from dpc_conformance.formats.signed_data import SignedData
from dpc_conformance.protocols.piv_card import ContainerNotFound, PivCard
from dpc_conformance.reference.card import image
from dpc_conformance.reference.card.image import CardImageError

DIGEST = bytes(range(32))
BLOCK = b"\x00\x01" + b"\xff" * 202 + b"\x00" + bytes.fromhex("3031300D060960864801650304020105000420") + DIGEST
GOLDEN = "46_Golden_FIPS_201-2_PIV"


@pytest.fixture
def load(icam_cards, recorder, clock):
    def open_card(name):
        loaded = image.load(icam_cards / name)
        piv = PivCard(loaded.card, recorder, clock)
        piv.select()
        return piv, loaded

    return open_card


def proves_possession(piv, reference, pin):
    key = x509.load_der_x509_certificate(piv.certificate(reference)).public_key()
    piv.verify_pin(pin)
    try:
        key.verify(piv.sign_raw(reference, BLOCK), DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def test_every_card_of_the_manifest_loads_and_its_objects_survive_the_round_trip(icam_cards, load):
    names = tomllib.loads((icam_cards / "manifest.toml").read_text())["cards"]
    assert len(names) == 18
    for name in names:
        piv, loaded = load(name)
        for reader, container in (
            (Chuid, containers.CHUID),
            (CardCapabilityContainer, containers.CCC),
            (SecurityObject, containers.SECURITY_OBJECT),
        ):
            content = piv.read(container.tag)
            assert bytes(reader.from_bytes(content)) == content
        SignedData.from_bytes(Chuid.from_bytes(piv.read(containers.CHUID.tag)).signature)
        SecurityObject.from_bytes(piv.read(containers.SECURITY_OBJECT.tag)).hashes()
        assert proves_possession(piv, 0x9A, loaded.pin) is (not name.startswith("23_")), name


def test_card_04_has_a_fasc_n_that_is_none(load):
    piv, _ = load("04_Tampered_CHUID")
    with pytest.raises(Malformed, match="parity"):
        _ = Chuid.from_bytes(piv.read(containers.CHUID.tag)).fasc_n


def test_card_23_shows_its_mismatch_in_both_authentication_keys_only(load):
    piv, loaded = load("23_Public_Private_Key_mismatch")
    assert [proves_possession(piv, key, loaded.pin) for key in (0x9A, 0x9E, 0x9C)] == [False, False, True]


def test_card_25_has_an_empty_discovery_object_and_takes_the_application_pin(load):
    piv, _ = load("25_Disco_Object_Not_Present")
    assert piv.read(containers.DISCOVERY.tag) == b"\x7e\x00"
    assert piv.pin_reference() == containers.APPLICATION_PIN


def test_card_28_takes_the_global_pin(load):
    piv, loaded = load("28_Disco_Object_Present_Global_PIN_Primary")
    assert DiscoveryObject.from_bytes(piv.read(containers.DISCOVERY.tag)).global_pin_first
    assert (loaded.pin, loaded.pin_reference, piv.pin_reference()) == ("654321", 0, 0)
    assert proves_possession(piv, 0x9A, loaded.pin)


def test_card_37_has_a_key_history_with_five_certificates(load):
    piv, loaded = load("37_Golden_FIPS_201-2_PIV_PPS_F=512_D=64")
    assert KeyHistory.from_bytes(piv.read(containers.KEY_HISTORY.tag)).keys_with_certificate_on_card == 5
    for reference in range(0x82, 0x87):
        assert piv.certificate(reference)
    assert proves_possession(piv, 0x86, loaded.pin)


def test_card_53_hands_out_its_large_certificate_in_parts(load, recorder):
    piv, _ = load("53_FIPS_201-2_Large_Card_Auth_Cert")
    assert len(piv.certificate(0x9E)) == 2171
    parts = [each for each in recorder.of(ApduExchange) if each.name == "GET RESPONSE"]
    assert len(parts) == 8


@pytest.fixture
def copy(icam_cards, tmp_path):
    folder = tmp_path / "card"
    shutil.copytree(icam_cards / GOLDEN, folder)
    return folder


@pytest.mark.parametrize(
    ("file", "container"),
    [
        ("1 - Discovery Object", "Discovery Object, tag 7E"),
        ("2 - Security Object", "Security Object, tag 5FC106"),
        ("7 - CCC", "Card Capability Container, tag 5FC107"),
        ("8 - CHUID Object", "CHUID, tag 5FC102"),
        ("9 - Fingerprints", "Fingerprints, tag 5FC103"),
        ("10 - Face Object", "Facial image, tag 5FC108"),
        ("11 - Printed Information", "Printed Information, tag 5FC109"),
        ("3 - ICAM_PIV_Auth_SP_800-73-4.crt", "PIV Authentication certificate, tag 5FC105"),
        ("6 - ICAM_PIV_Card_Auth_SP_800-73-4.p12", "Card Authentication certificate, tag 5FC101"),
    ],
)
def test_a_file_that_is_cut_off_or_empty_is_named_with_its_container(copy, file, container):
    path = copy / file
    whole = path.read_bytes()
    for content in (whole[: len(whole) - 1 if not file.endswith(".crt") else 100], b""):
        path.write_bytes(content)
        with pytest.raises(CardImageError) as problem:
            image.load(copy)
        assert str(path) in str(problem.value)
        assert container in str(problem.value)
        assert "\n" not in str(problem.value)


@pytest.mark.parametrize("pattern", ["3 -*", "3 -*.crt", "3 -*.p12", "5 -*.crt", "6 -*.p12", "8 -*"])
def test_a_missing_file_is_named_with_its_container(copy, pattern):
    for path in copy.glob(pattern):
        path.unlink()
    with pytest.raises(CardImageError, match=r"the file is missing \(.*tag"):
        image.load(copy)


@pytest.mark.parametrize("file", ["2 - Security Object", "7 - CCC", "10 - Face Object"])
def test_an_object_without_a_file_is_not_on_the_card(copy, recorder, clock, file):
    (copy / file).unlink()
    piv = PivCard(image.load(copy).card, recorder, clock)
    piv.select()
    with pytest.raises(ContainerNotFound):
        piv.read(image.OTHER_FILES[file].tag)


@pytest.mark.parametrize(("pattern", "key"), [("4 -*", 0x9C), ("5 -*", 0x9D), ("6 -*", 0x9E)])
def test_a_key_without_files_is_not_on_the_card(copy, recorder, clock, pattern, key):
    for path in copy.glob(pattern):
        path.unlink()
    piv = PivCard(image.load(copy).card, recorder, clock)
    piv.select()
    with pytest.raises(ContainerNotFound):
        piv.certificate(key)


def test_without_a_discovery_object_the_card_takes_the_application_pin(copy, recorder, clock):
    (copy / image.DISCOVERY_FILE).unlink()
    loaded = image.load(copy)
    piv = PivCard(loaded.card, recorder, clock)
    piv.select()
    assert piv.pin_reference() == loaded.pin_reference == containers.APPLICATION_PIN
    assert proves_possession(piv, 0x9A, loaded.pin)


def test_what_is_no_file_is_not_read(copy):
    path = copy / "9 - Fingerprints"
    path.unlink()
    path.mkdir()
    with pytest.raises(CardImageError, match="expected a file"):
        image.load(copy)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(CardImageError, match="expected a file"):
        image.load(copy)


def test_a_name_that_no_folder_can_have(tmp_path):
    with pytest.raises(CardImageError, match="cannot be read"):
        image.load(tmp_path / ("a" * 5000))


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CardImageError, match="expected the folder of a card image"):
        image.load(tmp_path / "nowhere")
