"""What a run has to show: editions, dates, claims, programmes and the conflicts between sources."""

from dataclasses import replace
from datetime import date

import pytest

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.claims import Claims, not_applicable, read_rules
from dpc_conformance.catalogue.conflicts import chosen_options, judged_level, load_conflicts
from dpc_conformance.catalogue.editions import Edition, not_effective, read_dated
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.scope import load_scopes, scope_named
from dpc_conformance.catalogue.verdicts import Code, Verdict

TODAY = date(2026, 11, 23)
CATALOGUE = load_catalogue()


@pytest.mark.parametrize("edition", list(Edition))
def test_a_draft_never_decides(edition):
    drafts = [each for each in CATALOGUE if each.edition == "r1"]
    assert len(drafts) == 93
    assert all(not_effective(each, edition, TODAY) for each in drafts)


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("identifier", ["DPC-ISS-MULTI-01", "DPC-ISS-PKIAUTH-01", "DPC-ISS-BIO-01"])
def test_the_final_edition_decides_under_every_preview(edition, identifier):
    assert not_effective(CATALOGUE[identifier], edition, TODAY) is None


def test_a_preview_of_one_draft_leaves_out_what_only_the_other_says():
    fpd_only = CATALOGUE["DPC-ISS-MULTI-03"]
    assert not_effective(fpd_only, Edition.R1_FPD, TODAY).code == Code.DRAFT
    assert not_effective(fpd_only, Edition.R1_IPD, TODAY).code == Code.OTHER_DRAFT


@pytest.mark.parametrize(
    ("identifier", "today", "code"),
    [
        ("DPC-CERT-EKU-02", date(2019, 6, 30), Code.NOT_YET_IN_FORCE),
        ("DPC-CERT-EKU-02", date(2019, 7, 1), None),
        ("DPC-CERT-EKU-06", date(2020, 8, 31), None),
        ("DPC-CERT-EKU-06", date(2020, 9, 1), Code.NO_LONGER_IN_FORCE),
    ],
)
def test_some_requirements_are_in_force_only_for_a_time(identifier, today, code):
    found = not_effective(CATALOGUE[identifier], Edition.FINAL_2014, today)
    assert (found.code if found else None) == code


def test_a_dated_requirement_needs_a_date_and_a_reason():
    with pytest.raises(CatalogueError, match="expected dates"):
        read_dated('[DPC-CERT-EKU-02]\nreason = "x"', "dated.toml", CATALOGUE)


@pytest.mark.parametrize(
    ("identifier", "claims", "applies"),
    [
        ("DPC-ISS-BIO-01", {}, False),
        ("DPC-ISS-BIO-01", {"assurance_levels": {"aal3"}}, True),
        ("DPC-ISS-INPERSON-02", {"assurance_levels": {"aal3"}}, False),
        ("DPC-ISS-KEY-07", {}, False),
        ("DPC-ISS-KEY-07", {"key_origin": {"device", "issuer"}}, True),
        ("DPC-ISS-SCEP-01", {}, False),
        ("DPC-ISS-SCEP-01", {"enrolment_protocols": {"scep"}}, True),
        ("DPC-ISS-NONPKI-01", {}, False),
        ("DPC-ISS-NONPKI-01", {"pki_only": False}, True),
        ("DPC-KM-REC-01", {"certificates": {"key-management"}}, False),
        ("DPC-KM-ESCROW-01", {"certificates": {"authentication", "key-management"}}, True),
        ("DPC-KM-ESCROW-01", {}, False),
        ("DPC-KM-REC-01", {"certificates": {"key-management"}, "key_escrow": True}, True),
        ("DPC-APDU-GA-01", {"removable_token": True}, True),
        ("DPC-ISS-PKIAUTH-01", {}, True),
    ],
)
def test_claims_decide_what_applies(identifier, claims, applies):
    assert (not_applicable(identifier, Claims(**claims)) is None) is applies


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ('[[rule]]\nrequirements=["DPC-ISS"]\nclaim="colour"\nneeds=true\nreason="x"', "colour is not a claim"),
        ('[[rule]]\nrequirements=["DPC-IS"]\nclaim="pki_only"\nneeds=true\nreason="x"', "not in the catalogue"),
        ('[[rule]]\nrequirements=["DPC-ISS"]\nclaim="pki_only"', "expected requirements, claim, needs and reason"),
    ],
)
def test_a_wrong_rule_is_named(rule, sentence):
    with pytest.raises(CatalogueError, match=f"rules.toml: rule 1.*{sentence}"):
        read_rules(rule, "rules.toml", CATALOGUE)


def test_the_programmes():
    sizes = {name: len(scope.requirements) for name, scope in load_scopes().items()}
    assert sizes == {
        "enrolment": 128,
        "use": 15,
        "certificates": 182,
        "card": 26,
        "removable-token": 181,
        "full": 493,
    }


def test_several_programmes_are_one():
    both = scope_named("enrolment+use", "here")
    assert both.name == "enrolment+use"
    assert both.requirements == load_scopes()["enrolment"].requirements | load_scopes()["use"].requirements
    assert both.title.startswith("Enrolment: ")
    assert "; The credential at work: " in both.title


def test_an_unknown_programme_names_the_nearest():
    with pytest.raises(CatalogueError, match=r"--scope: 'enrollment' is not a scope.*did you mean enrolment\?"):
        scope_named("enrollment", "--scope")
    with pytest.raises(CatalogueError, match=r"--scope: 'usage' is not a scope"):
        scope_named("enrolment+usage", "--scope")


def test_conflicts_have_a_default_and_change_levels():
    options = chosen_options({"activation-secret": "four"}, "here")
    assert set(options) == set(load_conflicts())
    assert judged_level(CATALOGUE["DPC-ACT-LEN-01"], options) == "SHOULD"
    assert judged_level(CATALOGUE["DPC-ACT-LEN-01"], {}) == "MUST"
    assert judged_level(CATALOGUE["DPC-ISS-PKIAUTH-04"], {}) == "MUST"
    assert judged_level(CATALOGUE["DPC-ISS-PKIAUTH-04"], {"card-policy": "should"}) == "SHOULD"
    for identifier in ("DPC-ISS-BIO-01", "DPC-ISS-BIO-02", "DPC-ISS-BIO-03", "DPC-ISS-BIO-04", "DPC-ISS-INPERSON-01"):
        assert judged_level(CATALOGUE[identifier], {}) == "MUST"
        assert judged_level(CATALOGUE[identifier], {"hardware-biometric": "r1-fpd"}) == "SHOULD"


@pytest.mark.parametrize("choices", [{"colour": "red"}, {"rsa-4096": "maybe"}])
def test_a_wrong_choice_is_named(choices):
    with pytest.raises(CatalogueError, match="expected one of"):
        chosen_options(choices, "target.toml: conflicts")


def test_edition_excuses_before_claims():
    plan = Plan(load_scopes()["enrolment"], Edition.FINAL_2014, Claims(), {}, TODAY)
    assert plan.excuse(CATALOGUE["DPC-ISS-NONPKI-01"]).verdict is Verdict.NOT_EFFECTIVE
    assert plan.excuse(CATALOGUE["DPC-ISS-SCEP-01"]).verdict is Verdict.NOT_APPLICABLE
    assert plan.excuse(CATALOGUE["DPC-ISS-PKIAUTH-01"]) is None
    assert not replace(plan, scope=load_scopes()["card"]).covers(CATALOGUE["DPC-ISS-PKIAUTH-01"])
