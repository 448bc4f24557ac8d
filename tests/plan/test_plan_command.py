"""`dpc plan` and `dpc target check`: what they say is what a run does."""

import csv
import io
import json
import subprocess
import sys

import pytest

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.checks.flow import refusals as controls
from dpc_conformance.cli import main
from dpc_conformance.suite.rules import has, refusal_of
from dpc_conformance.suite.scenario_texts import read_scenarios

THEIRS = HOME / "tests" / "adapters" / "theirs"
ISSUER = 'name = "An issuer"\nscope = "card"\n[roles.card]\nadapter = "pcsc"\nreader = "r"\npin_file = "p"\n'
IN_SANITY = {controls.KIOSK_SIGN_IN, controls.REQUEST, controls.REDEMPTION, controls.ISSUANCE}
"""Controls that the scenario makes which opens each run."""
WITHIN = ("card", "use")
"""Parts of the story in which each scenario makes its control itself."""


def planned(capsys, *arguments: str) -> dict:
    assert main(["plan", "--format", "json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_everything_runs_on_the_reference(capsys) -> None:
    found = planned(capsys)
    assert (found["target"], found["scope"]) == ("Reference implementation", "enrolment+use")
    left_out = [each for each in found["scenarios"] if not each["runs"]]
    others = [each for each in left_out if "by-hand" not in each["tags"]]
    assert others != left_out, "what takes somebody with a device"
    assert {each["file"].rpartition("/")[0] for each in others} == {"features/journey/entrust"}
    how = {each["id"]: each["how"] for each in found["requirements"]}
    assert len(how) == 138
    assert how["DPC-ISS-PKIAUTH-01"] == "scenarios"
    assert how["DPC-ISS-SCEP-01"] == "not applicable"
    assert how["DPC-ISS-MULTI-03"] == "not effective"


def test_the_plan_is_what_a_run_collects(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(THEIRS))
    monkeypatch.setenv("PYTHONPATH", str(THEIRS))
    file = tmp_path / "product.toml"
    file.write_text('name = "x"\nscope = "full"\n[roles.relying_party]\nadapter = "theirs"\n')
    found = planned(capsys, "--target", str(file))
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "--sanity=both", f"--target={file}", "features"]
    said = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False).stdout
    collected = [line for line in said.splitlines() if "::" in line]
    running = [each for each in found["scenarios"] if each["runs"]]
    assert len(collected) == len(running)
    assert 0 < len(running) < len(found["scenarios"])
    assert {line.partition("::")[0] for line in collected} == {each["file"] for each in running}


def test_a_requirement_brings_its_scenarios_and_their_control(capsys) -> None:
    found = planned(capsys, "--requirement", "dpc-lc-susp-03", "--scope", "full")
    assert [each["id"] for each in found["requirements"]] == ["DPC-LC-SUSP-03"]
    assert {"control" in each["tags"] for each in found["scenarios"]} == {True, False}
    assert {each["file"] for each in found["scenarios"]} == {"features/lifecycle/suspension.feature"}


def test_every_refusal_has_its_control_in_the_sanity_scenario_in_its_own_feature_or_among_its_own() -> None:
    texts = read_scenarios(HOME)
    with_control = {text.file for text in texts if "control" in text.tags}
    for requirement in load_catalogue():
        if has(refusal_of, requirement.id) and IN_SANITY.isdisjoint(refusal_of(requirement.id).controls):
            files = {
                text.file for text in texts if {requirement.id, "negative"} <= text.tags and text.folder not in WITHIN
            }
            among_its_own = any({requirement.id, "control"} <= text.tags for text in texts)
            assert files <= with_control or among_its_own, requirement.id


def test_a_row_for_each_requirement_in_csv(capsys) -> None:
    assert main(["plan", "--scope", "card", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 26
    assert {"requirement", "how", "why", "scenarios"} <= set(rows[0])


def test_a_table_for_a_person(capsys) -> None:
    assert main(["plan", "--requirement", "DPC-ISS-PKIAUTH-06"]) == 0
    said = capsys.readouterr().out
    assert "A certificate without its key is refused" in said
    assert "1 requirements: 1 scenarios." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--requirement", "DPC-ISS-PKIAUHT-01"], "did you mean DPC-ISS-PKIAUTH-01?"),
        (["--only", "jurney"], "--only jurney: expected a part of the story; did you mean journey?"),
        (["--only", "DPC-ISS-PKIAUHT-01"], "did you mean --requirement DPC-ISS-PKIAUTH-01?"),
        (["--format", "xml"], "--format xml: expected one of table, json, csv"),
        (["--scope", "cards"], "'cards' is not a scope"),
    ],
)
def test_bad_input_is_one_sentence(arguments, sentence, capsys) -> None:
    for command in ("plan", "run") if arguments[0] in ("--requirement", "--only") else ("plan",):
        assert main([command, *arguments]) == 4
        said = capsys.readouterr()
        assert sentence in said.err
        assert said.out == ""


def test_a_target_is_checked_without_running(tmp_path, capsys) -> None:
    file = tmp_path / "card.toml"
    file.write_text(ISSUER)
    assert main(["target", "check", str(file)]) == 4  # there is no such PIN file
    said = capsys.readouterr().out
    assert "roles.card" in said
    assert "left out: it assesses the issuer, which the reference plays" in said
    file.write_text('name = "The reference"\n')
    assert main(["target", "check", str(file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["problem"] for each in found["roles"]} == {""}
    assert len(found["scenarios"]) > 400


def test_a_target_is_checked_by_every_name(tmp_path, capsys) -> None:
    file = tmp_path / "product.toml"
    file.write_text('name = "x"\nscope = "card"\n')
    assert main(["target", "check", str(file), "--all"]) == 0
    said = capsys.readouterr().out
    assert "PIV-SRC-CHUID-01" in said
    assert "features/card/chuid.feature: " in said
