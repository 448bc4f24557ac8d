"""The statement of a run: a verdict for each requirement, and what follows for the product."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dpc_conformance.catalogue.answers import products_in
from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.catalogue.conclusion import Conclusion, ExitCode, conclude, exit_code
from dpc_conformance.catalogue.decisions import Attestation, Decisions, Review
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.scope import scope_named
from dpc_conformance.catalogue.verdicts import Ground, Result, Verdict, is_settled
from dpc_conformance.catalogue.vocabulary import Level
from dpc_conformance.catalogue.waivers import Failure, Waiver, Waivers, WaiverState
from dpc_conformance.evidence.events import EvaluationMade, RunStarted, ScenarioLeftOut
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.reporting.gathered import Gathered, ScenarioRun, gather, word_of
from dpc_conformance.reporting.judgement import Judgement
from dpc_conformance.reporting.uncovered import NotCoveredHere, not_covered_here

LOST = {
    "broken": "broke",
    "hang": "passed its time limit",
    "infrastructure": "lost what it needs to run",
    "unfinished": "never ended",
}
"""Ends after which nobody knows what the rest of a scenario would have shown."""


@dataclass(frozen=True)
class RequirementVerdict:
    """A requirement with its verdict. `seen` is what the run saw of one that does not decide (preview), else None.

    `level` is the one judged at, which an option of the target may have changed.

    `made` are the evaluations of it, `said` what each of them says; `waived` says that waivers cover the `failures`,
    which are in sentences.
    `questions` are left to a person, by the names under which reviews answer them.
    """

    requirement: Requirement
    level: Level
    ground: Ground
    made: tuple[EvaluationMade, ...]
    said: tuple[Ground, ...]
    seen: Ground | None = None
    waived: bool = False
    failures: tuple[str, ...] = ()
    questions: Mapping[str, Ground] = field(default_factory=dict)

    @property
    def evaluations(self) -> int:
        """How many evaluations there are."""
        return len(self.made)

    @property
    def findings(self) -> tuple[EvaluationMade, ...]:
        """The departures that were recorded."""
        return tuple(each for each in self.made if each.where)


@dataclass(frozen=True)
class Statement:
    """Everything a report shows. `verdicts` are those of the scope, `outside` what was seen of other requirements.

    `not_assessed` counts by group what the scope leaves out; `missing` says in sentences why the run is incomplete.
    """

    started: RunStarted
    edition: Edition
    scope_title: str
    verdicts: tuple[RequirementVerdict, ...]
    outside: tuple[RequirementVerdict, ...]
    not_assessed: dict[str, int]
    waivers: tuple[WaiverState, ...]
    scenarios: tuple[ScenarioRun, ...]
    missing: tuple[str, ...]
    broke: str
    interrupted: bool
    seconds: float
    reviews: tuple[Review, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    left_out: tuple[ScenarioLeftOut, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    """By the id of a disputed reading what the run went by."""
    differences: tuple[str, ...] = ()
    """What is not as it was when the run was made, in sentences: suite or catalogue that draw it now."""

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """How many requirements of the scope have each verdict."""
        counted = Counter(each.ground.verdict for each in self.verdicts)
        return {verdict: counted[verdict] for verdict in Verdict}

    @cached_property
    def not_covered(self) -> tuple[NotCoveredHere, ...]:
        """What of the scope the suite cannot test and did not see, whatever claims and edition make of it."""
        return not_covered_here(self.verdicts)

    @property
    def made(self) -> tuple[EvaluationMade, ...]:
        """The evaluations that count, in the scope and outside."""
        return tuple(made for each in (*self.verdicts, *self.outside) for made in each.made)

    @property
    def beside(self) -> tuple[tuple[Requirement, Ground, str], ...]:
        """Failures that were seen and decide nothing, each with why: drafts, claims, requirements out of scope."""
        excused = [(each.requirement, each.seen, each.ground.sentence) for each in self.verdicts if each.seen]
        others = [(each.requirement, each.seen or each.ground, "outside the scope") for each in self.outside]
        return tuple(each for each in (*excused, *others) if each[1].verdict is Verdict.FAIL)

    @property
    def conclusion(self) -> Conclusion:
        """What the run says about the product."""
        failed = [each for each in self.verdicts if each.ground.verdict is Verdict.FAIL]
        unfit = any(each.is_unfit for each in self.waivers)
        unwaived = any(not each.waived for each in failed)
        return conclude(failed=unwaived or unfit, waived=bool(failed), complete=not self.missing)

    @property
    def exit_code(self) -> ExitCode:
        """What `dpc run` ends with."""
        return exit_code(self.conclusion, bool(self.broke), self.interrupted)


def build_statement(journal: Journal, catalogue: Catalogue | None = None) -> Statement:
    """The statement of the run in a journal.

    Raises NoRun for a journal without a beginning, CatalogueError and pydantic's ValidationError for one whose run does
    not fit this suite's catalogue.
    """
    catalogue = catalogue or load_catalogue()
    gathered = gather(journal)
    started = gathered.started
    scope = scope_named(started.scope, "the journal")
    plan = Plan(
        scope,
        word_of(Edition, started.edition),
        Claims.model_validate(started.claims),
        started.conflicts,
        started.clock.date(),
        products_in(started.roles),
    )
    product = (started.product.get("name", started.target), started.product.get("version", ""))
    waivers = Waivers(map(Waiver.model_validate, started.waivers), product[1], plan.today)
    reviews = tuple(map(Review.model_validate, (*started.reviews, *gathered.reviews)))
    attestations = tuple(map(Attestation.model_validate, started.attestations))
    judgement = Judgement(gathered, plan, Decisions(reviews, attestations, product))
    inside = [_verdict(each, judgement, waivers) for each in catalogue if plan.covers(each)]
    others, no_waivers = [each for each in catalogue if not plan.covers(each)], Waivers((), "", plan.today)
    return Statement(
        started=started,
        edition=plan.edition,
        scope_title=scope.title,
        verdicts=tuple(inside),
        outside=tuple(_verdict(each, judgement, no_waivers) for each in others if judgement.was_evaluated(each)),
        not_assessed=dict(Counter(each.group for each in others)),
        waivers=waivers.states({each.requirement.id: Failure(each.ground, each.failures) for each in inside}),
        scenarios=gathered.scenarios,
        missing=tuple(_missing(gathered, plan, catalogue, inside, judgement)),
        broke=_broke(gathered),
        interrupted=gathered.ended is not None and gathered.ended.interrupted,
        seconds=gathered.ended.seconds if gathered.ended else 0.0,
        reviews=reviews,
        attestations=attestations,
        left_out=gathered.left_out,
        readings=gathered.readings,
    )


def is_open(verdict: RequirementVerdict) -> bool:
    """Whether the requirement still lacks what would settle it, so that the run is incomplete."""
    return not is_settled(verdict.ground) and verdict.ground.verdict is not Verdict.NOT_EFFECTIVE


def _verdict(requirement: Requirement, judgement: Judgement, waivers: Waivers) -> RequirementVerdict:
    ground, seen = judgement.of(requirement)
    made = tuple(judgement.evaluations_of(requirement))
    failures = _failures(ground, made, judgement.rejections(requirement))
    return RequirementVerdict(
        requirement=requirement,
        level=judgement.level(requirement),
        ground=ground,
        made=made,
        said=tuple(judgement.grounds_of_evaluations(requirement)),
        seen=seen,
        waived=waivers.cover(requirement.id, failures),
        failures=failures,
        questions=judgement.questions(requirement),
    )


def _failures(ground: Ground, made: Sequence[EvaluationMade], rejections: Sequence[str]) -> tuple[str, ...]:
    """A sentence for everything that failed about a requirement; nothing where it does not fail."""
    if ground.verdict is not Verdict.FAIL:
        return ()
    return (*(each.message for each in made if each.result == Result.FAIL), *rejections)


def _missing(
    gathered: Gathered, plan: Plan, catalogue: Catalogue, verdicts: list[RequirementVerdict], judgement: Judgement
) -> list[str]:
    sentences = [f"line {number} of the journal is damaged" for number in gathered.damaged]
    if gathered.runs > 1:
        sentences.append(f"the journal mixes {gathered.runs} runs")
    if gathered.started.selection:
        sentences.append(f"only a part was chosen to run: {gathered.started.selection}")
    if gathered.started.faults:
        sentences.append(f"the reference ran with seeded defects: {', '.join(gathered.started.faults)}")
    if gathered.ended is None:
        sentences.append("the journal has no end")
    elif gathered.ended.interrupted:
        sentences.append("the run was stopped before its end")
    if gathered.never_closed:
        sentences.append("no sanity scenario closed the run")
    for run in gathered.scenarios:
        if run.started.sanity and run.outcome != "passed":
            sentences.append(f'the sanity scenario "{run.started.name}" did not pass')
        elif run.outcome in LOST and _concerns(run, plan, catalogue):
            words = f'the scenario "{run.started.name}" {LOST[run.outcome]}'
            sentences.append(f"{words}: {run.message or run.broken_step}")
    if all(each.ground.verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE) for each in verdicts):
        sentences.append("no requirement of the scope was assessed")
    open_ones = Counter(each.ground.verdict for each in verdicts if is_open(each))
    sentences += [f"{_requirements(count)} {verdict}" for verdict, count in open_ones.items()]
    sentences += [f"defect of the suite: {each}" for each in judgement.defects(catalogue)]
    return sentences


def _requirements(count: int) -> str:
    return "1 requirement is" if count == 1 else f"{count} requirements are"


def _concerns(run: ScenarioRun, plan: Plan, catalogue: Catalogue) -> bool:
    proves = [catalogue[tag] for tag in run.started.tags if tag in catalogue]
    return not proves or any(plan.covers(each) for each in proves)


def _broke(gathered: Gathered) -> str:
    if gathered.ended is None:
        return "the journal ends before the run does"
    lost = [run for run in gathered.scenarios if run.outcome in ("infrastructure", "unfinished")]
    if lost and not gathered.ended.broke:
        return f'"{lost[0].started.name}": {lost[0].message or lost[0].outcome}'
    return gathered.ended.broke
