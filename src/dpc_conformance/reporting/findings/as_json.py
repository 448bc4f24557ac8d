"""Findings as JSON, one document for a whole call."""

import json
from typing import Any

from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row

FORMAT = "dpc-check-1"
"""Names the shape of the document; a change that breaks readers changes it."""


def findings_json(judged: Judged) -> str:
    """The text of the document; every requirement of every object stands in it."""
    document = {
        "format": FORMAT,
        "suite": judged.suite_version,
        "moment": judged.moment.isoformat(),
        "edition": judged.edition,
        "options": dict(judged.options),
        "failed": judged.failed,
        "counts": {str(verdict): count for verdict, count in sorted(judged.counts().items())},
        "objects": [_object(each) for each in judged.objects],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def row_fields(row: Row) -> dict[str, Any]:
    """One requirement in words, the same for JSON and CSV."""
    return {
        "requirement": row.requirement.id,
        "verdict": str(row.verdict),
        "reason": str(row.ground.code),
        "level": str(row.level),
        "where": row.where,
        "expected": row.expected,
        "actual": row.actual,
        "message": row.ground.sentence,
        "preview": str(row.preview.verdict) if row.preview else "",
        "rule": row.rule,
        "source": row.requirement.source,
        "verification": str(row.requirement.verification),
    }


def _object(each: JudgedObject) -> dict[str, Any]:
    return {
        "name": each.name,
        "kind": each.kind,
        "profile": each.profile,
        "sha256": each.fingerprint,
        "subject": each.subject,
        "notes": list(each.notes),
        "readable": each.readable,
        "failed": each.failed,
        "requirements": [row_fields(row) for row in each.rows],
    }
