"""Certificate profiles, read back with OpenSSL's and asn1crypto's eyes rather than with our own decoder."""

from datetime import timedelta

import pytest
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.pki import naming, profiles

FASC_N = bytes(range(25))  # what conftest.py writes
ARC = "2.16.840.1.101.3.2.1.3."
EXPECTED = {
    # kind: policy, key usage, purposes, purposes critical
    "piv_authentication": (
        "13",
        {"digital_signature"},
        {"client_auth", "microsoft_smart_card_logon"},
        False,
    ),
    "card_authentication": ("17", {"digital_signature"}, {"piv_card_authentication"}, True),
    "piv_signature": ("7", {"digital_signature", "non_repudiation"}, {"email_protection"}, False),
    "piv_key_management": ("7", {"key_encipherment"}, {"email_protection"}, False),
    "derived_authentication": (
        "40",
        {"digital_signature"},
        {"client_auth", "microsoft_smart_card_logon"},
        False,
    ),
    "derived_signature": ("6", {"digital_signature", "non_repudiation"}, {"email_protection"}, False),
    "derived_key_management": ("6", {"key_agreement"}, {"email_protection"}, False),
}
ALLOWED = {
    "authority_key_identifier",
    "key_identifier",
    "key_usage",
    "extended_key_usage",
    "certificate_policies",
    "subject_alt_name",
    "crl_distribution_points",
    "authority_information_access",
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_each_kind_has_what_its_worksheet_asks_and_nothing_else(pki, subscribers, kind):
    policy, usages, purposes, critical = EXPECTED[kind]
    certificate = Certificate.load(subscribers.all[kind].public_bytes(Encoding.DER))
    extensions = {extension["extn_id"].native: extension for extension in certificate["tbs_certificate"]["extensions"]}
    assert set(extensions) == ALLOWED
    assert [entry["policy_identifier"] for entry in certificate.certificate_policies_value.native] == [ARC + policy]
    assert certificate.key_usage_value.native == usages
    assert set(certificate.extended_key_usage_value.native) == purposes
    wanted_critical = {"key_usage"} | ({"extended_key_usage"} if critical else set())
    assert {name for name, extension in extensions.items() if extension["critical"].native} == wanted_critical
    assert certificate.authority_key_identifier_value.native.keys() >= {"key_identifier"}
    assert certificate.authority_issuer_serial is None
    assert 8 <= len(certificate["tbs_certificate"]["serial_number"].contents) <= 20
    assert certificate.serial_number > 0
    span = certificate.not_valid_after - certificate.not_valid_before
    assert span < timedelta(days=3 * 365)
    assert certificate.not_valid_before == pki.start


def names(certificate):
    loaded = Certificate.load(certificate.public_bytes(Encoding.DER))
    return [
        (name.name, name.chosen.native if name.name != "other_name" else name.chosen["type_id"].native)
        for name in loaded.subject_alt_name_value
    ]


def test_alternative_names(subscribers):
    card, phone = subscribers.card_uuid.urn, subscribers.phone_uuid.urn
    fasc_n, upn = "2.16.840.1.101.3.6.6", "1.3.6.1.4.1.311.20.2.3"
    uri = "uniform_resource_identifier"
    assert names(subscribers.piv_authentication) == [("other_name", fasc_n), (uri, card), ("other_name", upn)]
    assert names(subscribers.card_authentication) == [("other_name", fasc_n), (uri, card)]
    assert names(subscribers.derived_authentication) == [(uri, phone), ("other_name", upn)]
    assert b"\x04\x19" + FASC_N in subscribers.piv_authentication.public_bytes(Encoding.DER)


def test_subjects(subscribers):
    assert subscribers.derived_authentication.subject.rfc4514_string() == (
        "CN=Alex Archer,OU=Department of Examples,O=U.S. Government,C=US"
    )
    assert subscribers.card_authentication.subject.rfc4514_string() == (
        f"2.5.4.5={subscribers.card_uuid},OU=Department of Examples,O=U.S. Government,C=US"
    )


def test_a_certificate_ends_with_its_card_and_with_its_authority(pki, subscribers):
    key = subscribers.piv_signature.public_key()
    entropy, name, card = SeededEntropy("ends"), naming.directory_name("Alex Archer"), subscribers.card_uuid
    authority = pki.piv_authority
    end = pki.start + timedelta(days=400)
    capped = authority.sign(
        profiles.piv_authentication(authority, name, key, card, FASC_N, pki.start, entropy, no_later_than=end)
    )
    assert capped.not_valid_after_utc == end
    late = authority.certificate.not_valid_after_utc - timedelta(days=10)
    last = authority.sign(profiles.piv_authentication(authority, name, key, card, FASC_N, late, entropy))
    assert last.not_valid_after_utc == authority.certificate.not_valid_after_utc


def test_serial_numbers_do_not_repeat(subscribers):
    serials = {certificate.serial_number for certificate in subscribers.all.values()}
    assert len(serials) == len(subscribers.all)


def test_a_fasc_n_of_another_length_is_refused(pki, subscribers):
    with pytest.raises(ValueError, match="25 bytes"):
        profiles.card_authentication(
            pki.piv_authority,
            subscribers.piv_signature.public_key(),
            subscribers.card_uuid,
            b"short",
            pki.start,
            SeededEntropy("x"),
        )
