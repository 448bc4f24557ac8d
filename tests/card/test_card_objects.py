"""Readers of card objects against bytes written by hand from the tables of SP 800-73-5."""

import gzip
from datetime import date
from uuid import UUID

import pytest

from dpc_conformance.formats.ber import Malformed, write
from dpc_conformance.formats.ccc import ORDER, CardCapabilityContainer
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.security_object import LdsSecurityObject, SecurityObject

FASC_N = "D0439458210C2C19A0846D83685A1082108CE73984108CA3FC"
CHUID = bytes.fromhex(
    "3019" + FASC_N + "3410" + "94E28C6884DB44DB8A0EF502D6689B14" + "3508" + b"20321202".hex() + "3E03AABBCC" + "FE00"
)


def test_chuid():
    chuid = Chuid.from_bytes(CHUID)
    assert bytes(chuid) == CHUID
    assert chuid.fasc_n.identifier == "0032-0001-092446"
    assert chuid.guid == UUID("94e28c68-84db-44db-8a0e-f502d6689b14")
    assert chuid.expiration == date(2032, 12, 2)
    assert chuid.cardholder_uuid is None
    assert chuid.signature == b"\xaa\xbb\xcc"
    assert chuid.signed_content() == CHUID[:-7] + b"\xfe\x00"


@pytest.mark.parametrize("day", [b"20321301", b"20320230", b"2032-1-1", b"203212"])
def test_a_chuid_with_an_impossible_date_is_read_but_its_date_is_malformed(day):
    chuid = Chuid.from_bytes(CHUID.replace(b"\x35\x0820321202", write(b"\x35", day)))
    with pytest.raises(Malformed):
        _ = chuid.expiration


@pytest.mark.parametrize("tag", ["30", "34", "35"])
def test_a_chuid_without_a_mandatory_field_is_malformed(tag):
    kept = [element for element in Chuid.from_bytes(CHUID).elements if element.tag.hex() != tag]
    with pytest.raises(Malformed, match="is missing"):
        Chuid.from_bytes(b"".join(map(bytes, kept)))


def test_capability_container():
    content = bytes.fromhex("F000F100F200F300F400F50110F600F700FA00FB00FC00FD00FE00")
    container = CardCapabilityContainer.from_bytes(content)
    assert bytes(container) == content
    assert container.tags == ORDER
    assert container.data_model == b"\x10"


@pytest.mark.parametrize(
    ("policy", "application", "global_pin", "first", "words"),
    [
        ("4000", True, False, False, "application PIN"),
        ("6010", True, True, False, "application PIN, Global PIN"),
        ("6020", True, True, True, "application PIN, Global PIN (primary)"),
        ("4C00", True, False, False, "application PIN, virtual contact interface without pairing code"),
        ("5800", True, False, False, None),
    ],
)
def test_discovery(policy, application, global_pin, first, words):
    data = bytes.fromhex("7E124F0BA0000003080000100001005F2F02" + policy)
    discovery = DiscoveryObject.from_bytes(data)
    assert bytes(discovery) == data
    assert discovery.aid.hex() == "a000000308000010000100"
    assert (discovery.application_pin, discovery.global_pin, discovery.global_pin_first) == (
        application,
        global_pin,
        first,
    )
    if words:
        assert discovery.words() == words


def test_an_empty_discovery_object_means_the_application_pin():
    discovery = DiscoveryObject.from_bytes(b"\x7e\x00")
    assert bytes(discovery) == b"\x7e\x00"
    assert discovery.application_pin
    assert not discovery.global_pin_first


def test_key_history():
    content = bytes.fromhex("C10105C20102F30B") + b"http://a.b/" + b"\xfe\x00"
    history = KeyHistory.from_bytes(content)
    assert bytes(history) == content
    assert (history.keys_with_certificate_on_card, history.keys_with_certificate_off_card) == (5, 2)
    assert history.url == "http://a.b/"


def test_certificate_object_plain_and_compressed():
    plain = CertificateObject.from_bytes(bytes.fromhex("7003300101710100FE00"))
    assert (plain.certificate, plain.compressed) == (b"\x30\x01\x01", False)
    packed = write(b"\x70", gzip.compress(b"\x30\x01\x01", mtime=0)) + bytes.fromhex("710101FE00")
    assert CertificateObject.from_bytes(packed).certificate == b"\x30\x01\x01"
    assert bytes(CertificateObject.from_bytes(packed)) == packed


@pytest.mark.parametrize("value", [b"no gzip", gzip.compress(bytes(1 << 21))[:-1], gzip.compress(bytes(1 << 21))])
def test_a_compressed_certificate_that_cannot_be_unpacked_is_malformed(value):
    holder = CertificateObject.from_bytes(write(b"\x70", value) + b"\x71\x01\x01")
    with pytest.raises(Malformed):
        _ = holder.certificate


def test_security_object_mapping_and_hashes():
    security = SecurityObject.from_bytes(bytes.fromhex("BA06013000026010" + "BB013000"[:6] + "FE00"))
    assert security.mapping == {1: 0x3000, 2: 0x6010}
    hashes = LdsSecurityObject.from_bytes(bytes.fromhex("301B020100300B0609608648016503040201300930070201010402ABCD"))
    assert (hashes.version, hashes.algorithm) == (0, "2.16.840.1.101.3.4.2.1")
    assert hashes.values == {1: b"\xab\xcd"}
