"""A personalised card, read back with the judge's readers and verified by OpenSSL."""

import hashlib
import shutil
import subprocess
from datetime import date, timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.ber import Tlv
from dpc_conformance.formats.ccc import ORDER, CardCapabilityContainer
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.formats.fascn import FascN
from dpc_conformance.formats.security_object import SecurityObject
from dpc_conformance.formats.signed_data import SignedData
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import KEYS, certificate_on
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import ec_key

PIN = "246801"
FASC_N, ENTRY_UUID, SIGNER_DN = "2.16.840.1.101.3.6.6", "1.3.6.1.1.16.4", "2.16.840.1.101.3.6.5"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"


def certificate(card, reference=0x9A):
    return x509.load_der_x509_certificate(certificate_on(card, reference))


def openssl_verifies(folder, signature, content, signer):
    """Whether `openssl cms` accepts a SignedData over `content` (None: carried inside) by `signer`."""
    if shutil.which("openssl") is None:
        pytest.skip("the program openssl is not installed")
    paths = {name: folder / name for name in ("cms", "content", "signer.pem", "out")}
    paths["cms"].write_bytes(signature)
    paths["signer.pem"].write_bytes(signer.public_bytes(serialization.Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", paths["cms"], "-noverify"]
    command += ["-certfile", paths["signer.pem"], "-out", paths["out"]]
    if content is not None:
        paths["content"].write_bytes(content)
        command += ["-content", paths["content"]]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def unlocked(piv):
    piv.verify_pin(PIN)
    return piv


def test_every_mandatory_object_fits_its_container(unlocked):
    for container in (
        containers.CCC,
        containers.CHUID,
        containers.FINGERPRINTS,
        containers.FACIAL_IMAGE,
        containers.SECURITY_OBJECT,
        *(containers.CERTIFICATE_OF_KEY[reference] for reference in KEYS),
    ):
        assert 0 < len(unlocked.read(container.tag)) <= container.capacity, container.name


def test_chuid_follows_the_table_and_openssl_verifies_its_signature(unlocked, pki, tmp_path):
    chuid = Chuid.from_bytes(unlocked.read(containers.CHUID.tag))
    assert [tag.hex() for tag in chuid.tags] == ["30", "34", "35", "3e", "fe"]
    assert chuid.fasc_n.agency_code == "4700"
    assert chuid.guid.version == 4
    assert chuid.expiration == date(2031, 2, 28)
    signed = SignedData.from_bytes(chuid.signature)
    signer = pki.content_signer.certificate
    assert (signed.version, signed.content_type, signed.content) == (3, "2.16.840.1.101.3.6.1", None)
    assert signed.certificates == (signer.public_bytes(serialization.Encoding.DER),)
    (info,) = signed.signers
    assert (info.issuer, info.serial) == (signer.issuer.public_bytes(), signer.serial_number)
    assert info.attributes[SIGNER_DN] == (signer.subject.public_bytes(),)
    digest = hashlib.sha256(chuid.signed_content()).digest()
    assert info.attributes[MESSAGE_DIGEST] == (ber.write(b"\x04", digest),)
    assert openssl_verifies(tmp_path, chuid.signature, chuid.signed_content(), signer)
    assert not openssl_verifies(tmp_path, chuid.signature, chuid.signed_content() + b"\0", signer)


@pytest.mark.parametrize("container", [containers.FINGERPRINTS, containers.FACIAL_IMAGE], ids=lambda each: each.name)
def test_biometrics_are_signed_and_carry_the_identifiers_of_the_card(unlocked, pki, tmp_path, container):
    chuid = Chuid.from_bytes(unlocked.read(containers.CHUID.tag))
    record = ber.require(ber.read_all(unlocked.read(container.tag)), b"\xbc", "CBEFF")
    covered = 88 + int.from_bytes(record[2:6], "big")
    signature = record[covered:]
    assert len(signature) == int.from_bytes(record[6:8], "big")
    assert record[59:84] == chuid.fasc_n_bytes
    signed = SignedData.from_bytes(signature)
    assert (signed.content_type, signed.certificates) == ("2.16.840.1.101.3.6.2", ())
    attributes = signed.signers[0].attributes
    assert attributes[FASC_N] == (ber.write(b"\x04", chuid.fasc_n_bytes),)
    assert attributes[ENTRY_UUID] == (ber.write(b"\x04", chuid.guid.bytes),)
    assert openssl_verifies(tmp_path, signature, record[:covered], pki.content_signer.certificate)


def test_security_object_lists_what_is_on_the_card_and_the_hashes_match(unlocked, pki, tmp_path):
    security = SecurityObject.from_bytes(unlocked.read(containers.SECURITY_OBJECT.tag))
    hashed = security.hashes()
    for group, container_id in security.mapping.items():
        container = containers.by_id(container_id)
        content = unlocked.read(container.tag)
        covered = Tlv.from_bytes(content).value if container.own_tag else content
        assert hashed.values[group] == hashlib.sha256(covered).digest(), container.name
    assert set(security.mapping.values()) == {0xDB00, 0x3000, 0x6010, 0x6030, 0x6050, 0x3001}
    assert SignedData.from_bytes(security.signed_object).certificates == ()
    assert openssl_verifies(tmp_path, security.signed_object, None, pki.content_signer.certificate)


def test_capability_container_and_discovery(unlocked):
    container = CardCapabilityContainer.from_bytes(unlocked.read(containers.CCC.tag))
    assert (container.tags, container.data_model, len(container.card_identifier)) == (ORDER, b"\x10", 21)
    discovery = DiscoveryObject.from_bytes(unlocked.read(containers.DISCOVERY.tag))
    assert (discovery.aid, discovery.pin_usage_policy) == (containers.PIV_AID, b"\x40\x00")


def test_card_uuid_and_fasc_n_are_the_same_everywhere(unlocked, card):
    chuid = Chuid.from_bytes(unlocked.read(containers.CHUID.tag))
    for reference in (0x9A, 0x9E):
        names = certificate(card, reference).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.UniformResourceIdentifier) == [f"urn:uuid:{chuid.guid}"]
        fasc_n = next(
            name for name in names.get_values_for_type(x509.OtherName) if name.type_id.dotted_string == FASC_N
        )
        assert FascN.from_bytes(Tlv.from_bytes(fasc_n.value).value) == chuid.fasc_n


def test_no_certificate_outlives_the_card_or_its_signer(unlocked, card, pki):
    expires = Chuid.from_bytes(unlocked.read(containers.CHUID.tag)).expiration
    for reference in KEYS:
        assert certificate(card, reference).not_valid_after_utc.date() <= expires
    assert pki.content_signer.certificate.not_valid_after_utc.date() >= expires


def test_each_key_belongs_to_its_certificate(unlocked, card):
    digest = bytes(range(32))
    for reference in (0x9A, 0x9E, 0x9C):
        unlocked.verify_pin(PIN)
        signature = unlocked.sign_raw(reference, digest)
        certificate(card, reference).public_key().verify(signature, digest, ec.ECDSA(Prehashed(hashes.SHA256())))


def test_the_same_seed_makes_the_same_card_and_another_seed_another(make_card):
    first, again, other = make_card(), make_card(), make_card(seed="other")
    for reference in KEYS:
        ours, theirs = certificate(first, reference), certificate(again, reference)
        assert ours.serial_number == theirs.serial_number
        assert ours.public_key() == theirs.public_key()
        assert ours.serial_number != certificate(other, reference).serial_number


@pytest.mark.parametrize("kind", ["rsa", "p384"])
def test_content_signers_with_other_keys(kind, pki, pool, clock, make_card, monkeypatch, recorder, tmp_path):
    entropy = SeededEntropy("signer")
    key = pool.scenario().rsa(2048, entropy) if kind == "rsa" else ec_key(entropy, ec.SECP384R1())
    authority = pki.piv_authority
    signer = authority.sign(
        profiles.content_signing(authority, naming.directory_name("Signer"), key.public_key(), clock.now(), entropy)
    )
    monkeypatch.setattr(pki, "content_signer", Identity(signer, key))
    piv = PivCard(make_card(), recorder, clock)
    piv.select()
    chuid = Chuid.from_bytes(piv.read(containers.CHUID.tag))
    (info,) = SignedData.from_bytes(chuid.signature).signers
    expected = "1.2.840.113549.1.1.1" if kind == "rsa" else "1.2.840.10045.4.3.3"
    assert info.signature_algorithm == expected
    assert openssl_verifies(tmp_path, chuid.signature, chuid.signed_content(), signer)


class TestDeviations:
    def test_expired_and_not_yet_valid(self, make_card, clock):
        assert certificate(make_card(deviation="expired")).not_valid_after_utc < clock.now()
        assert certificate(make_card(deviation="not-yet-valid")).not_valid_before_utc > clock.now()

    def test_unknown_ca_has_the_right_name_and_the_wrong_signature(self, make_card, pki):
        made = certificate(make_card(deviation="unknown-ca"))
        assert made.issuer == pki.piv_authority.subject
        with pytest.raises(InvalidSignature):
            made.verify_directly_issued_by(pki.piv_authority.certificate)

    def test_key_mismatch_shows_only_in_general_authenticate(self, make_card, recorder, clock, pki):
        card = make_card(deviation="key-mismatch")
        made = certificate(card)
        made.verify_directly_issued_by(pki.piv_authority.certificate)
        piv = PivCard(card, recorder, clock)
        piv.select()
        piv.verify_pin(PIN)
        signature = piv.sign_raw(0x9A, bytes(32))
        with pytest.raises(InvalidSignature):
            made.public_key().verify(signature, bytes(32), ec.ECDSA(Prehashed(hashes.SHA256())))

    @pytest.mark.parametrize(("deviation", "policy"), [("none", "13"), ("piv-i", "45"), ("wrong-policy", "7")])
    def test_policies(self, make_card, deviation, policy):
        extension = certificate(make_card(deviation=deviation)).extensions.get_extension_for_class
        stated = [each.policy_identifier.dotted_string for each in extension(x509.CertificatePolicies).value]
        assert stated == [f"2.16.840.1.101.3.2.1.3.{policy}"]

    def test_no_status_points_where_nobody_answers(self, make_card, pki):
        made = certificate(make_card(deviation="no-status"))
        made.verify_directly_issued_by(pki.piv_authority.certificate)
        points = made.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        assert points[0].full_name[0].value == "http://unpublished.dpc.example/piv.crl"

    def test_an_unknown_deviation_is_a_mistake_of_the_caller(self, make_card):
        with pytest.raises(KeyError):
            make_card(deviation="cursed")


def test_a_card_made_late_does_not_outlive_the_content_signer(pki, make_card, clock):
    clock.advance(timedelta(days=3 * 365))
    card = make_card()
    end = certificate(card).not_valid_after_utc
    assert clock.now() < end < pki.content_signer.certificate.not_valid_after_utc
