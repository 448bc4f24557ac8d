"""Tokens that claim a virtual contact interface, and pairing codes: the reference has neither."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.evidence.card_reading import ObjectAnswer
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.wire import tlv

CS2, CS7 = 0x27, 0x2E
NOT_OF_2014 = {"DPC-APP-DISC-03"}
"""The claim in Discovery is one that the edition of 2014 does not allow."""
CODE = "47120853"


def claiming(tokens, policy="4C00", suites=(CS2,), signer=True, code=None, listed=True):
    """A change: that policy, those cipher suites, with or without certificate signer and pairing code."""

    def change(token):
        objects, known = token.application.objects, token.application.properties
        algorithms = (*known.algorithms, *suites)
        token.application.properties = type(known)(known.whole_aid, known.label, algorithms)
        held = {containers.DISCOVERY: card_data.discovery(token.application.aid, bytes.fromhex(policy))}
        objects.put(containers.DISCOVERY, held[containers.DISCOVERY])
        held[containers.KEY_HISTORY] = objects.content(containers.KEY_HISTORY)
        if signer:
            der = tokens.pki.content_signer.certificate.public_bytes(Encoding.DER)
            objects.put(containers.SM_CERTIFICATE_SIGNER, card_data.certificate_object(der))
        if code is not None:
            pairing = tlv(b"\x99", code.encode()) + card_data.END
            objects.put(containers.PAIRING_CODE, pairing)
            held |= {containers.PAIRING_CODE: pairing} if listed else {}
        sealed = card_data.security_object(held, token.signer, with_certificate=True)
        objects.put(containers.SECURITY_OBJECT, sealed)

    return change


def test_a_token_with_a_virtual_contact_interface_holds(tokens):
    judged = tokens.judged(tokens.read(claiming(tokens, policy="4800", code=CODE)))
    found = {each for each in judged if judged[each].outcome is Outcome.FAILS}
    assert found == NOT_OF_2014
    applied = ("DISC-04", "SMCS-01", "SMCS-02", "PAIR-01", "PAIR-02")
    assert {judged[f"DPC-APP-{each}"].outcome for each in applied} == {Outcome.HOLDS}
    assert judged["DPC-CRY-SM-01"].outcome is Outcome.HOLDS


CLAIMS = {
    "no cipher suite": ({"suites": ()}, {"DPC-APP-APT-02"}),
    "both cipher suites": ({"suites": (CS2, CS7)}, {"DPC-APP-APT-02"}),
    "no certificate signer": ({"signer": False}, {"DPC-APP-SMCS-01"}),
    "no pairing code where one is taken": ({"policy": "4800"}, {"DPC-APP-PAIR-01"}),
    "a pairing code that counts": ({"code": "23456789"}, {"DPC-APP-PAIR-02"}),
    "a pairing code that counts down": ({"code": "87654321"}, {"DPC-APP-PAIR-02"}),
    "a pairing code of one digit": ({"code": "77777777"}, {"DPC-APP-PAIR-02"}),
    "a pairing code of seven digits": ({"code": "4712085"}, {"DPC-APP-PAIR-01", "DPC-APP-PAIR-02"}),
    "a pairing code with a letter": ({"code": "4712O853"}, {"DPC-APP-PAIR-01", "DPC-APP-PAIR-02"}),
    "a pairing code that is not vouched for": ({"code": CODE, "listed": False}, {"DPC-APP-SO-04"}),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims(tokens, name):
    options, expected = CLAIMS[name]
    reading = tokens.read(claiming(tokens, **options))
    assert tokens.found(reading) == expected | NOT_OF_2014


def test_no_finding_says_what_the_pairing_code_is(tokens):
    for code in ("23456789", "4712O853", "77777777"):
        judged = tokens.judged(tokens.read(claiming(tokens, code=code)))
        said = " ".join(f"{each.finding} {each.reason}" for each in judged.values())
        assert code not in said
        assert code.encode().hex() not in said.lower()


def test_a_pairing_code_that_needs_no_secret(tokens):
    reading = tokens.read(claiming(tokens, code=CODE))
    tag = containers.PAIRING_CODE.tag
    opened = replace(reading, before_pin={**reading.before_pin, tag: reading.after_pin[tag]})
    assert tokens.found(opened) == {"DPC-APP-PAIR-01"} | NOT_OF_2014


def test_a_claim_without_discovery_cannot_be_told_unless_something_shows_it(tokens):
    def no_discovery(signer):
        def change(token):
            claiming(tokens, signer=signer)(token)
            token.application.objects.remove(containers.DISCOVERY)
            token.seal()

        return tokens.judged(tokens.read(change))

    assert no_discovery(signer=True)["DPC-APP-DISC-04"].outcome is Outcome.FAILS
    unclear = no_discovery(signer=False)
    for each in ("DPC-APP-DISC-04", "DPC-APP-SMCS-01", "DPC-APP-SMCS-02", "DPC-APP-PAIR-01", "DPC-CRY-SM-01"):
        assert unclear[each].outcome is Outcome.CANNOT_TELL


def signer_object(tokens, *more):
    der = tokens.pki.content_signer.certificate.public_bytes(Encoding.DER)
    return tlv(b"\x70", der) + tlv(b"\x71", b"\0") + b"".join(more) + card_data.END


INTERMEDIATE = tlv(b"\x7f\x21", tlv(b"\x5f\x29", b"\x80") + tlv(b"\x5f\x37", bytes(64)))
SIGNERS = {
    "an intermediate CVC": ((INTERMEDIATE,), set()),
    "an intermediate CVC without a signature": (
        (tlv(b"\x7f\x21", tlv(b"\x5f\x29", b"\x80")),),
        {"DPC-APP-SMCS-01"},
    ),
    "an MSCUID": ((tlv(b"\x72", b"1"),), {"DPC-APP-SMCS-01"}),
}


@pytest.mark.parametrize("name", SIGNERS)
def test_certificate_signer(tokens, name):
    more, expected = SIGNERS[name]
    reading = tokens.read(claiming(tokens))
    answer = ObjectAnswer(0x9000, tlv(b"\x53", signer_object(tokens, *more)))
    changed = {containers.SM_CERTIFICATE_SIGNER.tag: answer}
    reading = replace(reading, before_pin=reading.before_pin | changed, after_pin=reading.after_pin | changed)
    assert tokens.found(reading) == expected | NOT_OF_2014


def test_the_signature_certificate_is_no_certificate_signer(tokens):
    reading = tokens.read(claiming(tokens))
    changed = {containers.SM_CERTIFICATE_SIGNER.tag: reading.answer(containers.SIGNATURE_CERTIFICATE)}
    reading = replace(reading, before_pin=reading.before_pin | changed, after_pin=reading.after_pin | changed)
    assert tokens.found(reading) == {"DPC-APP-SMCS-02"} | NOT_OF_2014


def certificate_on(curve):
    key, name = ec.generate_private_key(curve), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Somebody")])
    begin, end = datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, begin, end).sign(key, hashes.SHA384())
    return card_data.certificate_object(made.public_bytes(Encoding.DER))


def test_a_certificate_that_cannot_be_read_hides_no_key_that_is_too_strong(tokens):
    reading = tokens.read(claiming(tokens))
    contents = {
        containers.SIGNATURE_CERTIFICATE: card_data.certificate_object(b"0\0"),
        containers.KEY_MANAGEMENT_CERTIFICATE: certificate_on(ec.SECP384R1()),
    }
    changed = {each.tag: ObjectAnswer(0x9000, tlv(b"\x53", content)) for each, content in contents.items()}
    reading = replace(reading, before_pin=reading.before_pin | changed, after_pin=reading.after_pin | changed)
    assert "DPC-CRY-SM-01" in tokens.found(reading)
