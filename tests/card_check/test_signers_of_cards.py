"""Whose signature the objects of a card bear, and with which hash (SP 800-73-5 part 1 §3.1.2.1, SP 800-78-5)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.faults.certificates.encoding import context, integer, sequence, tlv
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.reference.card import biometrics, card_data, sealing
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PIN = "246801"


@pytest.fixture
def card(pki, pool):
    person = Person("bob", "Bob", "Baker", "bob@agency.example", "bob@agency.example")
    return personalise(pki, person, RunClock(START), SeededEntropy("a signed card"), pool.scenario(), pin=PIN)


@pytest.fixture
def errors(card, read, found_on):
    def errors(*signers):
        return set(found_on(read(card, PIN, START), CardContext(START, signers=signers), "error"))

    return errors


def put_chuid(card, signer):
    objects = card.application.objects
    found = Chuid.from_bytes(objects.content(containers.CHUID))
    objects.put(containers.CHUID, card_data.chuid(found.fasc_n_bytes, found.guid, found.expiration, signer))


def put_face(card, signer):
    found = Chuid.from_bytes(card.application.objects.content(containers.CHUID))
    end = datetime.combine(found.expiration, time(), UTC)
    enrollment = biometrics.Enrollment(found.fasc_n_bytes, found.guid, START, end)
    card.application.objects.put(containers.FACIAL_IMAGE, biometrics.facial_image(enrollment, signer))


@dataclass(frozen=True)
class BesideAnother(ContentSigner):
    """Puts the certificate of somebody else beside its signature."""

    other: object = None

    def detached(self, kind, covered, more, certificate):
        made = cms.ContentInfo.load(super().detached(kind, covered, more, certificate))
        if certificate:
            der = self.other.public_bytes(Encoding.DER)
            made["content"]["certificates"] = [cms.CertificateChoices("certificate", asn1_x509.Certificate.load(der))]
        return made.dump(force=True)


def test_the_certificate_in_the_chuid_is_that_of_its_signer(card, pki, errors):
    """It is to verify the signature, so that somebody else who knows the signer does not help."""
    known = pki.content_signer.certificate
    put_chuid(card, BesideAnother(pki.content_signer, START, other=pki.piv_authority.certificate))
    sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))
    assert errors(known.public_bytes(Encoding.DER)) == {"PIV-SRC-CHUID-05"}


@dataclass(frozen=True)
class Hashing(ContentSigner):
    """Signs with another hash than the one that goes with its curve."""

    digest: type[hashes.HashAlgorithm] = hashes.SHA1

    @property
    def hash_name(self):
        return self.digest.name

    def _sign(self, message):
        return self.identity.key.sign(message, ec.ECDSA(self.digest()))


OTHER_HASHES = (hashes.SHA1, hashes.SHA384, hashes.SHA512)


@pytest.mark.parametrize("digest", OTHER_HASHES, ids=lambda digest: digest.name)
def test_a_p256_key_signs_the_chuid_with_sha_256(card, pki, errors, digest):
    put_chuid(card, Hashing(pki.content_signer, START, digest=digest))
    sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))
    assert errors() == {"PIV-SRC-CHUID-05"}


@pytest.mark.parametrize("digest", OTHER_HASHES, ids=lambda digest: digest.name)
def test_a_p256_key_signs_biometrics_with_sha_256(card, pki, errors, digest):
    put_face(card, Hashing(pki.content_signer, START, digest=digest))
    sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))
    assert errors() == {"PIV-SRC-BIO-01"}


@pytest.mark.parametrize("digest", OTHER_HASHES, ids=lambda digest: digest.name)
def test_a_p256_key_signs_the_security_object_with_sha_256(card, pki, errors, digest):
    sealing.seal(card.application.objects, Hashing(pki.content_signer, START, digest=digest))
    # A Security Object that hashes with SHA-1 breaks a rule of its own as well.
    assert errors() - {"DPC-CRY-SO-01"} == {"PIV-SRC-SO-01"}


def rebuilt(message, change):
    """The message with other fields of SignedData, which no signature covers."""
    kind, content = ber.Tlv.from_bytes(message).children()
    fields = [bytes(each) for each in content.children()[0].children()]
    change(fields)
    return sequence(bytes(kind), context(0, sequence(*fields)))


@dataclass(frozen=True)
class Changed(ContentSigner):
    """Changes fields of SignedData outside of what is signed."""

    change: object = None

    def _signed(self, *arguments):
        return rebuilt(super()._signed(*arguments), self.change)


def set_digests(listed):
    def change(fields):
        fields[1] = tlv(0x31, listed)

    return change


def set_version(version):
    def change(fields):
        fields[0] = integer(version)

    return change


def set_content_tag(tag):
    def change(fields):
        kind, content = ber.Tlv.from_bytes(fields[2]).children()
        fields[2] = sequence(bytes(kind), context(0, tlv(tag, content.children()[0].value)))

    return change


SHA_1, SHA_256 = bytes.fromhex("300906052B0E03021A0500"), bytes.fromhex("300D06096086480165030402010500")
DIGESTS = {
    "SHA-1": SHA_1,
    "SHA-1 besides": SHA_1 + SHA_256,
}


def test_no_hash_needs_to_be_named_twice(card, pki, errors):
    """RFC 5652 5.1: there may be none in digestAlgorithms; the signer names its own."""
    put_chuid(card, Changed(pki.content_signer, START, change=set_digests(b"")))
    sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))
    assert errors() == set()


@pytest.mark.parametrize("name", DIGESTS)
def test_the_chuid_names_hashes_of_sp_800_78_only(card, pki, errors, name):
    """Its digestAlgorithms, too, are to be as SP 800-78 has them (SP 800-73-5 part 1 §3.1.2.1)."""
    put_chuid(card, Changed(pki.content_signer, START, change=set_digests(DIGESTS[name])))
    sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))
    assert errors() == {"PIV-SRC-CHUID-05"}


@pytest.mark.parametrize("version", [0, 2, 77])
def test_the_signed_data_of_security_object_and_biometrics_have_a_version_of_cms(card, pki, errors, version):
    signer = Changed(pki.content_signer, START, change=set_version(version))
    sealing.seal(card.application.objects, signer)
    assert errors() == {"PIV-SRC-SO-01"}
    put_face(card, signer)
    sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))
    assert errors() == {"PIV-SRC-BIO-01"}


@pytest.mark.parametrize("tag", [0x05, 0x84, 0x03])
def test_what_a_security_object_signs_is_an_octet_string(card, pki, errors, tag):
    sealing.seal(card.application.objects, Changed(pki.content_signer, START, change=set_content_tag(tag)))
    assert errors() == {"PIV-SRC-SO-01"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [(0x0D, set()), (0x0F, set()), (0x00, {"PIV-SRC-BIO-01"}), (0x0B, {"PIV-SRC-BIO-01"})],
    ids=["signed", "signed and encrypted", "neither", "encrypted only"],
)
def test_the_header_of_a_biometric_says_that_it_is_signed(card, pki, errors, monkeypatch, options, expected):
    """SP 800-76-2 table 13: a reader that goes by the header would not look for the signature."""
    monkeypatch.setattr(biometrics, "SIGNED_NOT_ENCRYPTED", options)
    signer = ContentSigner(pki.content_signer, START)
    put_face(card, signer)
    sealing.seal(card.application.objects, signer)
    assert errors() == expected
