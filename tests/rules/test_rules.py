"""`dpc rules` and the published table: every requirement has a rule and its proofs, or says why not."""

import json
from typing import Any

import pytest

from dpc_conformance import HOME
from dpc_conformance.checks.classes import load_classes
from dpc_conformance.cli import main
from dpc_conformance.commands.known_rules import KnownRule, inspected, known_rules
from dpc_conformance.commands.rules import markdown

PUBLISHED = HOME / "docs" / "rules.md"


@pytest.fixture(scope="module")
def rules() -> dict[str, KnownRule]:
    return {one.requirement.id: one for one in known_rules()}


def test_the_published_table_is_current(rules: dict[str, KnownRule]) -> None:
    assert PUBLISHED.read_text("utf-8") == markdown(list(rules.values())), "run `make rules`"


def test_every_requirement_to_be_covered_is_listed(rules: dict[str, KnownRule]) -> None:
    assert len(inspected()) == 179
    assert inspected() <= set(rules)


def test_what_has_no_rule_is_about_verifiers(rules: dict[str, KnownRule]) -> None:
    without = {identifier for identifier, one in rules.items() if not one.sentences}
    verifier = load_classes()["verifier"]
    assert without == set(verifier.open)
    assert {rules[identifier].shown_by for identifier in without} == {verifier.shown_by}


def test_every_rule_is_proved_or_says_why_not(rules: dict[str, KnownRule]) -> None:
    unproved = {
        identifier
        for identifier, one in rules.items()
        if identifier in inspected() and not ((one.golden and one.mutants) or one.defects) and not one.remark
    }
    assert not unproved


def test_remarks_stand_only_where_a_proof_is_missing(rules: dict[str, KnownRule]) -> None:
    assert not [identifier for identifier, one in rules.items() if one.remark and one.golden and one.mutants]


def test_aggregates_follow_from_their_parts(rules: dict[str, KnownRule]) -> None:
    derived = {identifier for identifier, one in rules.items() if one.shown_by == load_classes()["aggregate"].shown_by}
    assert derived == set(load_classes()["aggregate"].requirements)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["rules", *arguments]) == 0
    return capsys.readouterr().out


def test_json_and_filters(capsys: pytest.CaptureFixture[str]) -> None:
    found: list[dict[str, Any]] = json.loads(run(capsys, "--profile", "signature", "--format", "json"))
    identifiers = {one["id"] for one in found}
    assert {"DPC-SIG-KU-01", "DPC-SIG-COMMON-01", "DPC-CERT-VER-01"} <= identifiers
    assert "DPC-KM-KU-01" not in identifiers
    drafts = {"DPC-LC-LOST-03"}
    assert not drafts & {one["id"] for one in json.loads(run(capsys, "--edition", "2014", "--format", "json"))}
    assert drafts <= {one["id"] for one in json.loads(run(capsys, "--edition", "r1-fpd", "--format", "json"))}


def test_the_table_names_clause_and_proofs(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--profile", "crl")
    assert "DPC-CRL-VER-01" in out
    assert "mutants" in out


def test_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--profile", "phone"]) == 4
    assert "--profile phone: expected one of derived-authentication" in capsys.readouterr().err
