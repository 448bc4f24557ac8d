"""`dpc diff`: new failures, fixed, changed, and what may explain them."""

import json
import os
import subprocess
import sys

import pytest

from dpc_conformance.cli import main

ONE, OTHER, THIRD = "PIV-SRC-CHUID-01", "PIV-SRC-CHUID-02", "PIV-SRC-CHUID-03"


@pytest.fixture
def differ(run_folder, capsys):
    """Compares two made-up runs: exit code and values."""

    def compared(first: dict, second: dict) -> tuple[int, dict]:
        folders = [str(run_folder(name, **values)) for name, values in (("first", first), ("second", second))]
        code = main(["diff", *folders, "--format", "json"])
        return code, json.loads(capsys.readouterr().out)

    return compared


def test_the_same_run_twice(differ) -> None:
    code, found = differ({}, {})
    assert code == 0
    assert all(found[key] == [] for key in found)


def test_new_failures_end_with_1_and_the_rest_does_not(differ) -> None:
    before = {ONE: ("PASS", ""), OTHER: ("FAIL", "no FASC-N"), THIRD: ("INCONCLUSIVE", "not seen")}
    after = {ONE: ("FAIL", "no CHUID"), OTHER: ("PASS", ""), THIRD: ("PASS", "")}
    code, found = differ({"results": before}, {"results": after})
    assert code == 1
    [new] = found["new_failures"]
    assert (new["requirement"], new["before"], new["after"], new["sentence"]) == (ONE, "PASS", "FAIL", "no CHUID")
    assert [each["requirement"] for each in found["fixed"]] == [OTHER]
    assert [each["requirement"] for each in found["changed"]] == [THIRD]


def test_a_failure_that_was_there_before_or_is_waived_is_not_new(differ) -> None:
    failing = {ONE: ("FAIL", "no CHUID")}
    waiver = {"requirement": ONE, "version": "2", "finding": "no chuid", "reason": "r", "owner": "o", "link": "l"}
    waived = {"waivers": [{**waiver, "expires": "2026-12-31"}], "product": {"version": "2"}}
    code, found = differ({"results": failing}, {"results": failing, **waived})
    assert (code, found["new_failures"]) == (0, [])
    assert [each["requirement"] for each in found["changed"]] == [ONE]


def test_a_waived_failure_whose_waiver_is_gone_is_new(differ) -> None:
    failing = {ONE: ("FAIL", "no CHUID")}
    waiver = {"requirement": ONE, "version": "2", "finding": "no chuid", "reason": "r", "owner": "o", "link": "l"}
    waived = {"waivers": [{**waiver, "expires": "2026-12-31"}], "product": {"version": "2"}}
    assert differ({"results": failing, **waived}, {"results": failing})[0] == 1


def test_what_may_explain_it_is_said(differ) -> None:
    claims = {"assurance_levels": ["aal3"]}
    second = {"texts": {ONE: "another"}, "claims": claims, "conflicts": {"rsa-4096": "common-policy"}}
    code, found = differ({"product": {"version": "1"}}, {**second, "product": {"version": "2"}})
    assert code == 0
    assert found["requirements_with_another_text"] == [ONE]
    said = "\n".join(found["not_the_same"])
    for words in (
        "product version: 1 → 2",
        "claim assurance_levels: aal2, aal3 → aal3",
        "option rsa-4096: sp-800-78 → common",
    ):
        assert words in said
    assert "reading INT-04: sp-800-78 → common-policy" in said


def test_a_requirement_that_one_run_does_not_have(differ) -> None:
    code, found = differ({}, {"claims": {"simulation": True}})
    assert code == 0
    assert found["new_failures"] == []


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_for_people(run_folder, capsys, form) -> None:
    folders = [str(run_folder("first")), str(run_folder("second", {ONE: ("FAIL", "no | CHUID")}))]
    assert main(["diff", *folders, "--format", form]) == 1
    said = capsys.readouterr().out
    assert "New failures" in said
    assert "new failures: 1, fixed: 0, changed: 0, requirements with another text: 0" in said
    assert ("no \\| CHUID" if form == "markdown" else "no | CHUID") in said


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda folder: (folder / "statement.json").write_text("{}"), "expected the statement of a run"),
        (lambda folder: (folder / "journal.jsonl").write_text(""), "expected the journal of a run that began"),
        (lambda folder: (folder / "journal.jsonl").unlink(), "expected the folder of a run"),
    ],
)
def test_what_is_no_run_is_named(run_folder, capsys, damage, sentence) -> None:
    first, second = run_folder("first"), run_folder("second")
    damage(second)
    assert main(["diff", str(first), str(second)]) == 4
    said = capsys.readouterr()
    assert sentence in said.err
    assert "second" in said.err
    assert len(said.err.splitlines()) == 1


def test_a_terminal_that_cannot_show_a_word_gets_it_otherwise(run_folder) -> None:
    call = [sys.executable, "-m", "dpc_conformance", "diff", run_folder("first"), run_folder("second")]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(call, env=ascii_only, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "2026-11-23) \\u2192 second" in ended.stdout
