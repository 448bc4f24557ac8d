"""What a run plans for cards and tokens: claims, editions, and what the suite itself does not cover."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.claims import Claims, not_applicable
from dpc_conformance.catalogue.decisions import Attestation, decide
from dpc_conformance.catalogue.editions import Edition, not_effective
from dpc_conformance.catalogue.not_covered import not_covered, read_groups, why_not_covered
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict
from dpc_conformance.cli import main
from dpc_conformance.evidence.events import RunEnded
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.reporting.console import print_summary
from dpc_conformance.reporting.page.page import statement_html
from dpc_conformance.reporting.statement import Statement, build_statement
from dpc_conformance.reporting.statement_json import statement_json
from dpc_conformance.target import load_target

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, tzinfo=UTC)


def planned(file: Path | None = None, scope: str = "removable-token", edition: str | None = None) -> Statement:
    """The statement of a run in which nothing happened."""
    started = load_target(file).choosing(scope, edition).started(AT, "1", "seed", AT)
    return build_statement(Journal((started, RunEnded(AT))))


@pytest.mark.parametrize(
    "identifier",
    [
        "DPC-SM-KEX-01",
        "DPC-APDU-VERIFY-11",
        "DPC-APDU-VERIFY-12",
        "DPC-APP-SMCS-01",
        "DPC-APP-PAIR-02",
        "DPC-APP-DISC-04",
    ],
)
def test_what_needs_secure_messaging_applies_to_those_who_have_it(identifier):
    assert "no secure messaging" in not_applicable(identifier, Claims(removable_token=True))
    assert not_applicable(identifier, Claims(removable_token=True, secure_messaging=True)) is None


@pytest.mark.parametrize("identifier", ["DPC-APDU-VERIFY-10", "DPC-APDU-CRD-06", "DPC-APDU-GA-10"])
def test_what_a_token_without_secure_messaging_can_show_applies_to_every_token(identifier):
    assert not_applicable(identifier, Claims(removable_token=True)) is None
    assert not_applicable(identifier, Claims()) is not None


def test_the_preview_that_turns_the_aid_round_sets_the_old_rule_aside():
    derived = CATALOGUE["DPC-APP-AID-01"]
    assert not_effective(derived, Edition.FINAL_2014, TODAY) is None
    assert not_effective(derived, Edition.R1_IPD, TODAY) is None
    assert not_effective(derived, Edition.R1_FPD, TODAY).code == Code.SUPERSEDED
    assert not_effective(CATALOGUE["DPC-APP-AID-02"], Edition.R1_FPD, TODAY).code == Code.DRAFT
    assert not_effective(CATALOGUE["DPC-APP-AID-02"], Edition.R1_IPD, TODAY).code == Code.OTHER_DRAFT


def test_the_suite_names_what_it_has_no_scenario_for():
    assert "secure messaging" in why_not_covered("DPC-SM-MAC-01")
    assert why_not_covered("DPC-PACS-CHUID-01")
    assert why_not_covered("DPC-APDU-VERIFY-01") is None
    ids = [each for group in not_covered() for each in group.requirements]
    assert len(ids) == len(set(ids)) == 33


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[group]]\ntitle="t"\nreason="r"\nrequirements=["DPC-SN"]', "group 1: DPC-SN is not in the catalogue"),
        ('[[group]]\ntitle="t"\nrequirements=["DPC-SM"]', "group 1: expected title, reason and requirements"),
    ],
)
def test_a_wrong_group_is_named(text, sentence):
    with pytest.raises(CatalogueError, match=sentence):
        read_groups(text, "here", CATALOGUE)


def test_every_report_lists_what_is_not_covered(capsys):
    statement = planned()
    assert [len(each.requirements) for each in statement.not_covered] == [17, 2, 14]
    print_summary(statement, Console(width=200), None)
    printed = capsys.readouterr().out
    for text in (printed, statement_html(statement), statement_json(statement)):
        assert "not covered" in text.lower().replace("_", " ")
        assert "The suite does not speak secure messaging" in text
    assert "DPC-SM-KEX-01" in statement_html(statement)


def test_a_scope_without_them_lists_nothing():
    assert planned(scope="enrolment").not_covered == ()
    assert 'not_covered": []' in statement_json(planned(scope="enrolment"))


def test_a_product_that_claims_them_gets_the_same_list(tmp_path):
    file = tmp_path / "product.toml"
    file.write_text('name = "P"\n[claims]\nremovable_token = true\nsecure_messaging = true\nphysical_access = true\n')
    assert [len(each.requirements) for each in planned(file).not_covered] == [17, 2, 14]


def test_what_is_not_covered_can_be_attested():
    ground = Ground(Verdict.INCONCLUSIVE, Code.NOT_COVERED, "no scenario")
    said = Attestation(requirement="DPC-SM-KEX-01", statement="s", who="w", document="d", date=TODAY)
    assert decide(ground, None, said).verdict is Verdict.ATTESTED


def test_an_entry_of_the_catalogue_says_that_it_is_not_covered(capsys):
    assert main(["requirements", "DPC-PACS-MECH-01"]) == 0
    assert "not covered   The suite plays no physical access system" in capsys.readouterr().out


def test_of_the_reference_only_scenarios_are_missing():
    unsettled = {
        each.requirement.id
        for each in planned().verdicts
        if each.ground.verdict not in (Verdict.ATTESTED, Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE)
    }
    by_apdu = {identifier for identifier in unsettled if CATALOGUE[identifier].testable_by == "APDU"}
    assert {identifier for identifier in unsettled - by_apdu if not identifier.startswith("DPC-CS-")} == {
        "DPC-ACT-LEN-01",
        "DPC-ACT-GUESS-01",
        "DPC-ACT-RETRY-01",
        "DPC-ACT-RETRY-02",
        "DPC-ACT-RETRY-03",
        "DPC-ACT-RETRY-04",
        "DPC-ACT-EXPORT-01",
        "DPC-ACT-CHANNEL-01",
        "DPC-ACT-DEACT-01",
        "DPC-ACT-RESET-03",
    }
