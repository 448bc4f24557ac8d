"""The same findings for programs: JSON, SARIF, JUnit and CSV."""

import csv
import io
import json
import os
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as Xml

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict
from dpc_conformance.catalogue.vocabulary import Level
from dpc_conformance.reporting.findings.as_csv import _cell
from dpc_conformance.reporting.findings.as_sarif import findings_sarif, uri_of
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row


def test_json_holds_every_requirement(mutant: bytes, write: Any, check: Any) -> None:
    _, out, _ = check(write("mutant.der", mutant), "--format", "json")
    document = json.loads(out)
    [judged] = document["objects"]
    assert document["format"] == "dpc-check-1"
    assert document["failed"] is True
    assert document["options"]["sha-512-signatures"] == "note"
    assert len(judged["requirements"]) > 80
    failed = {row["requirement"] for row in judged["requirements"] if row["verdict"] == "FAIL"}
    assert failed == {"DPC-CERT-EKU-01", "DPC-CERT-PROFILE-01"}
    assert all(row["source"] and row["rule"] for row in judged["requirements"])


def test_sarif_names_rule_place_and_object(golden: bytes, mutant: bytes, write: Any, check: Any) -> None:
    code, out, _ = check(write("mutant.der", mutant), write("cut.der", golden[:500]), "--format", "sarif")
    assert code == 1
    log = json.loads(out)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert len({rule["id"] for rule in rules}) == len(rules)
    results = {result["ruleId"]: result for result in run["results"]}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    assert results["DPC-CERT-EKU-01"]["level"] == "error"
    assert results["DPC-CERT-EKU-01"]["locations"][0]["logicalLocations"][0]["name"] == "extKeyUsage"


def test_sarif_knows_no_place_in_a_file_from_a_place_in_der(golden: bytes, write: Any, check: Any) -> None:
    text = f"-----BEGIN CERTIFICATE-----\n{b64encode(golden[:500]).decode()}\n-----END CERTIFICATE-----\n"
    [result] = sarif_run(check(write("cut.pem", text.encode()), "--format", "sarif"))["results"]
    [place] = result["locations"]
    assert place["logicalLocations"][0]["name"] == "offset 0"
    assert "region" not in place["physicalLocation"]


def test_what_cannot_be_read_is_an_error_for_programs_too(golden: bytes, write: Any, check: Any) -> None:
    file = write("cut.der", golden[:500])
    code, out, _ = check(file, "--format", "junit")
    [suite] = Xml.fromstring(out)  # noqa: S314  our own output
    assert (code, suite.get("errors"), suite.get("failures")) == (1, "1", "0")
    assert [case.get("name", "").split()[0] for case in suite if case.find("error") is not None] == ["DPC-CERT-DER-01"]
    [result] = sarif_run(check(file, "--format", "sarif"))["results"]
    assert (result["level"], result["properties"]["verdict"]) == ("error", "WARN")


def test_sarif_has_an_artifact_once_though_it_is_given_twice(mutant: bytes, write: Any, check: Any) -> None:
    file, other = write("mutant.der", mutant), write("copy.der", mutant)
    run = sarif_run(check(file, file, other, "--format", "sarif"))
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [uri_of(file), uri_of(other)]
    assert [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in run["results"]] == [
        {"uri": uri_of(file), "index": 0},
        {"uri": uri_of(other), "index": 1},
    ]


def test_the_words_of_strangers_are_neither_links_nor_placeholders_in_sarif() -> None:
    [result] = json.loads(findings_sarif(judged(actual="[press here](https://evil.example/) {0}\u202e")))["runs"][0][
        "results"
    ]
    assert "](" not in result["message"]["text"]
    assert "{{0}}\\u202e" in result["message"]["text"]


def sarif_run(said: tuple[int, str, str]) -> Any:
    [run] = json.loads(said[1])["runs"]
    return run


def judged(actual: str) -> Judged:
    """One certificate of which one requirement fails."""
    ground = Ground(Verdict.FAIL, Code.NOT_MET, "")
    row = Row(load_catalogue()["DPC-CERT-EKU-01"], Level.MUST, ground, "a rule", "subject", "a name", actual)
    return Judged(
        (JudgedObject("a.der", "certificate", "", "00", rows=(row,)),), datetime(2026, 6, 1, tzinfo=UTC), "2014"
    )


def test_names_of_files_become_references() -> None:
    assert uri_of("/a b/c.pem#2") == "file:///a%20b/c.pem#2"
    assert uri_of("odd#name.pem") == "odd%23name.pem"
    assert uri_of("standard input") == "standard%20input"
    assert uri_of(os.fsdecode(b"caf\xe9.der")) == "caf%E9.der"


def test_junit_has_a_case_for_each_requirement(mutant: bytes, write: Any, check: Any) -> None:
    _, out, _ = check(write("mutant.der", mutant), "--format", "junit")
    [suite] = Xml.fromstring(out)  # noqa: S314  our own output
    failed = [case.get("name", "") for case in suite if case.find("failure") is not None]
    assert [name.split()[0] for name in failed] == ["DPC-CERT-EKU-01", "DPC-CERT-PROFILE-01"]
    assert suite.get("failures") == "2"
    assert int(suite.get("tests", "0")) == len(suite.findall("testcase"))


def test_csv_has_a_line_for_each_requirement(mutant: bytes, write: Any, check: Any) -> None:
    _, out, _ = check(write("mutant.der", mutant), "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert {line["requirement"] for line in lines if line["verdict"] == "FAIL"} == {
        "DPC-CERT-EKU-01",
        "DPC-CERT-PROFILE-01",
    }


def test_a_spreadsheet_calculates_nothing() -> None:
    assert [_cell(text) for text in ("=1+1", "@SUM(1)", "plain")] == ["'=1+1", "'@SUM(1)", "plain"]
