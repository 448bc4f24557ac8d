"""The judge of one scenario: looks at evidence through the registered checks, records evaluations, never raises."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.verdicts import Aspect, Code, Result
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, Outcome
from dpc_conformance.checks.judgement import judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.evidence.events import ControlMade, EvaluationMade, Event
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lines import EvidenceJudged, ObjectJudged, TextShown
from dpc_conformance.evidence.plain_names import plainly_named
from dpc_conformance.evidence.recorder import NotSeen
from dpc_conformance.suite.described import Described
from dpc_conformance.suite.judged_words import departure, objects_around, sentence_of
from dpc_conformance.suite.noted_facts import NotedFacts
from dpc_conformance.suite.rules import check_of, controls, flow_check_of, has, load_rules, refusal_of


class Judge:
    """What steps call to judge; each call records one evaluation per requirement.

    Some things come from fixtures: `now` (the scenario's clock; until then the start of the run), `facts` (what is
    known when a flow is judged), `context` (what stands around a certificate), `redact` (takes out secrets: a product
    may show one where a finding quotes it) and `note` (adds a line to the evidence and returns how many there are).
    """

    def __init__(
        self, write: Callable[[Event], None], scenario: Described, now: Callable[[], datetime], step: Callable[[], str]
    ) -> None:
        """`step` tells the words of the running step."""
        self.now = now
        self.redact: Callable[[str], str] = lambda text: text
        self.note: Callable[[Any], int] = lambda _line: 0
        self.noted: Callable[[], int] = lambda: 0
        self.facts: Callable[[], ScenarioFacts] | None = None
        self.context: Callable[[], CertificateContext] | None = None
        self._write, self._scenario, self._step = write, scenario, step
        self._made: list[EvaluationMade] = []
        self._refused: list[str] = []
        self._facts = NotedFacts()
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
        about: str = "",
    ) -> None:
        """One evaluation, `about` the object that `look_at` told the hash of.

        CatalogueError for an id that the catalogue does not have, ValueError for no result.
        """
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
            object=about,
            evidence=self.noted(),
        )
        self._made.append(evaluation)
        self._write(evaluation)

    def answer(self, requirement: str, answer: Answer, sentence: str = "", about: str = "") -> None:
        """Record what a check answered; `sentence` is the check's, for readers; `about` as in `record`."""
        match answer:
            case None:
                self.record(requirement, Result.PASS, message=sentence, check=sentence, about=about)
            case Finding(severity="warning"):
                self.record(requirement, Result.WARN, finding=answer, check=sentence, about=about)
            case Finding():
                self.record(requirement, Result.FAIL, finding=answer, check=sentence, about=about)
            case CannotTell(reason=why):
                code = Code.CANNOT_TELL
                self.record(requirement, Result.INCONCLUSIVE, message=why, reason=code, check=sentence, about=about)
            case DoesNotApply(reason=why):
                self.record(requirement, Result.NOT_APPLICABLE, message=why, check=sentence, about=about)

    def look_at(self, name: str, content: bytes, context: object = None, profile: str = "") -> str:
        """Keep an object (DER) as evidence, with what stands around it in a context; returns its SHA-256 for `about`.

        Readers of the report see it under that name; `profile` is the key of the profile it is judged by.
        """
        self.note(ObjectJudged(self.now(), name, content, profile, objects_around(context)))
        return sha256(content).hexdigest()

    def show(self, name: str, text: str, mime_type: str = "text/plain", extension: str = "txt") -> None:
        """Show something to the readers of the report, in the running step."""
        self.note(TextShown(name, text, mime_type, extension))

    def check(self, requirements: Iterable[str], evidence: object, context: object = None) -> None:
        """Let the registered check of each requirement look at `evidence`; KeyError where none is registered."""
        self.note(EvidenceJudged(self.now(), type(evidence).__name__, evidence))
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
        for line in self._facts.new_in(known) if known else ():
            self.note(line)
        plain = plainly_named(known) if known else None
        for requirement in requirements or [each for each in self._scenario.requirements if has(flow_check_of, each)]:
            rule = flow_check_of(requirement)
            try:
                answer = rule.judge(plain)
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
        about = self.look_at("judged certificate", der, around, profile.key if requirements is None else "")
        for each in judge_certificate(der, around, profile):
            answers: dict[Outcome, Answer] = {
                Outcome.HOLDS: None,
                Outcome.FAILS: each.finding,
                Outcome.CANNOT_TELL: CannotTell(each.reason),
                Outcome.DOES_NOT_APPLY: DoesNotApply(each.reason),
            }
            self.answer(each.requirement, answers[each.outcome], check_of(each.requirement).sentence, about)

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
            if self._controls.get(named) is False:
                code, words = Code.CONTROL_FAILED, f"refused, but so was the request without the defect ({named})"
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
        self._write(ControlMade(self.now(), self._scenario.node_id, name, passed, self.redact(message)))

    def review(self, requirement: str, question: str) -> None:
        """A person has to decide; `question` is what the person is asked."""
        self.record(requirement, Result.REVIEW, message=question)

    def evaluated(self) -> set[str]:
        """The requirements with at least one evaluation."""
        return {evaluation.requirement for evaluation in self._made}

    def failures(self) -> list[str]:
        """A sentence for each evaluation that failed."""
        return [sentence_of(evaluation) for evaluation in self._made if evaluation.result == Result.FAIL]

    def _departure(self, requirement: str, aspect: Aspect, expected: str, actual: str) -> None:
        finding = Finding(requirement, "error", self._step(), expected, actual)
        self.record(requirement, Result.FAIL, aspect=aspect, finding=finding)

    def _proved_by(self, reason: str) -> list[str]:
        tagged = [each for each in self._scenario.requirements if has(refusal_of, each)]
        return [each for each in tagged if not reason or reason in refusal_of(each).reasons]
