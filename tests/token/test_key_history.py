"""Key History, its file and the retired keys: tokens changed before they are read."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.evidence.card_reading import ObjectAnswer
from dpc_conformance.formats import containers
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.off_card_key_history import OffCardKeyHistoryFile
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.keys import CardKey, PinRule
from dpc_conformance.reference.card.wire import tlv
from dpc_conformance.reference.token.off_card_history import HOST, off_card_key_history, url_of

ELSEWHERE = 0x95
ON_TOKEN = containers.RETIRED_CERTIFICATES
KH_04 = "DPC-APP-KH-04"


def history(on_token, elsewhere, url=""):
    """A change: that Key History, with the Security Object signed again."""

    def change(token):
        token.application.objects.put(containers.KEY_HISTORY, card_data.key_history(on_token, elsewhere, url))
        token.seal()

    return change


def content(value):
    """A change: that content of the Key History, with the Security Object signed again."""

    def change(token):
        token.application.objects.put(containers.KEY_HISTORY, bytes.fromhex(value))
        token.seal()

    return change


GOOD_URL = f"http://{HOST}/{'0' * 64}"
HISTORIES = {
    "more than twenty keys": (history(18, 3, GOOD_URL), {"DPC-APP-KH-02"}),
    "a URL without keys": (history(0, 0, GOOD_URL), {"DPC-APP-KH-02", "DPC-APP-KH-03"}),
    "a URL of 119 bytes": (history(2, 1, GOOD_URL.ljust(119, "0")), {"DPC-APP-KH-02", KH_04}),
    "no FE": (content("C10102C20100"), {"DPC-APP-KH-02", "DPC-APP-KH-03"}),
    "a count of two bytes": (content("C1020002C20100FE00"), {"DPC-APP-KH-02"}),
    "no second count": (content("C10102FE00"), {"DPC-APP-KH-02"}),
    "an element that has no place": (content("C10102C201009900FE00"), {"DPC-APP-KH-02", "DPC-APP-KH-03"}),
    "a key too many elsewhere": (history(2, 2, GOOD_URL), {"DPC-APP-KH-03"}),
    "a key too many on the token": (history(3, 1, GOOD_URL), {"DPC-APP-KH-03"}),
    "a URL for TLS": (history(2, 1, GOOD_URL.replace("http", "https")), {KH_04}),
    "a URL that does not end in a hash": (history(2, 1, f"http://{HOST}/retired-keys"), {KH_04}),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_key_history(tokens, name):
    change, expected = HISTORIES[name]
    assert tokens.found(tokens.read(change)) == expected


def test_certificates_in_each_others_containers(tokens):
    def swap(token):
        stored = token.application.objects.stored
        first, second = ON_TOKEN[0].tag, ON_TOKEN[1].tag
        stored[first], stored[second] = stored[second], stored[first]

    # Keys 82 and 83 are of two kinds, so neither answers under the algorithm of the other's certificate.
    assert tokens.found(tokens.read(swap)) == {"DPC-APP-KH-03", KH_04}


def test_a_certificate_of_another_key_of_the_same_kind(tokens):
    def change(token):
        other = tokens.mould.certificates[0x95].public_bytes(Encoding.DER)
        token.application.objects.put(ON_TOKEN[0], card_data.certificate_object(other))

    assert tokens.found(tokens.read(change)) == {"DPC-APP-RETIRED-01", KH_04}


def published(tokens, references, **swapped):
    """A change and what stands behind its URL: a file of those keys, with the certificates of others for some."""
    held = {each: tokens.mould.certificates[swapped.get(f"at_{each:02x}", each)] for each in references}
    file = off_card_key_history(held)
    return history(2, 1, url_of(file)), {url_of(file): file}


def test_the_file_lists_every_retired_key(tokens):
    change, off_card = published(tokens, (0x82, 0x83, 0x95))
    assert tokens.found(tokens.read(change), off_card=off_card) == set()
    change, off_card = published(tokens, (0x95,))
    assert tokens.found(tokens.read(change), off_card=off_card) == {KH_04}
    change, off_card = published(tokens, (0x82, 0x83))
    assert tokens.found(tokens.read(change), off_card=off_card) == {KH_04}


def test_the_file_lists_the_key_that_answers(tokens):
    change, off_card = published(tokens, (0x82, 0x83, 0x95), at_95=0x9D)
    assert tokens.found(tokens.read(change), off_card=off_card) == {KH_04}


@pytest.mark.parametrize("off_card", [{}, {"its URL": None}], ids=["not fetched", "nobody answers"])
def test_a_file_that_is_not_there_is_no_finding(tokens, good, off_card):
    url = next(iter(tokens.mould.published))
    judged = tokens.judged(good, off_card={url: None} if off_card else {})
    assert judged[KH_04].outcome is Outcome.CANNOT_TELL


def test_a_file_that_is_none(tokens):
    file = b"certificates"
    url = f"http://{HOST}/{hashlib.sha256(file).hexdigest()}"
    assert tokens.found(tokens.read(history(2, 1, url)), off_card={url: file}) == {KH_04}


def test_a_retired_key_that_its_rule_keeps_closed_is_not_taken_for_absent(tokens, good):
    def closed(*references):
        changed = [
            replace(each, status=0x6982, response=b"") if each.key_reference in references else each
            for each in good.keys
        ]
        return tokens.judged(replace(good, keys=tuple(changed)))

    assert closed(0x82)["DPC-APP-KH-03"].outcome is Outcome.CANNOT_TELL
    assert closed(0x82, 0x83, 0x95)["DPC-APP-KH-01"].outcome is Outcome.CANNOT_TELL


def test_a_retired_certificate_that_cannot_be_read_is_not_taken_for_absent(tokens, good):
    refused = {ON_TOKEN[0].tag: ObjectAnswer(0x6982)}
    reading = replace(good, before_pin=good.before_pin | refused, after_pin=good.after_pin | refused)
    assert tokens.judged(reading)["DPC-APP-KH-03"].outcome is Outcome.CANNOT_TELL


def old_key():
    """An RSA-1024 key: of all key references only 82 to 95 may still have one (SP 800-78-5 table 10)."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def test_a_retired_rsa_1024_key_with_its_certificate_elsewhere_is_a_key(tokens):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Somebody years ago")])
    key, begin = old_key(), datetime(2010, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, begin, begin + timedelta(days=1000))
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)

    def change(token):
        history = KeyHistory.from_bytes(token.application.objects.content(containers.KEY_HISTORY))
        listed = OffCardKeyHistoryFile.from_bytes(token.published[history.url])
        entries = [*(each for each in listed.entries if each[0] != ELSEWHERE), (ELSEWHERE, certificate)]
        file = tlv(b"\x30", b"".join(tlv(b"\x30", tlv(b"\x04", bytes([key])) + der) for key, der in entries))
        token.application.keys[ELSEWHERE] = CardKey(key, PinRule.PIN, key_management=True)
        token.application.objects.put(containers.KEY_HISTORY, card_data.key_history(2, 1, url_of(file)))
        token.seal()
        published[url_of(file)] = file

    published = {}
    assert tokens.found(tokens.read(change), off_card=published) == set()


def test_one_rsa_1024_key_too_many_is_found(tokens):
    def change(token):
        token.application.keys[0x96] = CardKey(old_key(), PinRule.PIN, key_management=True)

    assert tokens.found(tokens.read(change)) == {"DPC-APP-RETIRED-01"}
