"""A defect is found whatever else is odd about the card, and an odd answer of the card is never a pass."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.card_reading import ObjectAnswer
from dpc_conformance.formats import containers
from dpc_conformance.formats.cbeff import CbeffRecord
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.reference.card import biometrics, sealing
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.card.wire import tlv
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PIN = "246801"
CONTEXT = CardContext(START)
EMPTY = b"\x53\x00"
GUARDED, BROKEN = 0x6982, 0x6F00


@pytest.fixture
def card(pki, pool):
    person = Person("bob", "Bob", "Baker", "bob@agency.example", "bob@agency.example")
    return personalise(pki, person, RunClock(START), SeededEntropy("an odd card"), pool.scenario(), pin=PIN)


@pytest.fixture
def seal(card, pki):
    return lambda: sealing.seal(card.application.objects, ContentSigner(pki.content_signer, START))


@pytest.fixture
def judged(read):
    """The evaluation of each requirement on a card or a reading."""

    def judged(reading, context=CONTEXT):
        return {each.requirement: each for each in judge_card(reading, context)}

    return judged


@pytest.fixture
def errors(found_on):
    return lambda reading, context=CONTEXT: set(found_on(reading, context, "error"))


class Stranger(ContentSigner):
    """Signs as the content signer does, and puts its own certificate beside the signature."""

    def detached(self, kind, covered, more, certificate):  # noqa: ARG002
        return super().detached(kind, covered, more, certificate=True)


def self_made(name, serial):
    key = ec_key(SeededEntropy("stranger"), ec.SECP256R1())
    end = START + timedelta(days=5000)
    builder = x509.CertificateBuilder(name, name, key.public_key(), serial, START, end)
    return Stranger(Identity(builder.sign(key, hashes.SHA256()), key), START)


@pytest.mark.parametrize("serial", [7, None], ids=["of another number", "with the number of the CHUID's signer"])
def test_a_biometric_that_a_stranger_signed_does_not_pass(card, seal, pki, read, errors, serial):
    usual = pki.content_signer.certificate
    name = usual.issuer if serial is None else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stranger")])
    found = Chuid.from_bytes(card.application.objects.content(containers.CHUID))
    end = datetime.combine(found.expiration, time(), UTC)
    enrollment = biometrics.Enrollment(found.fasc_n_bytes, found.guid, START, end)
    forged = biometrics.facial_image(enrollment, self_made(name, serial or usual.serial_number))
    card.application.objects.put(containers.FACIAL_IMAGE, forged)
    seal()
    assert errors(read(card, PIN, START)) == {"PIV-SRC-BIO-01"}


def test_an_empty_biometric_is_none_and_hides_no_other(card, seal, read, judged, errors):
    objects = card.application.objects
    objects.stored[containers.FINGERPRINTS.tag] = EMPTY
    seal()
    reading = read(card, PIN, START)
    open_one = {**reading.before_pin, containers.IRIS.tag: ObjectAnswer(0x9000, EMPTY)}
    assert judged(replace(reading, before_pin=open_one))["PIV-SRC-BIO-01"].outcome is Outcome.HOLDS
    image = bytearray(objects.content(containers.FACIAL_IMAGE))
    image[300] ^= 1
    objects.put(containers.FACIAL_IMAGE, bytes(image))
    seal()
    assert errors(read(card, PIN, START)) == {"PIV-SRC-BIO-01"}


def test_a_biometric_that_nobody_signed_is_an_error(card, seal, read, errors):
    unsigned = bytes.fromhex("3022 06092A864886F70D010702 A015 3013 020103 3100 300A 0608 6086480165030602 3100")
    objects = card.application.objects
    record = CbeffRecord.from_bytes(objects.content(containers.FACIAL_IMAGE))
    header = record.header[:6] + len(unsigned).to_bytes(2, "big") + record.header[8:]
    objects.put(containers.FACIAL_IMAGE, tlv(b"\xbc", header + record.record + unsigned) + tlv(b"\xfe", b""))
    seal()
    assert errors(read(card, PIN, START)) == {"PIV-SRC-BIO-01"}


def test_a_chuid_that_cannot_be_read_is_no_defect_of_the_biometrics(card, seal, read, judged, errors):
    found = Chuid.from_bytes(card.application.objects.content(containers.CHUID))
    fields = b"".join(bytes(each) for each in found.elements[:3])
    card.application.objects.put(containers.CHUID, fields + tlv(b"\x3e", b"\x05\x00") + tlv(b"\xfe", b""))
    seal()
    reading = read(card, PIN, START)
    assert errors(reading) == {"PIV-SRC-CHUID-05"}
    assert judged(reading)["PIV-SRC-BIO-01"].outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize("status", [GUARDED, BROKEN], ids=["refused", "failed"])
@pytest.mark.parametrize(
    ("container", "requirement"),
    [
        (containers.CCC, "PIV-SRC-CCC-01"),
        (containers.CHUID, "PIV-SRC-CHUID-01"),
        (containers.SECURITY_OBJECT, "PIV-SRC-SO-01"),
        (containers.PIV_AUTHENTICATION_CERTIFICATE, "PIV-SRC-AUTHCERT-01"),
        (containers.CARD_AUTHENTICATION_CERTIFICATE, "PIV-SRC-CARDAUTH-01"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_mandatory_object_that_is_not_given_is_an_error(card, read, errors, container, requirement, status):
    reading = read(card, PIN, START)
    answer = {container.tag: ObjectAnswer(status)}
    odd = replace(reading, before_pin={**reading.before_pin, **answer}, after_pin={**reading.after_pin, **answer})
    assert requirement in errors(odd)


@pytest.mark.parametrize("container", [containers.PRINTED_INFORMATION, containers.IRIS], ids=lambda each: each.name)
def test_an_object_that_may_be_behind_the_pin_is_not_missed(card, pki, read, errors, container):
    objects = card.application.objects
    objects.stored.pop(container.tag, None)
    others = [each for each in sealing.listed(objects) if each != container]
    sealing.seal(objects, ContentSigner(pki.content_signer, START), others)
    reading = read(card, None, START)
    guarded = {**reading.before_pin, container.tag: ObjectAnswer(GUARDED)}
    assert errors(replace(reading, before_pin=guarded)) == set()


def test_what_expired_is_told_also_where_no_anchor_is_known_and_no_chuid_is_there(card, pki, read, errors):
    late = CardContext(pki.content_signer.certificate.not_valid_after_utc + timedelta(days=1))
    assert "PIV-SRC-CHUID-06" in errors(read(card, PIN, START), late)
    del card.application.objects.stored[containers.CHUID.tag]
    assert {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"} <= errors(read(card, PIN, START), late)


@pytest.mark.parametrize("requirement", ["PIV-SRC-CHUID-04", "PIV-SRC-CHUID-07"])
def test_one_certificate_of_two_does_not_pass_for_both(card, read, judged, requirement):
    del card.application.objects.stored[containers.CARD_AUTHENTICATION_CERTIFICATE.tag]
    assert judged(read(card, PIN, START))[requirement].outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    "before", [ObjectAnswer(0x6A82), ObjectAnswer(0x6985), ObjectAnswer(0x9000, EMPTY)], ids=["none", "6985", "empty"]
)
@pytest.mark.parametrize("container", [containers.FINGERPRINTS, containers.FACIAL_IMAGE], ids=lambda one: one.name)
def test_a_biometric_behind_the_pin_is_refused_with_6982_before(card, read, judged, container, before):
    """A card that says of one biometric that there is none, and has it after the PIN, is looked at as a whole."""
    reading = read(card, PIN, START)
    changed = replace(reading, before_pin={**reading.before_pin, container.tag: before})
    found = judged(changed)["PIV-SRC-BIO-01"]
    assert found.outcome is Outcome.FAILS
    assert found.where == f"{container.name} before the PIN"


@pytest.mark.parametrize("octets", [b"\x53\x7f\x01", b"\x53", b"\x00\x00\x00", b"\x01"])
def test_an_object_that_cannot_be_read_has_not_the_hash_that_was_signed(card, read, errors, octets):
    """Printed Information with another length octet: no other rule looks at it."""
    reading = read(card, PIN, START)
    broken = {**reading.after_pin, containers.PRINTED_INFORMATION.tag: ObjectAnswer(0x9000, octets)}
    assert errors(replace(reading, after_pin=broken)) == {"PIV-SRC-SO-02"}


def test_an_unlisted_object_that_cannot_be_read_hides_no_wrong_hash(card, seal, read, errors):
    card.application.objects.put(containers.PRINTED_INFORMATION, tlv(b"\x01", b"Somebody Else"))
    reading = read(card, PIN, START)
    broken = {**reading.after_pin, containers.KEY_HISTORY.tag: ObjectAnswer(0x9000, b"\x53\x7f\x01")}
    assert errors(replace(reading, after_pin=broken)) == {"PIV-SRC-SO-02"}


def test_a_signed_object_that_cannot_be_read_has_to_be_covered_too(card, read, judged):
    reading = read(card, PIN, START)
    broken = {**reading.after_pin, containers.IRIS.tag: ObjectAnswer(0x9000, b"\x53\x7f\x01")}
    assert judged(replace(reading, after_pin=broken))["PIV-SRC-SO-03"].outcome is Outcome.FAILS


def test_a_security_object_that_cannot_be_read_is_no_security_object(card, read, errors):
    reading = read(card, PIN, START)
    broken = {containers.SECURITY_OBJECT.tag: ObjectAnswer(0x9000, b"\x53\x7f\x01")}
    changed = replace(reading, before_pin={**reading.before_pin, **broken}, after_pin={**reading.after_pin, **broken})
    assert errors(changed) == {"PIV-SRC-SO-01"}
