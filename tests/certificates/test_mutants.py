"""Every mutant yields exactly the requirements it names, and every good certificate none."""

from collections.abc import Mapping
from typing import Any

import pytest

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated, findings, judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.selection import BY_KEY, PROFILES
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import Mutant, goldens, mutants

WITHOUT_MUTANT: Mapping[str, str] = {
    "DPC-CRY-PQC-01": "it never finds fault: what no edition covers cannot be told, as a test of its own shows",
}
"""Checks that no mutant can prove, each with the reason."""
NEVER_HOLD: Mapping[str, str] = {
    "DPC-CERT-SAN-08": "about a purpose that another rule forbids",
    "DPC-CRY-PQC-01": "it does not apply to what there is, and cannot be told of the rest",
}


def judged(mutant: Mutant) -> list[Evaluated]:
    told: dict[str, Any] = {**evidence(), **mutant.evidence()}
    return judge_certificate(mutant.make(), CertificateContext(**told), BY_KEY[mutant.profile])


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.description)
def test_a_mutant_yields_exactly_what_it_names(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert set(found) == mutant.yields, [str(one) for one in found.values()]


@pytest.mark.parametrize("mutant", goldens(), ids=lambda mutant: mutant.description)
def test_a_good_certificate_yields_nothing(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert not found, [str(one) for one in found.values()]


CHECKED = {requirement for profile in PROFILES for requirement in profile.requirements}


def test_every_check_of_every_profile_has_a_mutant() -> None:
    proved = {requirement for mutant in mutants() for requirement in mutant.yields}
    assert CHECKED - proved == set(WITHOUT_MUTANT)


def test_every_check_holds_for_some_good_certificate() -> None:
    held = {one.requirement for mutant in goldens() for one in judged(mutant) if one.outcome is Outcome.HOLDS}
    assert CHECKED - held == set(NEVER_HOLD)


def test_every_profile_has_goldens_and_mutants() -> None:
    for declared in (goldens(), mutants()):
        assert {one.profile for one in declared} == set(BY_KEY)


def test_mutants_name_only_requirements_that_are_checked() -> None:
    for mutant in mutants():
        assert mutant.yields <= set(BY_KEY[mutant.profile].requirements), mutant.description


def test_what_cannot_be_read_says_where_and_why() -> None:
    found = judge_certificate(b"\x30\x80\x00\x00", CertificateContext(moment=evidence()["moment"]))
    finding = findings(found)["DPC-CERT-DER-01"]
    assert finding.where == "offset 1"
    assert "indefinite length" in finding.actual
    assert {one.outcome for one in found} == {Outcome.FAILS, Outcome.CANNOT_TELL}


def test_without_evidence_nothing_is_found_and_nothing_guessed() -> None:
    golden = goldens()[0]
    found = judge_certificate(golden.make(), CertificateContext(moment=evidence()["moment"]))
    assert not findings(found)
    open_ = {one.requirement for one in found if one.outcome is Outcome.CANNOT_TELL}
    assert {"DPC-CERT-SIG-01", "DPC-CERT-ISSUER-01", "DPC-CERT-SAN-03", "DPC-PATH-ANCHOR-01"} <= open_


def test_of_a_post_quantum_key_it_cannot_be_told() -> None:
    mutant = next(one for one in mutants() if one.description.startswith("ML-DSA"))
    outcome = {one.requirement: one.outcome for one in judged(mutant)}["DPC-CRY-PQC-01"]
    assert outcome is Outcome.CANNOT_TELL
    assert DERIVED_AUTHENTICATION.key == mutant.profile
