"""Made readings of tokens: what each is found to break, and where nothing can be told."""

import gzip
from dataclasses import replace

import pytest

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.evidence.card_reading import ObjectAnswer
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.certificate_object import CertificateObject

AUTHENTICATION = containers.PIV_AUTHENTICATION_CERTIFICATE
FE = bytes.fromhex("FE00")
KEY_9A = containers.PIV_AUTHENTICATION_KEY


def with_answer(reading, container, answer):
    """The same reading with that answer to GET DATA, before and after the PIN."""
    changes = {container.tag: answer}
    after = None if reading.after_pin is None else {**reading.after_pin, **changes}
    return replace(reading, before_pin={**reading.before_pin, **changes}, after_pin=after)


def with_content(reading, container, content):
    """The same reading with an object of that content."""
    tag = container.tag if container.own_tag else containers.WRAPPER
    return with_answer(reading, container, ObjectAnswer(0x9000, ber.write(tag, content)))


def certificate(reading, key=KEY_9A):
    return reading.certificate(key)


PLAIN, GZIP, IS_X509 = bytes.fromhex("710100"), bytes.fromhex("710101"), bytes.fromhex("710104")

CERTIFICATES = {
    "an empty object": (
        lambda read: with_content(read, AUTHENTICATION, b""),
        {"DPC-APP-OBJ-CERT-01"},
    ),
    "an object cut off": (
        lambda read: with_answer(read, AUTHENTICATION, ObjectAnswer(0x9000, read.answer(AUTHENTICATION).data[:-40])),
        {"DPC-APP-OBJ-CERT-01", "DPC-APP-OBJ-CERT-03", "DPC-APP-OBJ-ORDER-01"},
    ),
    "no FE": (
        lambda read: with_content(read, AUTHENTICATION, ber.write(b"\x70", certificate(read)) + PLAIN),
        {"DPC-APP-OBJ-CERT-03"},
    ),
    "a certificate that is compressed": (
        lambda read: with_content(
            read, AUTHENTICATION, ber.write(b"\x70", gzip.compress(certificate(read))) + GZIP + FE
        ),
        set(),
    ),
    "octets behind a compressed certificate": (
        lambda read: with_content(
            read, AUTHENTICATION, ber.write(b"\x70", gzip.compress(certificate(read)) + b"more") + GZIP + FE
        ),
        {"DPC-APP-OBJ-CERT-04"},
    ),
    "two compressed certificates": (
        lambda read: with_content(
            read, AUTHENTICATION, ber.write(b"\x70", 2 * gzip.compress(certificate(read))) + GZIP + FE
        ),
        {"DPC-APP-OBJ-CERT-04"},
    ),
    "a compressed certificate that is said to be plain": (
        lambda read: with_content(
            read, AUTHENTICATION, ber.write(b"\x70", gzip.compress(certificate(read))) + PLAIN + FE
        ),
        {"DPC-APP-OBJ-CERT-04"},
    ),
    "a plain certificate that is said to be compressed": (
        lambda read: with_content(read, AUTHENTICATION, ber.write(b"\x70", certificate(read)) + GZIP + FE),
        {"DPC-APP-OBJ-CERT-04"},
    ),
    "two certificates": (
        lambda read: with_content(read, AUTHENTICATION, ber.write(b"\x70", 2 * certificate(read)) + PLAIN + FE),
        {"DPC-APP-OBJ-CERT-04"},
    ),
    "CertInfo of two bytes": (
        lambda read: with_content(
            read, AUTHENTICATION, ber.write(b"\x70", certificate(read)) + bytes.fromhex("71020000") + FE
        ),
        {"DPC-APP-OBJ-CERT-03"},
    ),
    "an old MSCUID beside a retired certificate": (
        lambda read: with_content(
            read,
            containers.RETIRED_CERTIFICATES[0],
            ber.write(b"\x70", certificate(read, 0x82)) + PLAIN + bytes.fromhex("720101") + FE,
        ),
        set(),
    ),
    "the signature certificate in the place of the other": (
        lambda read: with_answer(read, AUTHENTICATION, read.answer(containers.SIGNATURE_CERTIFICATE)),
        {"DPC-APP-OBJ-CERT-05"},
    ),
    "a certificate before whose PIN it is closed": (
        lambda read: replace(read, before_pin={**read.before_pin, AUTHENTICATION.tag: ObjectAnswer(0x6982)}),
        {"DPC-APP-OBJ-CERT-02"},
    ),
}

OBJECTS = {
    "nothing but the certificate": (
        lambda read: without(read, set(containers.CONTAINERS) - {AUTHENTICATION}, keys=tuple(read.uses_of(KEY_9A))),
        set(),
    ),
    "an optional object that is refused as unsupported": (
        lambda read: with_answer(read, containers.SM_CERTIFICATE_SIGNER, ObjectAnswer(0x6A81)),
        {"DPC-APP-OBJ-OPT-01"},
    ),
    "an optional object that is answered with nothing at all": (
        lambda read: with_answer(read, containers.SM_CERTIFICATE_SIGNER, ObjectAnswer(0x9000)),
        {"DPC-APP-OBJ-OPT-01"},
    ),
    "an optional object that is empty": (
        lambda read: with_content(read, containers.SM_CERTIFICATE_SIGNER, b""),
        set(),
    ),
    "a CHUID": (lambda read: with_content(read, containers.CHUID, FE), {"DPC-APP-OBJ-ABSENT-01"}),
    "an empty CHUID": (lambda read: with_content(read, containers.CHUID, b""), set()),
    "printed information": (
        lambda read: with_content(read, containers.PRINTED_INFORMATION, FE),
        {"DPC-APP-OBJ-ABSENT-01"},
    ),
    "a URL before the counts": (
        lambda read: with_content(read, containers.KEY_HISTORY, _url_first(read.content(containers.KEY_HISTORY))),
        {"DPC-APP-OBJ-ORDER-01", "DPC-APP-SO-04"},
    ),
}


def _url_first(content):
    counts, url = content[:6], content[6:-2]
    return url + counts + FE


def without(reading, absent, keys=None):
    """The same reading of a token that answers 6A82 for those containers, and has only those keys."""
    for each in absent:
        reading = with_answer(reading, each, ObjectAnswer(0x6A82))
    return reading if keys is None else replace(reading, keys=keys)


@pytest.mark.parametrize("name", CERTIFICATES)
def test_certificates(tokens, good, name):
    change, expected = CERTIFICATES[name]
    assert tokens.found(change(good)) == expected


@pytest.mark.parametrize("name", OBJECTS)
def test_objects(tokens, good, name):
    change, expected = OBJECTS[name]
    assert tokens.found(change(good)) == expected


def outcomes(tokens, reading, *identifiers, **changes):
    judged = tokens.judged(reading, **changes)
    return {judged[each].outcome for each in identifiers}


def test_a_token_that_answers_6a82_to_select_shows_nothing_else(tokens, good):
    mute = replace(good, selects={good.aid: 0x6A82}, property_template=b"", before_pin={}, after_pin=None, keys=())
    judged = tokens.judged(mute)
    assert {each for each in judged if judged[each].outcome is Outcome.FAILS} == {"DPC-APP-APT-01"}
    assert not [each for each in judged if judged[each].outcome is Outcome.HOLDS]


def test_without_the_secret_what_needs_it_cannot_be_told(tokens):
    reading = tokens.read(with_pin=False)
    assert tokens.found(reading) == set()
    needs_it = ("DPC-APP-OBJ-CERT-05", "DPC-APP-KH-01", "DPC-APP-KH-03", "DPC-APP-KH-04", "DPC-APP-RETIRED-01")
    assert outcomes(tokens, reading, *needs_it) == {Outcome.CANNOT_TELL}


@pytest.mark.parametrize(
    ("contactless", "expected"),
    [
        (None, Outcome.CANNOT_TELL),
        ({}, Outcome.HOLDS),
        ({b"\x7e": ObjectAnswer(0x9000)}, Outcome.CANNOT_TELL),
        ({AUTHENTICATION.tag: ObjectAnswer(0x6982)}, Outcome.HOLDS),
        ({AUTHENTICATION.tag: ObjectAnswer(0x6A82)}, Outcome.HOLDS),
        ({AUTHENTICATION.tag: ObjectAnswer(0x6F00)}, Outcome.FAILS),
        ({AUTHENTICATION.tag: ObjectAnswer(0x9000, b"S\0")}, Outcome.FAILS),
    ],
    ids=["not tried", "not selectable", "not asked", "6982", "6A82", "6F00", "9000"],
)
def test_the_contactless_interface(tokens, good, contactless, expected):
    reading = replace(good, contactless=contactless)
    assert outcomes(tokens, reading, "DPC-APP-OBJ-CERT-02") == {expected}


@pytest.mark.parametrize(
    ("status", "expected"),
    [(0x6982, Outcome.CANNOT_TELL), (0x6983, Outcome.CANNOT_TELL), (0x6A86, Outcome.FAILS), (0x9000, Outcome.FAILS)],
)
def test_a_key_that_gives_no_signature(tokens, good, status, expected):
    uses = [replace(each, status=status, response=b"") for each in good.uses_of(KEY_9A)]
    others = [each for each in good.keys if each.key_reference != KEY_9A]
    reading = replace(good, keys=(*others, *uses))
    assert outcomes(tokens, reading, "DPC-APP-OBJ-CERT-05") == {expected}


def test_hidden_objects_are_not_taken_for_absent(tokens, good):
    reading = replace(with_answer(good, containers.FACIAL_IMAGE, ObjectAnswer(0x6982)), after_pin=None)
    assert outcomes(tokens, reading, "DPC-APP-OBJ-ABSENT-01") == {Outcome.CANNOT_TELL}


def test_the_certificate_in_the_reading_is_the_one_on_the_token(good):
    held = CertificateObject.from_bytes(good.content(AUTHENTICATION))
    assert held.certificate == good.certificate(KEY_9A)
