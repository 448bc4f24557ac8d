"""The journey at Entrust's issuer is walked whole, and the password under the QR code gets into no report."""

import re
from pathlib import Path

import pytest
from leaks import leaks_below
from listened import run_of

from dpc_conformance.catalogue.story import STORY_STEPS
from dpc_conformance.evidence.events import Outcome, ScenarioEnded, ScenarioLeftOut, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.target import load_target

DOCUMENTED = {step for step in STORY_STEPS if step.startswith("ENT-")}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """All of its features on the reference that has such an issuer."""
    folder = tmp_path_factory.mktemp("entrust")
    return run_of(folder, "", 2, features="features/journey/entrust", target="reference-entrust")


def test_every_documented_step_is_walked_and_nothing_is_missing(run):
    journal = read_journal(run[0] / "journal.jsonl")
    walked = [each for each in journal.of(ScenarioStarted) if "/entrust/" in each.file]
    assert {tag for each in walked for tag in each.tags if tag.startswith("ENT-")} == DOCUMENTED
    assert not list(journal.of(ScenarioLeftOut))
    assert {each.outcome for each in journal.of(ScenarioEnded)} == {Outcome.PASSED}
    assert len(list(journal.of(ScenarioEnded))) == len(walked) + 2  # with those that open and close a run


def test_no_secret_stands_in_what_the_reports_are_drawn_from(run):
    reports, secrets = run
    passwords = {text for kind, text, _ in secrets if kind == "field password"}
    assert len(passwords) > 5
    assert all(re.fullmatch("[0-9]{8}", each) for each in passwords)
    assert leaks_below(reports / "evidence", secrets) == set()
    journal = (reports / "journal.jsonl").read_text()
    assert not [each for each in passwords if each in journal]


def test_the_two_targets_of_the_reference_differ_in_the_issuer_only():
    first, second = load_target(), load_target(Path("reference-entrust"))
    assert second.claims == first.claims.model_copy(update={"issuer_type": "entrust"})
    assert (second.scope, second.edition, second.options) == (first.scope, first.edition, first.options)
    assert (second.reviews, second.attestations, second.roles) == (first.reviews, first.attestations, first.roles)
