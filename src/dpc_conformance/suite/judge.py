"""The judge of one scenario: looks at evidence through the registered checks, records evaluations, never raises."""

from collections.abc import Callable, Iterable
from datetime import datetime

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.verdicts import Aspect, Code, Result
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, Outcome
from dpc_conformance.checks.judgement import judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.evidence.events import ControlMade, EvaluationMade, Event
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.recorder import NotSeen
from dpc_conformance.suite.attachments import attach, certificate_attachment
from dpc_conformance.suite.described import Described
from dpc_conformance.suite.evaluation_line import departure, sentence_of, show
from dpc_conformance.suite.rules import check_of, controls, flow_check_of, has, load_rules, refusal_of


class Judge:
    """What steps call to judge; each call records one evaluation per requirement.

    Four things come from fixtures: `now` (the scenario's clock; until then the start of the run), `facts` (what is
    known when a flow is judged), `context` (what stands around a certificate) and `redact` (takes out secrets: a
    product may show one where a finding quotes it).
    """

    def __init__(
        self, write: Callable[[Event], None], scenario: Described, now: Callable[[], datetime], step: Callable[[], str]
    ) -> None:
        """`step` tells the words of the running step."""
        self.now = now
        self.redact: Callable[[str], str] = lambda text: text
        self.facts: Callable[[], ScenarioFacts] | None = None
        self.context: Callable[[], CertificateContext] | None = None
        self._write, self._scenario, self._step = write, scenario, step
        self._made: list[EvaluationMade] = []
        self._shown = 0
        self._refused: list[str] = []
        self._controls: dict[str, bool] = {}

    def record(
        self,
        requirement: str,
        result: Result | str,
        *,
        aspect: Aspect | str = Aspect.BEHAVIOUR,
        finding: Finding | None = None,
        message: str = "",
        reason: str = "",
        control: str = "",
        check: str = "",
    ) -> None:
        """One evaluation. CatalogueError for an id that the catalogue does not have, ValueError for no result."""
        load_catalogue().expect(requirement, "the judge")
        evaluation = EvaluationMade(
            at=self.now(),
            scenario=self._scenario.node_id,
            requirement=requirement,
            result=Result(result),
            aspect=Aspect(aspect),
            reason=reason,
            message=self.redact(message or (departure(finding) if finding else "")),
            check=check,
            severity=finding.severity if finding else "",
            where=self.redact(finding.where) if finding else "",
            expected=self.redact(finding.expected) if finding else "",
            actual=self.redact(finding.actual) if finding else "",
            control=control,
            step=self._step(),
        )
        self._made.append(evaluation)
        self._write(evaluation)
        show(evaluation)

    def answer(self, requirement: str, answer: Answer, sentence: str = "") -> None:
        """Record what a check answered; `sentence` is the check's, for readers of the report."""
        match answer:
            case None:
                self.record(requirement, Result.PASS, message=sentence, check=sentence)
            case Finding(severity="warning"):
                self.record(requirement, Result.WARN, finding=answer, check=sentence)
            case Finding():
                self.record(requirement, Result.FAIL, finding=answer, check=sentence)
            case CannotTell(reason=why):
                self.record(requirement, Result.INCONCLUSIVE, message=why, reason=Code.CANNOT_TELL, check=sentence)
            case DoesNotApply(reason=why):
                self.record(requirement, Result.NOT_APPLICABLE, message=why, check=sentence)

    def check(self, requirements: Iterable[str], evidence: object, context: object = None) -> None:
        """Let the registered check of each requirement look at `evidence`; KeyError where none is registered."""
        for requirement in requirements:
            rule = check_of(requirement)
            self.answer(requirement, rule.judge(evidence, context), rule.sentence)

    def expect(self, requirement: str, holds: bool, where: str, expected: str, actual: str = "it is not so") -> None:
        """A fact that a step found out by itself: `where` it was looked for and what was `expected` there."""
        if holds:
            self.record(requirement, Result.PASS, message=f"{where}: {expected}")
        else:
            self.record(requirement, Result.FAIL, finding=Finding(requirement, "error", where, expected, actual))

    def flow(self, *requirements: str, facts: ScenarioFacts | None = None) -> None:
        """Judge what the scenario left behind: the requirements named, or all tagged ones that have a check."""
        known = facts or (self.facts() if self.facts else None)
        for requirement in requirements or [each for each in self._scenario.requirements if has(flow_check_of, each)]:
            rule = flow_check_of(requirement)
            try:
                answer = rule.judge(known)
            except NotSeen as unseen:
                answer = CannotTell(str(unseen))
            self.answer(requirement, answer, rule.sentence)

    def certificate(
        self, der: bytes, requirements: Iterable[str] | None = None, context: CertificateContext | None = None
    ) -> None:
        """Judge a certificate by the rules named, or by its whole profile; it is attached as text and PEM."""
        around = context or (self.context() if self.context else CertificateContext(moment=self.now()))
        profile = Profile("as the step names", tuple(requirements)) if requirements else DERIVED_AUTHENTICATION
        load_rules()
        attach(certificate_attachment("judged certificate", der))
        for each in judge_certificate(der, around, profile):
            answers: dict[Outcome, Answer] = {
                Outcome.HOLDS: None,
                Outcome.FAILS: each.finding,
                Outcome.CANNOT_TELL: CannotTell(each.reason),
                Outcome.DOES_NOT_APPLY: DoesNotApply(each.reason),
            }
            self.answer(each.requirement, answers[each.outcome], check_of(each.requirement).sentence)

    def refusal(
        self,
        refused: bool,
        reason: str | None,
        expected: str = "",
        requirements: Iterable[str] = (),
        instead: str = "the request was accepted",
        control: str = "",
    ) -> None:
        """Something had to be refused: was it, and for the right reason (None: could not be seen)?

        Judges the requirements named, or the tagged ones that a refusal for the `expected` reason proves (any of their
        own reasons when none is expected). `instead` says what happened where nothing was refused; `control` names the
        same request without the defect, where it is not the one that the requirement's rule names first. Where that
        was refused in this scenario, a refusal says nothing. ValueError where no tagged requirement is proved.
        """
        self._refused = list(requirements) or self._proved_by(expected)
        if not self._refused:
            raise ValueError(f"no requirement of this scenario is proved by a refusal because of {expected or 'that'}")
        for requirement in self._refused:
            rule = refusal_of(requirement)
            right = {expected} if expected else rule.reasons
            if not refused:
                self._departure(requirement, Aspect.REFUSAL, "a refusal", instead)
                continue
            named = control or rule.controls[0]
            if self._controls.get(control) is False:
                code, words = Code.CONTROL_FAILED, f"refused, but so was the request without the defect ({control})"
                self.record(requirement, Result.INCONCLUSIVE, aspect=Aspect.REFUSAL, reason=code, message=words)
                continue
            self.record(requirement, Result.PASS, aspect=Aspect.REFUSAL, control=named, message="refused")
            wanted = " or ".join(sorted(right))
            if not reason:
                words = f"refused, but the reason could not be seen; expected {wanted}"
                code = Code.REASON_NOT_SEEN
                self.record(requirement, Result.INCONCLUSIVE, aspect=Aspect.REASON, reason=code, message=words)
            elif reason in right:
                self.record(requirement, Result.PASS, aspect=Aspect.REASON, message=f"refused because of {reason}")
            else:
                self._departure(requirement, Aspect.REASON, wanted, reason)

    def state(self, as_before: bool, sentence: str, requirements: Iterable[str] = ()) -> None:
        """After a refusal, `sentence` says what is as before; AssertionError if not, where no id is at stake."""
        judged = list(requirements) or self._refused or self._proved_by("")
        if not judged and not as_before:
            raise AssertionError(f"{sentence}: it is not so")
        for requirement in judged:
            if as_before:
                self.record(requirement, Result.PASS, aspect=Aspect.STATE, message=sentence)
            else:
                self._departure(requirement, Aspect.STATE, sentence, "it is not so")

    def control(self, name: str, passed: bool = True, message: str = "") -> None:
        """The request that must succeed did, or not.

        `name` is the control of a refusal, perhaps with a colon and where it was made; ValueError for another.
        """
        if name.partition(": ")[0] not in controls():
            raise ValueError(f"no refusal has the control {name!r}")
        self._controls[name] = self._controls.get(name, False) or passed
        self._write(ControlMade(self.now(), self._scenario.node_id, name, passed, message))

    def review(self, requirement: str, question: str) -> None:
        """A person has to decide; `question` is what the person is asked."""
        self.record(requirement, Result.REVIEW, message=question)

    def evaluated(self) -> set[str]:
        """The requirements with at least one evaluation."""
        return {evaluation.requirement for evaluation in self._made}

    def failures(self) -> list[str]:
        """A sentence for each evaluation that failed."""
        return [sentence_of(evaluation) for evaluation in self._made if evaluation.result == Result.FAIL]

    def new_failures(self) -> list[str]:
        """The failures since the last call: those of one step."""
        new, self._shown = self._made[self._shown :], len(self._made)
        return [sentence_of(evaluation) for evaluation in new if evaluation.result == Result.FAIL]

    def _departure(self, requirement: str, aspect: Aspect, expected: str, actual: str) -> None:
        finding = Finding(requirement, "error", self._step(), expected, actual)
        self.record(requirement, Result.FAIL, aspect=aspect, finding=finding)

    def _proved_by(self, reason: str) -> list[str]:
        tagged = [each for each in self._scenario.requirements if has(refusal_of, each)]
        return [each for each in tagged if not reason or reason in refusal_of(each).reasons]
