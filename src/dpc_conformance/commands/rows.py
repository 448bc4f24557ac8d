"""From an evaluation to a row of a report, with the verdict that `dpc run` would give."""

from collections.abc import Mapping
from datetime import datetime

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.conflicts import judged_level
from dpc_conformance.catalogue.editions import Edition, not_effective
from dpc_conformance.catalogue.grounds import Evaluation, ground_of_evaluation
from dpc_conformance.catalogue.verdicts import Code, Ground, Result, Verdict
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated
from dpc_conformance.reporting.findings.judged import Row

RESULTS = {
    Outcome.HOLDS: Result.PASS,
    Outcome.FAILS: Result.FAIL,
    Outcome.CANNOT_TELL: Result.INCONCLUSIVE,
    Outcome.DOES_NOT_APPLY: Result.NOT_APPLICABLE,
}


def row_of(each: Evaluated, rule: str, edition: Edition, conflicts: Mapping[str, str], moment: datetime) -> Row:
    """The row of one evaluation by the rule with that sentence; a preview when the requirement is not in force."""
    requirement = load_catalogue()[each.requirement]
    level = judged_level(requirement, conflicts)
    finding = each.finding
    result = Result.WARN if finding and finding.severity == "warning" else RESULTS[each.outcome]
    sentence = str(finding) if finding else each.reason or rule
    made = Evaluation(each.requirement, result, reason=Code.CANNOT_TELL, sentence=sentence)
    seen = ground_of_evaluation(made, requirement, level, {})
    where = (finding.where, finding.expected, finding.actual) if finding else ("", "", "")
    out = not_effective(requirement, edition, moment.date())
    if out is None:
        return Row(requirement, level, seen, rule, *where)
    ground = Ground(Verdict.NOT_EFFECTIVE, Code(out.code), out.sentence)
    return Row(requirement, level, ground, rule, *where, preview=seen)
