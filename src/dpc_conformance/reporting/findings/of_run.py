"""The findings on certificates and status objects of a run, as those of `dpc check` are reported."""

from collections.abc import Iterable
from pathlib import Path

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.grounds import Evaluation, ground_of_evaluation
from dpc_conformance.catalogue.verdicts import Result
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.objects import extension_of
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row
from dpc_conformance.reporting.found_objects import FoundObject
from dpc_conformance.reporting.statement import RequirementVerdict, Statement

OBJECTS = Path("evidence", "objects")


def judged_in(statement: Statement, found: Iterable[FoundObject]) -> Judged:
    """Each object that was judged by itself, with a row for each evaluation of a requirement of the scope."""
    verdicts = {each.requirement.id: each for each in statement.verdicts}
    return Judged(
        objects=tuple(_object(each, verdicts) for each in found),
        moment=statement.started.clock,
        edition=statement.edition.heading,
        options=statement.started.conflicts,
        suite_version=statement.started.suite_version,
    )


def _object(found: FoundObject, verdicts: dict[str, RequirementVerdict]) -> JudgedObject:
    read = found.summary
    assessed = [each for each in found.evaluations if each.requirement in verdicts]
    return JudgedObject(
        name=(OBJECTS / f"{found.digest}.{extension_of(found.content) if found.content else 'der'}").as_posix(),
        kind=", ".join(sorted(found.names)),
        profile=", ".join(sorted(found.profiles)),
        fingerprint=found.digest,
        subject=read.subject if read else "",
        rows=tuple(_row(each, verdicts[each.requirement]) for each in assessed),
    )


def _row(made: EvaluationMade, verdict: RequirementVerdict) -> Row:
    requirement = load_catalogue()[made.requirement]
    evaluation = Evaluation(made.requirement, Result(made.result), sentence=made.message, scenario=made.scenario)
    seen = ground_of_evaluation(evaluation, requirement, verdict.level, {})
    excused = verdict.seen is not None
    return Row(
        requirement=requirement,
        level=verdict.level,
        ground=verdict.ground if excused else seen,
        rule=made.check or requirement.text,
        where=made.where,
        expected=made.expected,
        actual=made.actual,
        preview=seen if excused else None,
    )
