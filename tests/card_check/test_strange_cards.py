"""What the judge says of cards that are odd rather than wrong, and of bytes that are nothing at all."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.card_reading import CardReading, ObjectAnswer
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.cbeff import CbeffRecord
from dpc_conformance.formats.ccc import CardCapabilityContainer
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.reference.card import biometrics, card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.card.wire import tlv
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""When the PKI of these tests was built."""
PIN = "246801"
CONTEXT = CardContext(START)
"""Without trust anchors: paths are the business of other tests."""


@pytest.fixture
def card(pki, pool):
    person = Person("bob", "Bob", "Baker", "bob@agency.example", "bob@agency.example")
    return personalise(pki, person, RunClock(START), SeededEntropy("a card to be changed"), pool.scenario(), pin=PIN)


@pytest.fixture
def signer(pki):
    return ContentSigner(pki.content_signer, START)


@pytest.fixture
def chuid(card):
    return Chuid.from_bytes(content(card, containers.CHUID))


def content(card, container):
    whole = card.application.objects.stored[container.tag]
    return CardReading(START, b"", b"", {container.tag: ObjectAnswer(0x9000, whole)}).content(container)


@pytest.fixture
def put(card, signer):
    """Puts an object on the card, and a new Security Object that lists it."""

    def put(container, new):
        objects = card.application.objects
        objects.put(container, new)
        listed = (*card_data.HASHED, containers.PRINTED_INFORMATION)
        there = {each: content(card, each) for each in listed if each.tag in objects.stored}
        objects.put(containers.SECURITY_OBJECT, card_data.security_object(there, signer))

    return put


@pytest.fixture
def wrong(card, read, found_on):
    """Requirement and severity of every finding on the card as it is now."""
    return lambda context=CONTEXT: {
        requirement: found.severity for requirement, found in found_on(read(card, PIN, START), context).items()
    }


def test_the_card_is_good_before_anything_is_changed(wrong):
    assert wrong() == {}


def test_a_signature_that_leaves_out_the_end_of_the_chuid_is_accepted(chuid, put, signer, wrong):
    fields = b"".join(bytes(each) for each in chuid.elements[:3])
    signed = signer.detached(oids.PIV_CHUID_SECURITY_OBJECT, fields, signer.signer_name(), certificate=True)
    put(containers.CHUID, fields + tlv(b"\x3e", signed) + card_data.END)
    assert wrong() == {}


def test_an_element_that_sp_800_73_5_removed_only_warns(chuid, put, signer, wrong):
    elements = [bytes(each) for each in chuid.elements[:3]]
    fields = elements[0] + tlv(b"\x32", b"1234") + elements[1] + elements[2]
    signed = signer.detached(
        oids.PIV_CHUID_SECURITY_OBJECT, fields + card_data.END, signer.signer_name(), certificate=True
    )
    put(containers.CHUID, fields + tlv(b"\x3e", signed) + card_data.END)
    assert wrong() == {"PIV-SRC-CHUID-01": "warning"}


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (timedelta(0), None, {}),
        (timedelta(days=1), None, {"PIV-SRC-BIO-01": "error"}),
        (timedelta(days=-9), timedelta(days=-1), {"PIV-SRC-BIO-01": "error"}),
        (timedelta(0), timedelta(days=90), {"PIV-SRC-BIO-01": "error"}),
    ],
    ids=["as long as the card", "not yet", "expired", "ends before the card"],
)
def test_the_dates_of_biometrics(chuid, put, signer, wrong, begins, ends, expected):
    last = datetime.combine(chuid.expiration, time(), UTC) if ends is None else START + ends
    enrollment = biometrics.Enrollment(chuid.fasc_n_bytes, chuid.guid, START + begins, last)
    put(containers.FACIAL_IMAGE, biometrics.facial_image(enrollment, signer))
    assert wrong() == expected


def test_biometrics_of_another_uuid_are_those_of_another_card(chuid, put, signer, wrong):
    end = datetime.combine(chuid.expiration, time(), UTC)
    other = SeededEntropy("another card").bytes(16)
    enrollment = biometrics.Enrollment(chuid.fasc_n_bytes, type(chuid.guid)(bytes=other, version=4), START, end)
    put(containers.FINGERPRINTS, biometrics.fingerprints(enrollment, signer, SeededEntropy("minutiae")))
    assert wrong() == {"PIV-SRC-BIO-01": "error"}


def test_a_security_object_that_hashes_the_wrapper_warns(card, signer, wrong):
    stored = card.application.objects.stored
    whole = {each: content(card, each) for each in card_data.HASHED} | {containers.CCC: stored[containers.CCC.tag]}
    card.application.objects.put(containers.SECURITY_OBJECT, card_data.security_object(whole, signer))
    assert wrong().get("PIV-SRC-SO-02") == "warning"


def test_both_forms_of_discovery_are_accepted(card, signer, wrong):
    stored = card.application.objects.stored
    listed = [each for each in (*card_data.HASHED, containers.PRINTED_INFORMATION) if each.tag in stored]
    contents = {each: content(card, each) for each in listed} | {containers.DISCOVERY: stored[containers.DISCOVERY.tag]}
    card.application.objects.put(containers.SECURITY_OBJECT, card_data.security_object(contents, signer))
    assert wrong() == {}


def test_a_card_with_the_derived_application_only_is_no_piv_card(card, read):
    card.application.aid = containers.DERIVED_PIV_AID
    made = {each.requirement: each for each in judge_card(read(card, PIN, START), CONTEXT)}
    application = made.pop("PIV-SRC-AID-01")
    assert application.finding is not None
    assert "derived PIV application only" in application.finding.actual
    assert {each.outcome for each in made.values()} == {Outcome.CANNOT_TELL}


@pytest.mark.parametrize(
    ("container", "requirement"),
    [
        (containers.CCC, "PIV-SRC-CCC-01"),
        (containers.CHUID, "PIV-SRC-CHUID-01"),
        (containers.PIV_AUTHENTICATION_CERTIFICATE, "PIV-SRC-AUTHCERT-01"),
        (containers.CARD_AUTHENTICATION_CERTIFICATE, "PIV-SRC-CARDAUTH-01"),
        (containers.SECURITY_OBJECT, "PIV-SRC-SO-01"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_mandatory_object_that_is_not_there_is_an_error(card, wrong, container, requirement):
    del card.application.objects.stored[container.tag]
    assert wrong()[requirement] == "error"


@pytest.mark.parametrize("container", [containers.PIV_AUTHENTICATION_CERTIFICATE, containers.CHUID])
def test_nothing_passes_by_an_object_that_is_not_there(card, read, container):
    del card.application.objects.stored[container.tag]
    made = {each.requirement: each.outcome for each in judge_card(read(card, PIN, START), CONTEXT)}
    by_chuid = ("02", "03", "04", "05", "06", "07")
    looking = {
        containers.PIV_AUTHENTICATION_CERTIFICATE: ("PIV-SRC-AUTHCERT-02", "PIV-SRC-AUTHCERT-03"),
        containers.CHUID: tuple(f"PIV-SRC-CHUID-{number}" for number in by_chuid),
    }
    assert {made[each] for each in looking[container]} == {Outcome.CANNOT_TELL}


def test_the_judge_never_raises_whatever_stands_in_an_object(card, read):
    reading, garbage = read(card, PIN, START), SeededEntropy("garbage")
    rules = {each.requirement for kind in (Evidence.CARD, Evidence.SIGNED_OBJECT) for each in checks(kind)}
    for container in containers.CONTAINERS[:12]:
        good = (reading.after_pin or {})[container.tag].data
        for number in range(25):
            broken = bytearray(good or b"\x53\x00")
            for _ in range(1 + number % 4):
                broken[garbage.below(len(broken))] = garbage.below(256)
            cut = bytes(broken[: 1 + garbage.below(len(broken))] if number % 2 else broken)
            after = {**(reading.after_pin or {}), container.tag: ObjectAnswer(0x9000, cut)}
            made = judge_card(replace(reading, before_pin=after, after_pin=after), CONTEXT)
            assert {each.requirement for each in made} == rules
            assert len(made) == len(rules)


def test_an_altered_byte_of_a_signed_object_never_passes(card, read):
    reading = read(card, PIN, START)
    for container, requirement, skipped in (
        (containers.CHUID, "PIV-SRC-CHUID-05", 4),
        (containers.FINGERPRINTS, "PIV-SRC-BIO-01", 8),
        (containers.FACIAL_IMAGE, "PIV-SRC-BIO-01", 8),
    ):
        good = (reading.after_pin or {})[container.tag].data
        covered = 60 if container is containers.CHUID else len(CbeffRecord.from_bytes(content(card, container)).record)
        for at in range(skipped, skipped + covered, 1 + covered // 40):
            broken = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
            after = {**(reading.after_pin or {}), container.tag: ObjectAnswer(0x9000, broken)}
            changed = replace(reading, before_pin={**reading.before_pin}, after_pin=after)
            made = {each.requirement: each for each in judge_card(changed, CONTEXT)}
            assert made[requirement].outcome is not Outcome.HOLDS, f"{container.name} byte {at}"


def test_hashes_are_compared_over_what_stands_on_the_card(card, read, wrong):
    objects = card.application.objects
    objects.put(containers.CCC, content(card, containers.CCC).replace(b"\xf4\x01\x00", b"\xf4\x01\x11"))
    assert wrong() == {"PIV-SRC-SO-02": "error"}


CAPABILITIES = {
    "empty elements": ({0xF0: b"", 0xF1: b"", 0xF6: b""}, {}),
    "access control rules": ({0xF6: bytes(17)}, {}),
    "an identifier of 20 bytes": ({0xF0: bytes(20)}, {"PIV-SRC-CCC-01": "error"}),
    "access control rules of 16 bytes": ({0xF6: bytes(16)}, {"PIV-SRC-CCC-01": "error"}),
    "an end with a value": ({0xFE: b"\0"}, {"PIV-SRC-CCC-01": "error"}),
}


@pytest.mark.parametrize("name", CAPABILITIES)
def test_elements_of_the_capability_container_have_their_length(card, put, wrong, name):
    changed, expected = CAPABILITIES[name]
    elements = CardCapabilityContainer.from_bytes(content(card, containers.CCC)).elements
    made = b"".join(tlv(each.tag, changed.get(each.tag[0], each.value)) for each in elements)
    put(containers.CCC, made)
    assert wrong() == expected
