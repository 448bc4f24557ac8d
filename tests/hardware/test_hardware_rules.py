"""The rules on hardware credentials, on facts that no run of the reference leaves behind."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.checks.flow.applicant_biometrics import identified_in_each_transaction
from dpc_conformance.checks.flow.hardware_keys import device_was_issued_to_the_holder, made_in_the_module
from dpc_conformance.checks.flow.hardware_rekey import another_module_repeats_issuance
from dpc_conformance.checks.flow.registration import applicant_appears, operators_log_on_with_hardware
from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.hardware import AssetRecord, HardwareFacts, KeyAttestation
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.evidence.registration import Comparison, Registration
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder, ec_key

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOLDER, OPERATOR = "grace.goode", "olga.operator"
COMPARED = Comparison("match", "matcher 1.0", "card 5FC103", "sample-1", "00")


@pytest.fixture(scope="module")
def pki():
    return TestPki(AT, machine_now(), SeededEntropy("hardware"), KeyPool(default_folder()))


@pytest.fixture(scope="module")
def certified(pki):
    """Certificate (DER) and public key of a hardware credential, by a label."""

    def make(label, policy=oids.DERIVED_PIV_AUTH_HARDWARE):
        entropy = SeededEntropy(label)
        public = (pki.pool_key if label == "RSA" else ec_key(entropy, ec.SECP256R1())).public_key()
        builder = profiles.derived_authentication(
            pki.derived_authority, naming.directory_name("Grace Goode"), public, UUID(int=1), AT, entropy, policy
        )
        return pki.derived_authority.sign(builder).public_bytes(Encoding.DER), public

    pki.pool_key = KeyPool(default_folder()).rsa(2048, SeededEntropy("RSA"))
    return make


def credential(certificate, issued_at=AT, device_id="phone-1", origin="device"):
    return IssuedCredential(
        HOLDER, device_id, "authentication", certificate, issued_at, issued_at, "delivered", b"", origin
    )


def attestation(public, chain, module="SE-1"):
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ders = tuple(each.public_bytes(Encoding.DER) for each in chain)
    return KeyAttestation(hashlib.sha256(spki).hexdigest(), module, ders, AT)


def facts(*credentials, timeline=(), audit=(), **hardware):
    return ScenarioFacts(
        AT + 9 * DAY, tuple(timeline), tuple(audit), credentials, (), HOLDER, "", b"", False,
        hardware=HardwareFacts(**hardware),
    )  # fmt: skip


def visit(certificate, at=AT, **changes):
    serial = f"{read_certificate(certificate).serial:x}"
    made = Registration(at, "1", HOLDER, "in-person", OPERATOR, b"", at, COMPARED, None, (serial,))
    return replace(made, **changes)


@pytest.fixture(scope="module")
def maker():
    return DeviceMaker(AT, SeededEntropy("maker"))


def test_a_chain_about_the_key_is_taken_from_the_device_that_holds_it(certified, maker):
    certificate, public = certified("one")
    chain = maker.attestation_key("SE-1").attest(public, b"c")
    assets = (AssetRecord("phone-1", "SE-1", HOLDER, AT - DAY),)
    good = facts(credential(certificate), attestations=(attestation(public, chain),), assets=assets)
    assert made_in_the_module(good) is None
    assert device_was_issued_to_the_holder(good) is None
    elsewhere = replace(good.hardware, assets=(AssetRecord("phone-1", "SE-2", "anders.other", AT),))
    assert "SE-2" not in made_in_the_module(replace(good, hardware=elsewhere)).actual
    assert "anders.other" in device_was_issued_to_the_holder(replace(good, hardware=elsewhere)).actual


def test_a_chain_that_does_not_hold_is_no_evidence(certified, maker):
    certificate, public = certified("one")
    ours, other = maker.attestation_key("SE-1"), maker.namesake(SeededEntropy("x")).attestation_key("SE-1")
    another = certified("another")[1]
    for chain in (ours.attest(another, b"c"), (*other.attest(public, b"c")[:2], maker.root), (), (maker.root,)):
        assert made_in_the_module(facts(credential(certificate), attestations=(attestation(public, chain),)))
    made_elsewhere = credential(certificate, origin="issuer")
    chain = ours.attest(public, b"c")
    assert made_in_the_module(facts(made_elsewhere, attestations=(attestation(public, chain),)))


@pytest.mark.parametrize("label", ["one", "RSA"])
def test_a_key_that_a_token_was_seen_making_needs_no_attestation(certified, label):
    certificate, public = certified(label)
    if label == "RSA":
        value = public.public_numbers().n.to_bytes(256, "big")
    else:
        value = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    answer = (bytes.fromhex("7F49") + value).hex().upper() + "9000"
    seen = ApduExchange(AT, "GENERATE 9A", "0047009A05AC03800111", answer, 0x9000, "success")
    assert made_in_the_module(facts(credential(certificate), timeline=[seen])) is None
    for changes in ({"command": "0047009C05AC03800111"}, {"response": "7F499000"}, {"status": 0x6982}):
        assert made_in_the_module(facts(credential(certificate), timeline=[replace(seen, **changes)]))


def test_without_a_hardware_credential_nothing_is_proved(certified):
    software = facts(credential(certified("soft", oids.DERIVED_PIV_AUTH)[0]))
    for rule in (
        made_in_the_module,
        device_was_issued_to_the_holder,
        applicant_appears,
        identified_in_each_transaction,
    ):
        assert rule(software).actual == "none"


def test_a_test_pki_has_hardware_credentials_of_its_own(certified):
    certificate, _ = certified("test", oids.TEST_DERIVED_PIV_AUTH_HARDWARE)
    assert applicant_appears(facts(credential(certificate), registrations=(visit(certificate),))) is None


def test_nobody_is_the_own_operator_and_no_channel_is_none(certified):
    certificate, _ = certified("one")
    for changes in ({"operator": HOLDER}, {"operator": ""}, {"channel": ""}, {"serials": ()}):
        assert applicant_appears(facts(credential(certificate), registrations=(visit(certificate, **changes),)))


def test_an_operators_certificate_that_cannot_be_read_is_none(certified):
    certificate, _ = certified("one")
    registered = facts(registrations=(visit(certificate, operator_certificate=certificate),))
    assert operators_log_on_with_hardware(registered) is None
    for der in (b"", b"no certificate", certified("soft", oids.DERIVED_PIV_AUTH)[0]):
        assert operators_log_on_with_hardware(facts(registrations=(visit(certificate, operator_certificate=der),)))


def signed_in(at):
    return AuditRecord(at, HOLDER, "sign-in", "card", "accepted")


def test_the_transaction_in_which_it_was_fetched_counts(certified):
    certificate, _ = certified("one")
    visits = (visit(certificate), visit(certificate, AT + DAY))
    good = facts(credential(certificate, AT + DAY), audit=[signed_in(AT), signed_in(AT + DAY)], registrations=visits)
    assert identified_in_each_transaction(good) is None
    alone = replace(good, audit=(*good.audit, signed_in(AT + DAY + timedelta(minutes=5))))
    later = replace(alone, credentials=(credential(certificate, AT + 2 * DAY),))
    assert "the one in which" in identified_in_each_transaction(later).expected


def moved(certified, maker, second, audit=(), registrations=()):
    """A first credential in one module, and another one in a second module a day later."""
    one, key = certified("one")
    two, other = certified(second)
    chains = [(key, "SE-1"), (other, "SE-2")]
    made = [attestation(public, maker.attestation_key(se).attest(public, b"c"), se) for public, se in chains]
    both = credential(one), credential(two, AT + DAY, "phone-2")
    return facts(*both, audit=audit, attestations=tuple(made), registrations=tuple(registrations))


def test_another_module_needs_what_the_first_one_needed(certified, maker):
    one, two = certified("one")[0], certified("two")[0]
    fresh = [signed_in(AT + DAY)]
    before, after = visit(one), visit(two, AT + DAY)
    assert another_module_repeats_issuance(moved(certified, maker, "two", fresh, [before, after])) is None
    for registrations in ([before], [before, visit(two, AT - DAY)], [before, replace(after, comparison=None)]):
        assert another_module_repeats_issuance(moved(certified, maker, "two", fresh, registrations))
    assert another_module_repeats_issuance(moved(certified, maker, "two", [], [before, after]))


def test_records_may_show_the_newest_credential_first(certified, maker):
    both = moved(certified, maker, "two", [signed_in(AT + DAY)])
    assert another_module_repeats_issuance(replace(both, credentials=both.credentials[::-1])) is None


def test_where_nobody_has_to_appear_pki_auth_is_what_is_repeated(certified, maker):
    assert another_module_repeats_issuance(moved(certified, maker, "two", [signed_in(AT + DAY)])) is None
    assert another_module_repeats_issuance(moved(certified, maker, "two", [signed_in(AT - DAY)]))
