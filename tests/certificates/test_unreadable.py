"""Certificates that the library refuses in ways of its own: whoever reads one of others says so, and goes on."""

from dataclasses import replace
from datetime import UTC, datetime
from ssl import DER_cert_to_PEM_cert

import pytest
from cryptography.x509 import load_der_x509_certificate

from dpc_conformance.adapters.card_trust import TrustError, read_trust
from dpc_conformance.casting_trust import _issuer_of
from dpc_conformance.clock import RunClock
from dpc_conformance.commands.certificate_lines import certificate_lines
from dpc_conformance.faults.certificates.encoding import boolean, context, integer, oid, sequence
from dpc_conformance.faults.certificates.material import CA_KEY_USAGE, good
from dpc_conformance.formats import oids
from dpc_conformance.formats.pem import certificates_in_pem
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.relying_party.sign_in import CertificateSignIn
from dpc_conformance.reporting.package.object_kinds import alternative_names, recognise
from dpc_conformance.reporting.package.personal_data import is_a_persons
from dpc_conformance.reporting.package.signing import NotASigner, signer_from_files
from dpc_conformance.reporting.records.certificate_summary import summarise
from dpc_conformance.reporting.records.certificate_text import certificate_text
from dpc_conformance.roles.reasons import Reason

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
X400_ADDRESS = context(3, b"")
UNKNOWN_CURVE = sequence(sequence(oid("1.2.840.10045.2.1"), oid("1.2.3.4")), b"\x03\x03\x00\x04\x01")

NAMES = tuple(alternative_names(load_der_x509_certificate(good().signed())))

NOT_LOADED = {"version 4": replace(good(), version=context(0, integer(3))).signed()}
LOADED = {
    "an extension twice": good().adding(oids.KEY_USAGE, CA_KEY_USAGE, boolean(True)).signed(),
    "a name of a kind that nobody uses": good().with_value(oids.SUBJECT_ALT_NAME, sequence(X400_ADDRESS)).signed(),
    "a key on an unknown curve": replace(good(), public_key=UNKNOWN_CURVE).signed(),
}
ALL = NOT_LOADED | LOADED


@pytest.fixture(params=ALL.values(), ids=ALL)
def strange(request):
    return request.param


@pytest.fixture(params=NOT_LOADED.values(), ids=NOT_LOADED)
def not_loaded(request):
    return request.param


def test_report_shows_it_in_hexadecimal(strange):
    text = certificate_text(strange)
    assert text.startswith("not readable as a certificate: ")
    assert strange.hex() in text


def test_report_has_a_summary_or_none(strange):
    found = summarise(strange)
    assert found is None or found.subject


def test_card_is_shown_all_the_same(strange):
    assert list(certificate_lines(strange))[-1][0] == "problem"


def test_package_takes_it_for_something_of_a_person(strange):
    found = recognise(strange)
    assert not found.holders or all(map(is_a_persons, found.holders))
    assert all(tuple(alternative_names(holder)) in ((), NAMES) for holder in found.holders)


def test_issuer_refuses_whoever_comes_with_it(strange):
    never = None
    found = PkiAuthenticator(never, never, RunClock(NOW)).authenticate(strange)
    assert isinstance(found, Refusal)
    assert found.reason is Reason.PATH


def test_nobody_is_known_to_have_issued_it(not_loaded):
    assert _issuer_of((), not_loaded) is None


def test_web_application_refuses_whoever_comes_with_it(not_loaded):
    found = CertificateSignIn(None, None)([not_loaded])
    assert isinstance(found, Refusal)
    assert found.reason is Reason.PATH


def test_folder_of_authorities_names_the_file(not_loaded, tmp_path):
    (tmp_path / "odd.crt").write_bytes(not_loaded)
    with pytest.raises(TrustError, match=r"odd\.crt: expected one of the certificates"):
        read_trust(tmp_path, None, frozenset())


def test_people_and_products_hand_it_to_the_judge_as_it_is(strange):
    key = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"
    content = key + DER_cert_to_PEM_cert(strange)
    assert certificates_in_pem(content.encode()) == (strange,)


def test_nobody_signs_with_it(not_loaded):
    with pytest.raises(NotASigner, match="expected a certificate in PEM or DER"):
        signer_from_files(not_loaded, b"", None)
