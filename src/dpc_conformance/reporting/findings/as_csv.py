"""Findings as CSV, a line for each requirement of each object."""

import csv
import io

from dpc_conformance.reporting.findings.as_json import row_fields
from dpc_conformance.reporting.findings.judged import Judged

OBJECT = ("object", "kind", "profile", "sha256")
FIELDS = (
    "requirement",
    "verdict",
    "reason",
    "level",
    "where",
    "expected",
    "actual",
    "message",
    "preview",
    "rule",
    "source",
    "verification",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula, and a stranger wrote what stands in a certificate."""


def findings_csv(judged: Judged) -> str:
    """The text of the file (RFC 4180); a cell that a spreadsheet would calculate has an apostrophe before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*OBJECT, *FIELDS))
    for each in judged.objects:
        for row in each.rows:
            fields = row_fields(row)
            cells = (each.name, each.kind, each.profile, each.fingerprint, *(fields[name] for name in FIELDS))
            writer.writerow([_cell(one) for one in cells])
    return text.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
