"""Keys on the deriving card, as a scenario uses them outside TLS."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dpc_conformance.checks.flow.card_keys import (
    authentication_key_matches,
    authentication_key_needs_the_pin,
    card_authentication_key_needs_no_pin,
)
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import CardKeyUsed
from dpc_conformance.fixtures.card import CardKeys
from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
KEY_9A, KEY_9E = containers.PIV_AUTHENTICATION_KEY, containers.CARD_AUTHENTICATION_KEY
PIN = "246801"
KEY = ec.generate_private_key(ec.SECP256R1())
DIGEST = bytes(range(32))


def certificate_of(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Somebody")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, START, START + timedelta(days=900))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


CERTIFICATE = certificate_of(KEY)
SIGNATURE = KEY.sign(DIGEST, ec.ECDSA(Prehashed(hashes.SHA256())))


def facts(*records):
    return ScenarioFacts(START, records, (), (), (), "", "", b"", secret_in_mail=False)


def use(status=0x9000, *, verified=True, key=KEY_9A, digest=DIGEST, signature=SIGNATURE):
    return CardKeyUsed(START, key, verified, CERTIFICATE, digest, signature if status == 0x9000 else b"", status)


def test_a_key_that_answered_once_without_the_pin_needs_none():
    """The first refusal says nothing about the second use."""
    good = facts(use(0x6982, verified=False), use())
    assert authentication_key_needs_the_pin(good) is None
    found = authentication_key_needs_the_pin(facts(use(0x6982, verified=False), use(verified=False), use()))
    assert found is not None
    assert found.actual == "9000"


@pytest.mark.parametrize("digest", [bytes(48), bytes(20), b""])
def test_a_digest_that_the_signature_is_not_over_is_a_finding(digest):
    assert authentication_key_matches(facts(use(digest=digest))) is not None
    other = use(key=KEY_9E, verified=False, digest=digest)
    assert card_authentication_key_needs_no_pin(facts(other)) is not None


@pytest.mark.parametrize("algorithm", ["P-256", "P-384", "RSA-2048", "RSA-3072"])
def test_every_kind_of_key_that_a_piv_card_may_have_matches(pki, pool, algorithm):
    person = Person("bob", "Bob", "Baker", "bob@agency.example", "bob@agency.example")
    kinds = {KEY_9A: algorithm, KEY_9E: algorithm}
    card = personalise(pki, person, RunClock(START), SeededEntropy("kinds"), pool.scenario(), pin=PIN, algorithms=kinds)
    recorder = Recorder()
    edge = PivCard(card, recorder, RunClock(START))
    edge.select()
    hand = SimpleNamespace(edge=lambda: edge, pin=PIN)
    keys = CardKeys(SimpleNamespace(recorder=recorder, clock=RunClock(START)), hand)
    keys.use(KEY_9E)
    keys.verify_pin()
    keys.use(KEY_9A)
    made = facts(*recorder.of(CardKeyUsed))
    assert authentication_key_matches(made) is None
    assert card_authentication_key_needs_no_pin(made) is None
