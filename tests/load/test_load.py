"""The load benchmark with small numbers: nothing is lost or doubled, and the seeded race has double winners."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "load.py"
ENROLMENTS, PHONES, RACES, SEEDED = 20, 5, 20, 5
SECONDS = 120


@pytest.fixture(scope="session")
def measured():
    numbers = {"enrolments": ENROLMENTS, "phones": PHONES, "races": RACES, "seeded-races": SEEDED}
    options = [word for name, number in numbers.items() for word in (f"--{name}", str(number))]
    call = [sys.executable, str(BENCHMARK), *options, "--json"]
    answer = subprocess.run(call, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert answer.stdout, answer.stderr
    return json.loads(answer.stdout) | {"ended": answer.returncode, "said": answer.stderr}


def test_none_is_lost_and_the_audit_log_is_intact(measured):
    assert measured["problems"] == []
    assert measured["ended"] == 0


def test_the_issuer_had_nothing_to_complain_about(measured):
    assert measured["said"] == ""


def test_sign_in_and_enrolment_are_timed_apart(measured):
    assert [(row["phase"], row["count"]) for row in measured["enrolments"]] == [
        ("sign-in", ENROLMENTS),
        ("enrol", ENROLMENTS),
    ]
    assert all(0 < row["median"] <= row["p99"] <= row["longest"] <= row["seconds"] for row in measured["enrolments"])


def test_one_code_has_exactly_one_winner(measured):
    as_it_is, together, _ = measured["races"]
    for race, count in ((as_it_is, RACES), (together, SEEDED)):
        assert race["winners"] == [0, count, 0]
        assert race["tokens"] == count
        assert race["refused"] == {"secret-used": count}


def test_the_seeded_race_has_double_winners(measured):
    seeded = measured["races"][2]
    assert seeded["winners"] == [0, 0, SEEDED]
    assert seeded["tokens"] == 2 * SEEDED
