"""Where the sources contradict each other the user chooses, by the names that the catalogue has for it."""

from typing import Any

import pytest

from dpc_conformance.catalogue.conflicts import load_conflicts
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Finding
from dpc_conformance.checks.judgement import findings, judge_certificate
from dpc_conformance.checks.options import Options
from dpc_conformance.checks.profiles.selection import BY_KEY
from dpc_conformance.faults.certificates.material import evidence, good, policies
from dpc_conformance.faults.certificates.other_kinds import responder
from dpc_conformance.faults.mutants import goldens, mutants
from dpc_conformance.formats import oids


def found(description: str, choices: dict[str, str]) -> dict[str, Finding]:
    mutant = next(one for one in (*mutants(), *goldens()) if one.description == description)
    told: dict[str, Any] = {**evidence(), **mutant.evidence(), "options": Options.chosen(choices)}
    return findings(judge_certificate(mutant.make(), CertificateContext(**told), BY_KEY[mutant.profile]))


def test_the_defaults_are_those_the_catalogue_suggests() -> None:
    conflicts = load_conflicts()
    for name, option in Options().as_chosen().items():
        assert conflicts[name].default == option, name


def test_choices_of_other_conflicts_do_not_matter() -> None:
    assert Options.chosen({"activation-secret": "four"}) == Options()


@pytest.mark.parametrize(
    ("description", "choices", "expected"),
    [
        ("RSA-4096 key, which the certificate profile lists", {}, {"DPC-CRY-KEY-02": "error"}),
        (
            "RSA-4096 key, which the certificate profile lists",
            {"rsa-4096": "common-policy"},
            {"DPC-CRY-KEY-02": "warning"},
        ),
        ("RSA CA that signs with SHA-512, which SP 800-78-5 does not list", {}, {}),
        (
            "RSA CA that signs with SHA-512, which SP 800-78-5 does not list",
            {"sha-512-signatures": "refuse"},
            {"DPC-CRY-SIG-01": "error"},
        ),
        ("both derived policies", {}, {"DPC-CERT-POL-02": "error"}),
        ("both derived policies", {"both-derived-policies": "warn"}, {"DPC-CERT-POL-02": "warning"}),
        ("both derived policies", {"both-derived-policies": "allow"}, {}),
        ("responder: 120 days", {"ocsp-basic-constraints": "prohibited"}, {"DPC-OCSP-CERT-07": "error"}),
        (
            "responder: no basic constraints, which the default only warns of",
            {},
            {"DPC-OCSP-CERT-07": "warning"},
        ),
        (
            "responder: no basic constraints, which the default only warns of",
            {"ocsp-basic-constraints": "required"},
            {"DPC-OCSP-CERT-07": "error"},
        ),
        (
            "responder: no basic constraints, which the default only warns of",
            {"ocsp-basic-constraints": "prohibited"},
            {},
        ),
    ],
)
def test_a_choice_changes_what_is_found(description: str, choices: dict[str, str], expected: dict[str, str]) -> None:
    assert {one: finding.severity for one, finding in found(description, choices).items()} == expected


@pytest.mark.parametrize(("label", "expected"), [("cite", {"DPC-CERT-POL-04"}), ("fpkilint", set())])
def test_what_48_83_means_is_configurable(label: str, expected: set[str]) -> None:
    asserted = policies(oids.TEST_DERIVED_PIV_AUTH, oids.TEST_PIVI_AUTHENTICATION)
    der = good().with_value(oids.CERTIFICATE_POLICIES, asserted).signed()
    options = Options.chosen({"pivi-test-policies": label})
    told = CertificateContext(**{**evidence(), "test_pki": True, "options": options})
    assert set(findings(judge_certificate(der, told))) == expected


def test_the_responder_of_the_golden_has_what_the_worksheet_lists() -> None:
    assert any(one.oid == oids.BASIC_CONSTRAINTS for one in responder().extensions)
