"""The journey at Entrust's issuer is walked whole, and the password under the QR code gets into no report."""

import re
from pathlib import Path

import pytest
from leaks import leaks_below, noted

from dpc_conformance import HOME
from dpc_conformance.catalogue.story import STORY_STEPS
from dpc_conformance.evidence.events import Outcome, ScenarioEnded, ScenarioLeftOut, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.worker import Worker, WorkerPlan
from dpc_conformance.target import load_target

TIME_LIMIT = 300.0
"""Seconds that the worker may take."""
DOCUMENTED = {step for step in STORY_STEPS if step.startswith("ENT-")}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """What a worker leaves that walks all of the features on the reference with such an issuer, and its secrets."""
    folder = tmp_path_factory.mktemp("entrust")
    plan = WorkerPlan(
        HOME, HOME / "pytest.ini", folder / "journal.jsonl", folder / "worker.log",
        (f"--evidence={folder / 'evidence'}", "--target=reference-entrust", str(HOME / "features/journey/entrust")),
        (*WorkerPlan.plugins, "secret_listener"),
        {"PYTHONPATH": str(Path(__file__).parent), "DPC_TEST_SECRETS": str(folder / "secrets.jsonl")},
    )  # fmt: skip
    worker = Worker(plan)
    try:
        assert worker.wait(TIME_LIMIT) == 0, plan.log.read_text()
    finally:
        worker.kill()
    return folder, noted(folder / "secrets.jsonl")


def test_every_documented_step_is_walked_and_nothing_is_missing(run):
    journal = read_journal(run[0] / "journal.jsonl")
    walked = list(journal.of(ScenarioStarted))
    assert {tag for each in walked for tag in each.tags if tag.startswith("ENT-")} == DOCUMENTED
    assert not list(journal.of(ScenarioLeftOut))
    assert [each.outcome for each in journal.of(ScenarioEnded)] == [Outcome.PASSED] * len(walked)


def test_no_secret_stands_in_what_the_reports_are_drawn_from(run):
    folder, secrets = run
    passwords = {text for kind, text, _ in secrets if kind == "field password"}
    assert len(passwords) > 5
    assert all(re.fullmatch("[0-9]{8}", each) for each in passwords)
    assert leaks_below(folder / "evidence", secrets) == set()
    journal = (folder / "journal.jsonl").read_text()
    assert not [each for each in passwords if each in journal]


def test_the_two_targets_of_the_reference_differ_in_the_issuer_only():
    first, second = load_target(), load_target(Path("reference-entrust"))
    assert second.claims == first.claims.model_copy(update={"issuer_type": "entrust"})
    assert (second.scope, second.edition, second.options) == (first.scope, first.edition, first.options)
    assert (second.reviews, second.attestations, second.roles) == (first.reviews, first.attestations, first.roles)
