"""The view says what `cryptography` says about the same certificate."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.faults.mutants import Mutant, goldens
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.extension_values import KEY_USAGE_NAMES


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.description)
def test_the_view_agrees_with_cryptography(golden: Mutant) -> None:
    der = golden.make()
    agree(read_certificate(der), x509.load_der_x509_certificate(der))


def agree(view: CertificateView, other: x509.Certificate) -> None:
    assert view.version == other.version.value
    assert view.serial == other.serial_number
    assert view.tbs == other.tbs_certificate_bytes
    assert view.signature == other.signature
    assert view.inner_algorithm.oid == other.signature_algorithm_oid.dotted_string
    assert (view.not_before.moment, view.not_after.moment) == (other.not_valid_before_utc, other.not_valid_after_utc)
    assert view.issuer.der == other.issuer.public_bytes()
    assert view.subject.der == other.subject.public_bytes()
    assert [(one.oid, one.text) for one in view.subject.attributes()] == [
        (one.oid.dotted_string, one.value) for one in other.subject
    ]
    assert view.public_key.der == other.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert [(one.oid, one.critical) for one in view.extensions] == [
        (one.oid.dotted_string, one.critical) for one in other.extensions
    ]
    for extension in other.extensions:
        agree_on(view, extension.value)


def agree_on(view: CertificateView, value: x509.ExtensionType) -> None:
    match value:
        case x509.KeyUsage():
            names = {"nonRepudiation": "content_commitment", "cRLSign": "crl_sign"}
            for bit, name in enumerate(KEY_USAGE_NAMES[:7]):
                attribute = names.get(name) or "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
                assert (bit in (view.key_usage or ())) == getattr(value, attribute), name
        case x509.ExtendedKeyUsage():
            assert list(view.extended_key_usage) == [one.dotted_string for one in value]
        case x509.CertificatePolicies():
            assert list(view.policy_oids) == [one.policy_identifier.dotted_string for one in value]
        case x509.SubjectAlternativeName():
            assert list(view.uris) == value.get_values_for_type(x509.UniformResourceIdentifier)
            assert len(view.alternative_names) == len(list(value))
        case x509.SubjectKeyIdentifier():
            assert view.subject_key_identifier == value.digest
        case x509.AuthorityKeyIdentifier():
            assert view.authority_key_identifier is not None
            assert view.authority_key_identifier.key_identifier == value.key_identifier
        case x509.BasicConstraints():
            assert view.basic_constraints is not None
            assert (view.basic_constraints.ca, view.basic_constraints.path_length) == (value.ca, value.path_length)
        case x509.CRLDistributionPoints():
            for ours, theirs in zip(view.distribution_points, value, strict=True):
                assert [str(name.text) for name in ours.names if name.kind == 6] == [
                    one.value for one in theirs.full_name or () if isinstance(one, x509.UniformResourceIdentifier)
                ]
        case x509.AuthorityInformationAccess():
            assert [(one.method, one.location.text) for one in view.authority_information_access] == [
                (one.access_method.dotted_string, one.access_location.value) for one in value
            ]
        case _:
            assert value.oid.dotted_string not in (oids.KEY_USAGE, oids.SUBJECT_ALT_NAME)
