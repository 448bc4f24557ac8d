"""The authorities of the test PKI: who is below whom, for how long, and the same for the same seed."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder

YEAR = timedelta(days=365)


def value(certificate, kind):
    return certificate.extensions.get_extension_for_class(kind).value


def policies(certificate):
    return {policy.policy_identifier.dotted_string for policy in value(certificate, x509.CertificatePolicies)}


def issuer_of(pki, authority):
    return pki.root if authority.name in ("root", "intermediate") else pki.intermediate


def test_each_certificate_is_signed_by_the_authority_above(pki):
    for authority in pki.authorities:
        above = issuer_of(pki, authority).certificate
        authority.certificate.verify_directly_issued_by(above)
        assert above.not_valid_before_utc <= authority.certificate.not_valid_before_utc
        assert authority.certificate.not_valid_after_utc <= above.not_valid_after_utc
        assert policies(authority.certificate) <= policies(above)
    assert pki.trust_anchor is pki.root.certificate
    assert pki.intermediates() == [authority.certificate for authority in pki.authorities[1:]]


def test_old_cards_fit_into_the_life_of_their_authority(pki):
    assert pki.piv_authority.certificate.not_valid_before_utc <= pki.start - 4 * YEAR
    assert pki.derived_authority.certificate.not_valid_after_utc >= pki.start + 4 * YEAR


def test_every_ca_below_the_root_says_where_its_status_is(pki):
    for authority in pki.authorities[1:]:
        above = issuer_of(pki, authority)
        [point] = value(authority.certificate, x509.CRLDistributionPoints)
        access = value(authority.certificate, x509.AuthorityInformationAccess)
        assert [name.value for name in point.full_name] == [above.crl_url]
        assert [entry.access_location.value for entry in access] == [above.p7c_url, above.ocsp_url]
        assert all(url.startswith("http://") and ":" not in url[7:] for url in (above.crl_url, above.p7c_url))


def test_rsa_and_ec_both_occur(pki):
    kinds = {isinstance(authority.certificate.public_key(), RSAPublicKey) for authority in pki.authorities}
    assert kinds == {True, False}


def test_the_impostor_has_the_names_but_not_the_keys(pki):
    foreign, real = pki.foreign_authority, pki.piv_authority
    assert (foreign.subject, foreign.certificate.issuer) == (real.subject, real.certificate.issuer)
    assert foreign.key_identifier != real.key_identifier
    with pytest.raises(InvalidSignature):
        foreign.certificate.verify_directly_issued_by(pki.intermediate.certificate)


def test_the_content_signer_outlives_cards_within_nine_years(pki):
    signer = pki.content_signer.certificate
    signer.verify_directly_issued_by(pki.piv_authority.certificate)
    assert signer.public_key() == pki.content_signer.key.public_key()
    assert signer.not_valid_after_utc > pki.start + 3 * YEAR
    assert signer.not_valid_after_utc - signer.not_valid_before_utc <= 9 * YEAR
    purposes = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert purposes.critical
    assert [purpose.dotted_string for purpose in purposes.value] == ["2.16.840.1.101.3.6.7"]
    assert policies(signer) == {"2.16.840.1.101.3.2.1.3.39"}


@pytest.mark.parametrize("days", [0, 89, 90, 400, -100])
def test_an_ocsp_responder_is_current_at_every_moment(pki, days):
    now = pki.start + timedelta(days=days)
    for authority in pki.authorities:
        responder = pki.ocsp_responder_of(authority, now)
        certificate = responder.certificate
        certificate.verify_directly_issued_by(authority.certificate)
        assert certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc
        assert certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(days=120)
        assert policies(certificate) == policies(authority.certificate)
        assert pki.ocsp_responder_of(authority, now) is responder


def test_the_same_seed_makes_the_same_pki(pki):
    def facts(made):
        identities = [*made.authorities, made.content_signer, made.ocsp_responder_of(made.derived_authority)]
        return [
            (each.certificate.subject, each.certificate.serial_number, each.key.private_numbers())
            for each in identities
        ]

    again = TestPki(pki.start, machine_now(), SeededEntropy("pki"), KeyPool(default_folder()))
    other = TestPki(pki.start, machine_now(), SeededEntropy("other"), KeyPool(default_folder()))
    assert facts(again) == facts(pki)
    assert {serial for _, serial, _ in facts(other)}.isdisjoint(serial for _, serial, _ in facts(pki))
    assert again.tls_identity("a.dpc.example").key_pem == pki.tls_identity("a.dpc.example").key_pem


def test_keys_do_not_show_in_representations(pki):
    texts = [repr(pki.root), repr(pki.content_signer), repr(pki.tls_identity("idp.dpc.example"))]
    assert not any("key=" in text or "PRIVATE" in text for text in texts)
