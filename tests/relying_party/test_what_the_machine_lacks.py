"""A machine without tunnels and without servers of others: neither a pass nor a failure, and the journey needs none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance.evidence.events import RED, EvaluationMade, Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal

BARE = """
mount -t tmpfs none /dev/net && mount -t tmpfs none /usr/sbin || exit 77
exec "$@"
"""
"""Nobody else sees what is gone: it is so in a mount namespace that ends with the run."""
CHOSEN = ("features/journey/08_use.feature", "features/use")
WORDS = "cardholder_signs_in_to_a_web_application_with_the_phone or without_a_certificate"
BROKEN = 3
"""How `dpc run` ends that lost what it needs."""
SENTENCES = {
    "Nobody has a tunnel without a certificate": "there is no /dev/net/tun, and without it no tunnel: "
    "load the kernel's module tun",
    "Nobody signs in without a certificate": "nginx is not installed: install the package nginx",
    "Nobody joins without a certificate": "freeradius is not installed: install the package freeradius",
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    """What a run there has on record."""
    if os.geteuid() != 0:
        pytest.skip("this user can take nothing away from the machine: run as root")
    reports = tmp_path_factory.mktemp("bare") / "reports"
    run = (Path(sys.executable).with_name("dpc"), "run", "--reports", reports, *CHOSEN, "-k", WORDS)
    words = ("unshare", "--mount", "/bin/sh", "-c", BARE, "bare", *run)
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode == 77:
        pytest.skip("root may mount nothing here, so nothing can be taken away from the machine")
    assert done.returncode == BROKEN, done.stdout + done.stderr
    return read_journal(reports / "journal.jsonl")


@pytest.fixture(scope="module")
def ended(journal):
    """Outcome and message of each scenario, by its name."""
    names = {each.scenario: each.name for each in journal.of(ScenarioStarted)}
    return {names[each.scenario]: (each.outcome, each.message) for each in journal.of(ScenarioEnded)}


@pytest.mark.parametrize("scenario", SENTENCES)
def test_what_is_missing_is_infrastructure_and_one_sentence(ended, journal, scenario):
    outcome, message = ended[scenario]
    assert outcome is Outcome.INFRASTRUCTURE
    assert message == SENTENCES[scenario]
    assert [each for each in journal.of(EvaluationMade) if each.result in RED] == []


def test_the_journey_needs_none_of_it(ended):
    assert {outcome for name, (outcome, _) in ended.items() if name not in SENTENCES} == {Outcome.PASSED}
