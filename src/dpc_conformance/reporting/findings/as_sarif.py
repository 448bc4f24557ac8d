"""Findings as SARIF 2.1.0 (OASIS), as code scanning services read it."""

import json
import os
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.catalogue.vocabulary import Level
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row
from dpc_conformance.reporting.findings.printable import printable

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Verdict.FAIL: "error", Verdict.WARN: "warning"}
DEFAULT_LEVELS = {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "note"}
_IN_BUNDLE = re.compile(r"(.*)(#\d+)", re.DOTALL)


def findings_sarif(judged: Judged, tool: str = "dpc check") -> str:
    """The text of the log: a run of `tool` with the rules that found something, and a result for each finding.

    A finding that decides is an error, as is one that keeps an object from being read; one that warns is a warning, a
    preview a note. Where nobody can tell what it means, the result is open; what is waived is suppressed.
    """
    found = [(each, row) for each in judged.objects for row in each.rows if row.is_finding]
    rules = {row.requirement.id: row for _, row in found}
    index = {identifier: number for number, identifier in enumerate(rules)}
    driver = {
        "name": tool,
        "version": judged.suite_version,
        "semanticVersion": judged.suite_version,
        "rules": [_rule(row) for row in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "artifacts": [_artifact(each) for each in judged.objects],
        "results": [_result(each, row, judged.objects.index(each), index) for each, row in found],
        "columnKind": "unicodeCodePoints",
        "properties": {"edition": judged.edition, "moment": judged.moment.isoformat(), **judged.options},
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(row: Row) -> dict[str, Any]:
    requirement = row.requirement
    return {
        "id": requirement.id,
        "shortDescription": _message(row.rule),
        "fullDescription": _message(requirement.text),
        "help": _message(f"{requirement.check}\nSource: {requirement.source}"),
        "defaultConfiguration": {"level": DEFAULT_LEVELS[row.level]},
        "properties": {"source": requirement.source, "verification": str(requirement.verification)},
    }


def _artifact(each: JudgedObject) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": uri_of(each.name)}, "description": {"text": each.kind}}
    if not _IN_BUNDLE.fullmatch(each.name):
        artifact["properties"] = {"sha256OfDer": each.fingerprint}
    return artifact


def _result(each: JudgedObject, row: Row, artifact: int, index: dict[str, int]) -> dict[str, Any]:
    where = printable(row.where)
    logical = {"name": where, "fullyQualifiedName": f"{printable(each.name)}/{where}", "kind": "member"}
    return {
        "ruleId": row.requirement.id,
        "ruleIndex": index[row.requirement.id],
        **_kind(each, row),
        "message": _message(printable(f"{row.where}: expected {row.expected}, found {row.actual}")),
        "locations": [
            {
                # An offset in DER is none in a file that may hold PEM, so there is no region.
                "physicalLocation": {"artifactLocation": {"uri": uri_of(each.name), "index": artifact}},
                "logicalLocations": [logical],
            }
        ],
        "suppressions": [{"kind": "external"}] if row.waived else [],
        "partialFingerprints": {"object/v1": each.fingerprint},
        "properties": {"verdict": str(row.verdict), "reason": str(row.ground.code)},
    }


def _kind(each: JudgedObject, row: Row) -> dict[str, str]:
    if row.verdict is Verdict.INCONCLUSIVE:
        return {"kind": "open", "level": "none"}
    return {"kind": "fail", "level": LEVELS.get(row.verdict, "note") if each.readable else "error"}


def _message(text: str) -> dict[str, str]:
    """A text that holds neither placeholders (§3.11.5) nor links (§3.11.6): strangers wrote some of it."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def uri_of(name: str) -> str:
    """The relative reference or file URI of an input (RFC 3986); the number in a bundle stays a fragment."""
    bundled = _IN_BUNDLE.fullmatch(name)
    path, number = (bundled[1], bundled[2]) if bundled else (name, "")
    pure = PurePath(path)
    return (pure.as_uri() if pure.is_absolute() else quote(os.fsencode(pure.as_posix()))) + number
