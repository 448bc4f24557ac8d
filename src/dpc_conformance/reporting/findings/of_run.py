"""The findings on certificates and status objects of a run, as those of `dpc check` are reported."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from dpc_conformance.catalogue.verdicts import Ground, Verdict
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.objects import extension_of
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row
from dpc_conformance.reporting.found_objects import FoundObject
from dpc_conformance.reporting.statement import RequirementVerdict, Statement

OBJECTS = Path("evidence", "objects")


def judged_in(statement: Statement, found: Iterable[FoundObject]) -> Judged:
    """Each object that was judged by itself, with a row for each evaluation that counts for the scope."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for verdict in statement.verdicts:
        for made, said in zip(verdict.made, verdict.said, strict=True):
            rows[made.object].append(_row(made, said, verdict))
    return Judged(
        objects=tuple(_object(each, tuple(rows[each.digest])) for each in found),
        moment=statement.started.clock,
        edition=statement.edition.heading,
        options=statement.started.conflicts,
        suite_version=statement.started.suite_version,
    )


def _object(found: FoundObject, rows: tuple[Row, ...]) -> JudgedObject:
    read = found.summary
    return JudgedObject(
        name=(OBJECTS / f"{found.digest}.{extension_of(found.content) if found.content else 'der'}").as_posix(),
        kind=", ".join(sorted(found.names)),
        profile=", ".join(sorted(found.profiles)),
        fingerprint=found.digest,
        subject=read.subject if read else "",
        rows=rows,
    )


def _row(made: EvaluationMade, said: Ground, verdict: RequirementVerdict) -> Row:
    excused = verdict.seen is not None
    return Row(
        requirement=verdict.requirement,
        level=verdict.level,
        ground=verdict.ground if excused else said,
        rule=made.check or verdict.requirement.text,
        where=made.where,
        expected=made.expected,
        actual=made.actual,
        preview=said if excused else None,
        waived=verdict.waived and said.verdict is Verdict.FAIL,
    )
