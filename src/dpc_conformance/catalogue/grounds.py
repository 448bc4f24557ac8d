"""From what was recorded to what it says: evaluations and the ends of scenarios become grounds of a verdict."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.verdicts import Aspect, Code, Ground, Result, Verdict
from dpc_conformance.catalogue.vocabulary import Level


@dataclass(frozen=True)
class Evaluation:
    """One look at a requirement, as recorded. `control` names the request that has to succeed beside a refusal."""

    requirement: str
    result: Result
    aspect: Aspect = Aspect.BEHAVIOUR
    reason: str = ""
    sentence: str = ""
    control: str = ""
    scenario: str = ""
    step: str = ""


@dataclass(frozen=True)
class ScenarioEnd:
    """How a scenario ended. `outcome` is the journal's word, or `unfinished` where the journal has none.

    `tags` are the requirements that the scenario set out to prove.
    """

    scenario: str
    outcome: str
    tags: Collection[str]
    broken_step: str = ""
    message: str = ""


ENDS = {
    "broken": (Verdict.BLOCKED, Code.EARLIER_STEP_BROKE, "an earlier step broke"),
    "blocked": (Verdict.BLOCKED, Code.NO_SUCH_VERB, "a role cannot do what a step asks"),
    "skipped": (Verdict.SKIPPED, Code.LEFT_OUT, "the user left the scenario out"),
    "interrupted": (Verdict.SKIPPED, Code.INTERRUPTED, "the user stopped the run"),
    "infrastructure": (Verdict.INFRASTRUCTURE, Code.UNREACHABLE, "something that the run itself needs is not there"),
    "hang": (Verdict.HANG, Code.TIME_LIMIT, "the scenario passed its time limit"),
    "unfinished": (Verdict.INFRASTRUCTURE, Code.WORKER_DIED, "the scenario began and never ended"),
}
"""What the end of a scenario says about every requirement it is tagged with; other ends say nothing by themselves."""


def ground_of_evaluation(
    evaluation: Evaluation, requirement: Requirement, level: Level, controls: Mapping[str, bool]
) -> Ground:
    """What an evaluation says. `level` is the one judged at; `controls` tells for each control of the run if it passed.

    A refusal says nothing unless the same request without its one defect succeeded in the same run.
    """
    sentence = evaluation.sentence
    match evaluation.result:
        case Result.FAIL:
            verdict, code = _failed(requirement, level)
            sentence = f"flags what has to be accepted: {sentence}" if code is Code.SUITE_DEFECT else sentence
        case Result.WARN:
            verdict, code = Verdict.WARN, Code.CHECK_WARNS
        case Result.REVIEW:
            verdict, code = Verdict.REVIEW, Code.NEEDS_REVIEW
        case Result.NOT_APPLICABLE:
            verdict, code = Verdict.NOT_APPLICABLE, Code.CONDITION_NOT_MET
        case Result.INCONCLUSIVE:
            verdict, code = Verdict.INCONCLUSIVE, _known(evaluation.reason, Code.CANNOT_TELL)
        case Result.PASS:
            verdict, code = Verdict.PASS, Code.EVALUATED
    if verdict is Verdict.PASS and (evaluation.control or evaluation.aspect is Aspect.REFUSAL):
        passed = controls.get(evaluation.control)
        if passed is None:
            verdict, code = Verdict.INCONCLUSIVE, Code.NO_CONTROL
            sentence = f"refused, but no request without the defect was made in this run ({evaluation.control or '?'})"
        elif not passed:
            verdict, code = Verdict.INCONCLUSIVE, Code.CONTROL_FAILED
            sentence = f"refused, but so was the request without the defect ({evaluation.control})"
    return Ground(verdict, code, sentence, evaluation.scenario, evaluation.step)


def untrusted(ground: Ground, why: str) -> Ground:
    """What an evaluation says in a run whose closing sanity scenario did not pass; `why` is a sentence on that."""
    if ground.verdict is Verdict.INCONCLUSIVE:
        return ground
    sentence = f"seen as {ground.verdict}, but {why}: {ground.sentence}"
    return Ground(Verdict.INCONCLUSIVE, Code.SANITY_FAILED, sentence, ground.scenario, ground.step)


def ground_of_end(end: ScenarioEnd, evaluated: bool) -> Ground | None:
    """What the end of a scenario says about a requirement it is tagged with; None when it says nothing.

    A scenario that ran to its end without evaluating one of its tags is a defect of the suite.
    """
    if end.outcome in ENDS:
        verdict, code, words = ENDS[end.outcome]
        return Ground(verdict, code, f"{words}: {end.message}" if end.message else words, end.scenario, end.broken_step)
    if evaluated:
        return None
    sentence = "the scenario is tagged with it and did not evaluate it"
    return Ground(Verdict.INCONCLUSIVE, Code.SUITE_DEFECT, sentence, end.scenario)


def _failed(requirement: Requirement, level: Level) -> tuple[Verdict, Code]:
    if level is Level.MAY:
        return Verdict.INCONCLUSIVE, Code.SUITE_DEFECT
    if level is Level.SHOULD:
        return Verdict.WARN, Code.SHOULD_NOT_MET
    if not requirement.may_decide:
        return Verdict.WARN, Code.CLAUSE_NOT_READ
    return Verdict.FAIL, Code.NOT_MET


def _known(reason: str, otherwise: Code) -> Code:
    try:
        return Code(reason)
    except ValueError:
        return otherwise
