"""Every mutant yields exactly the requirements it names, and every good certificate none."""

from collections.abc import Mapping
from typing import Any

import pytest

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated, findings, judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import Mutant, goldens, mutants

WITHOUT_MUTANT: Mapping[str, str] = {}
"""Checks that no mutant can prove, each with the reason."""


def judged(mutant: Mutant) -> list[Evaluated]:
    told: dict[str, Any] = {**evidence(), **mutant.evidence()}
    return judge_certificate(mutant.make(), CertificateContext(**told))


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.description)
def test_a_mutant_yields_exactly_what_it_names(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert set(found) == mutant.yields, [str(one) for one in found.values()]


@pytest.mark.parametrize("mutant", goldens(), ids=lambda mutant: mutant.description)
def test_a_good_certificate_yields_nothing(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert not found, [str(one) for one in found.values()]


def test_every_check_of_the_profile_has_a_mutant() -> None:
    proved = {requirement for mutant in mutants() for requirement in mutant.yields}
    assert set(DERIVED_AUTHENTICATION.requirements) - proved == set(WITHOUT_MUTANT)


def test_every_check_of_the_profile_holds_for_some_good_certificate() -> None:
    held = {one.requirement for mutant in goldens() for one in judged(mutant) if one.outcome is Outcome.HOLDS}
    # Two rules are about certificates of the past; one is about a purpose that another rule forbids.
    never = {"DPC-CERT-VALID-06", "DPC-CERT-EKU-06", "DPC-CERT-SAN-08"}
    assert set(DERIVED_AUTHENTICATION.requirements) - held == never


def test_mutants_name_only_requirements_that_are_checked() -> None:
    named = {requirement for mutant in mutants() for requirement in mutant.yields}
    assert named <= set(DERIVED_AUTHENTICATION.requirements)


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
