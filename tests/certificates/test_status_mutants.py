"""Every mutant of a CRL or OCSP response yields exactly the requirements it names, and every good one none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from dpc_conformance.checks.finding import CannotTell, Outcome
from dpc_conformance.checks.judgement import Evaluated, findings
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.revocation import judge_crl, judge_ocsp
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.checks.status.ocsp import is_fresh
from dpc_conformance.faults.certificates.encoding import utc_time
from dpc_conformance.faults.certificates.material import ca_template
from dpc_conformance.faults.certificates.signers import rsa_spki
from dpc_conformance.faults.mutants import CRL, OCSP_RESPONSE, Kind, Mutant, goldens, mutants
from dpc_conformance.faults.status.material import MADE, RESPONDER, CrlTemplate, OcspTemplate, evidence
from dpc_conformance.formats.crl import read_crl
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.ocsp import read_ocsp

KINDS: tuple[Kind, ...] = (CRL, OCSP_RESPONSE)
JUDGES: dict[Kind, Callable[[bytes, StatusContext], list[Evaluated]]] = {CRL: judge_crl, OCSP_RESPONSE: judge_ocsp}


def judged(mutant: Mutant) -> list[Evaluated]:
    told: dict[str, Any] = {**evidence(), **mutant.evidence()}
    return JUDGES[mutant.kind](mutant.make(), StatusContext(**told))


@pytest.mark.parametrize("mutant", [*mutants(CRL), *mutants(OCSP_RESPONSE)], ids=lambda mutant: mutant.description)
def test_a_mutant_yields_exactly_what_it_names(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert set(found) == mutant.yields, [str(one) for one in found.values()]


@pytest.mark.parametrize("mutant", [*goldens(CRL), *goldens(OCSP_RESPONSE)], ids=lambda mutant: mutant.description)
def test_a_good_one_yields_nothing(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert not found, [str(one) for one in found.values()]


def test_an_answer_about_a_certificate_is_a_sequence() -> None:
    response, cert_id = OcspTemplate().signed(), OcspTemplate().cert_id
    at = response.index(cert_id)  # the answer begins with its CertID, behind a tag and a length of one octet
    with pytest.raises(DerError, match="an answer about a certificate is SET, not SEQUENCE"):
        read_ocsp(response[: at - 2] + b"\x31" + response[at - 1 :])


def test_every_check_on_status_has_a_mutant() -> None:
    proved = {requirement for kind in KINDS for mutant in mutants(kind) for requirement in mutant.yields}
    checked = {one.requirement for kind in (Evidence.CRL, Evidence.OCSP_RESPONSE) for one in checks(kind)}
    assert checked == proved


def test_the_crl_view_agrees_with_cryptography() -> None:
    for golden in goldens(CRL):
        view, other = read_crl(golden.make()), x509.load_der_x509_crl(golden.make())
        assert view.serials == {entry.serial_number for entry in other}
        assert (view.this_update.moment, view.tbs) == (other.last_update_utc, other.tbs_certlist_bytes)
        assert view.next_update is not None
        assert view.next_update.moment == other.next_update_utc
        assert view.number == other.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def test_the_ocsp_view_agrees_with_cryptography() -> None:
    for golden in goldens(OCSP_RESPONSE):
        view, other = read_ocsp(golden.make()), ocsp.load_der_ocsp_response(golden.make())
        single = view.responses[0]
        assert view.defects == ()
        assert (view.tbs, view.signature) == (other.tbs_response_bytes, other.signature)
        assert single.cert_id.serial == other.serial_number
        assert single.status == other.certificate_status.name.lower()
        assert (single.cert_id.issuer_name_hash, single.cert_id.issuer_key_hash) == (
            other.issuer_name_hash,
            other.issuer_key_hash,
        )
        assert view.responder_key_hash == other.responder_key_hash
        assert view.produced_at.moment == other.produced_at_utc


def test_how_long_status_may_last_depends_on_a_kind_of_ca_that_must_be_given() -> None:
    for_seven_days = replace(CrlTemplate(), next_update=utc_time(MADE + timedelta(days=7))).signed()
    found = judge_crl(for_seven_days, StatusContext(**{**evidence(), "longest": None}))
    assert {one.requirement: one.outcome for one in found}["DPC-CRL-TIME-02"] is Outcome.CANNOT_TELL
    late = OcspTemplate(next_update=MADE + timedelta(days=7)).signed()
    found = judge_ocsp(late, StatusContext(**{**evidence(), "longest": None}))
    assert {one.requirement: one.outcome for one in found}["DPC-OCSP-FRESH-01"] is Outcome.CANNOT_TELL


def test_a_crl_for_a_month_may_be_that_of_an_offline_ca_unless_it_covers_a_subscriber() -> None:
    for_a_month = replace(CrlTemplate(), next_update=utc_time(MADE + timedelta(days=30))).signed()
    told = {**evidence(), "longest": None}
    outcomes = [
        {one.requirement: one.outcome for one in judge_crl(for_a_month, StatusContext(**context))}["DPC-CRL-TIME-02"]
        for context in (told, {**told, "certificate": None})
    ]
    assert outcomes == [Outcome.FAILS, Outcome.CANNOT_TELL]


def test_without_a_certificate_the_location_of_a_crl_cannot_be_told() -> None:
    golden = next(one for one in goldens(CRL) if one.description.startswith("CRL whose entry is on hold"))
    found = judge_crl(golden.make(), StatusContext(**{**evidence(), "certificate": None}))
    assert {one.requirement: one.outcome for one in found}["DPC-CRL-IDP-01"] is Outcome.CANNOT_TELL


def test_without_the_ca_its_key_identifier_in_a_crl_cannot_be_told() -> None:
    found = judge_crl(CrlTemplate().signed(), StatusContext(**{**evidence(), "issuer": None}))
    assert {one.requirement: one.outcome for one in found}["DPC-CRL-EXT-01"] is Outcome.CANNOT_TELL


def test_a_shorter_rsa_key_is_a_weaker_one_though_both_give_128_bits() -> None:
    ca = replace(ca_template(), public_key=rsa_spki(4096)).signed()
    response = OcspTemplate(signer=replace(RESPONDER, public_key=rsa_spki(3072))).signed()
    found = findings(judge_ocsp(response, StatusContext(**{**evidence(), "issuer": ca})))
    assert (found["DPC-CRL-STRENGTH-01"].expected, found["DPC-CRL-STRENGTH-01"].actual) == (
        "a key as strong as RSA-4096",
        "RSA-3072",
    )


def test_the_last_minute_that_a_date_can_name_is_a_moment_like_any_other() -> None:
    told = {**evidence(), "moment": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}
    assert "DPC-OCSP-FRESH-01" in findings(judge_ocsp(OcspTemplate().signed(), StatusContext(**told)))


def test_a_response_about_nobody_is_not_fresh_but_unclear() -> None:
    response = read_ocsp(OcspTemplate().signed())
    answer = is_fresh(replace(response, responses=()), StatusContext(**evidence()))
    assert answer == CannotTell("the response is about no certificate")
