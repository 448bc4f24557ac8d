"""Every requirement that certificates, CRLs and OCSP can show stands in one class, and has its check and its proof."""

from dpc_conformance.catalogue import vocabulary
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.checks import registry
from dpc_conformance.checks.classes import (
    AGGREGATE,
    CERTIFICATE,
    RELATION,
    SERVICE,
    STATUS,
    VERIFIER,
    class_of,
    load_classes,
    why_open,
)
from dpc_conformance.checks.profiles.selection import PROFILES
from dpc_conformance.checks.registry import Evidence
from dpc_conformance.faults.mutants import CERTIFICATE as CERTIFICATES
from dpc_conformance.faults.mutants import CRL, OCSP_RESPONSE, SIGNED_OBJECT, goldens, mutants
from dpc_conformance.faults.mutants import SERVICE as SERVICES

SHOWN = {
    one.id
    for one in load_catalogue()
    if one.testable_by in (vocabulary.TestableBy.CERTIFICATE, vocabulary.TestableBy.PATH) and one.group != "DPC-PACS"
}
ACCEPTED = {one for profile in PROFILES for one in profile.accepted}
EVIDENCE = {
    CERTIFICATE: {Evidence.CERTIFICATE, Evidence.SIGNED_OBJECT},
    RELATION: {Evidence.CERTIFICATE},
    STATUS: {Evidence.CRL, Evidence.OCSP_RESPONSE},
    SERVICE: {Evidence.SERVICE},
}
PROVED = {
    one
    for kind in (CERTIFICATES, CRL, OCSP_RESPONSE, SIGNED_OBJECT, SERVICES)
    for mutant in mutants(kind)
    for one in mutant.yields
}
NO_MUTANT = {"DPC-CRY-PQC-01": "it never finds fault"}


def test_all_179_stand_in_one_class() -> None:
    listed = [one for each in load_classes().values() for one in each.requirements]
    assert len(listed) == len(set(listed)) == 179
    assert set(listed) == SHOWN


def test_what_can_be_judged_has_a_check_and_is_proved() -> None:
    registry.load_all()
    for name, kinds in EVIDENCE.items():
        for one in load_classes()[name].requirements:
            if one in ACCEPTED:
                assert load_catalogue().expect(one, name).level is vocabulary.Level.MAY
                assert any(one in golden.accepts for golden in goldens()), one
            else:
                assert {check.evidence for check in registry.checks() if check.requirement == one} & kinds, one
                assert one in PROVED or one in NO_MUTANT, one


def test_an_aggregate_belongs_to_a_profile() -> None:
    assert set(load_classes()[AGGREGATE].requirements) == {one.aggregate for one in PROFILES if one.aggregate}


def test_only_verifiers_are_open_and_each_says_why() -> None:
    registry.load_all()
    shown = {one.requirement for one in registry.refusals()}
    shown |= {one.requirement for one in registry.checks(Evidence.FLOW)}
    for name, each in load_classes().items():
        assert set(each.open) <= set(each.requirements)
        assert not each.open or name == VERIFIER
    for one in load_classes()[VERIFIER].requirements:
        assert (one in shown) != why_open(one).endswith("."), one
    assert why_open("DPC-CERT-EKU-01") == ""


def test_a_requirement_of_another_kind_has_no_class() -> None:
    assert class_of("DPC-ISS-PKIAUTH-01") is None


def test_nothing_that_only_allows_is_held_against_anybody() -> None:
    may = {one.id for one in load_catalogue() if one.level is vocabulary.Level.MAY}
    for kind in (CERTIFICATES, CRL, OCSP_RESPONSE):
        for mutant in mutants(kind):
            assert not (mutant.yields & may & ACCEPTED), mutant.description
