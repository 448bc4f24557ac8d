"""The same findings for programs: JSON, SARIF, JUnit and CSV."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as Xml

from dpc_conformance.reporting.findings.as_csv import _cell
from dpc_conformance.reporting.findings.as_sarif import uri_of


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
    assert results["DPC-CERT-DER-01"]["locations"][0]["physicalLocation"]["region"]["byteOffset"] == 0


def test_names_of_files_become_references() -> None:
    assert uri_of("/a b/c.pem#2") == "file:///a%20b/c.pem#2"
    assert uri_of("odd#name.pem") == "odd%23name.pem"
    assert uri_of("standard input") == "standard%20input"


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
