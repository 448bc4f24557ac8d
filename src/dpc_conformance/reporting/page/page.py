"""The conformance statement as one HTML file that needs nothing but itself: no script, no picture, no address."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.conflicts import load_conflicts
from dpc_conformance.catalogue.grounds import ENDS
from dpc_conformance.catalogue.interpretations import load_interpretations
from dpc_conformance.catalogue.verdicts import WORST_FIRST, Verdict
from dpc_conformance.reporting.found_objects import FoundObject
from dpc_conformance.reporting.grouped import grouped
from dpc_conformance.reporting.page.bars import ORDER, bar
from dpc_conformance.reporting.page.coverage import coverage
from dpc_conformance.reporting.page.looked_at import by_id, evidence_of, looks_at
from dpc_conformance.reporting.page.wording import meaning, notices, product_of, said_of
from dpc_conformance.reporting.statement import RequirementVerdict, Statement, is_open
from dpc_conformance.reporting.story import walked_steps

HERE = Path(__file__).parent
MOST_FINDINGS = 5
DEVIATIONS = (Verdict.FAIL, Verdict.WARN)
TONES = {
    Conclusion.CONFORMANT: "good",
    Conclusion.WITH_DEVIATIONS: "warn",
    Conclusion.NOT_CONFORMANT: "bad",
    Conclusion.INCOMPLETE: "open",
}


@dataclass(frozen=True)
class Beside:
    """What a statement shows that does not stand in the journal.

    `found` are the objects that were judged, `installed` counts further certificates by usage, `signature` has
    sentences on the signature of the package that the statement was drawn from.
    """

    found: Sequence[FoundObject] = ()
    installed: tuple[tuple[str, int], ...] = ()
    signature: tuple[str, ...] = ()


def statement_html(statement: Statement, beside: Beside | None = None) -> str:
    """The text of `statement.html`."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = (HERE / "statement.css").read_text(encoding="utf-8")
    runs = by_id(statement.scenarios)
    return environment.get_template("statement.html.jinja").render(
        s=statement,
        beside=beside or Beside(),
        style=Markup(style),  # noqa: S704  our own file
        style_hash=base64.b64encode(sha256(style.encode()).digest()).decode(),
        tone=TONES[statement.conclusion],
        product=product_of(statement),
        meaning=meaning(statement),
        notices=notices(statement),
        order=ORDER,
        deviations=_worst_first(each for each in statement.verdicts if each.ground.verdict in DEVIATIONS),
        open_ones=_worst_first(filter(is_open, statement.verdicts)),
        documents=coverage(statement.verdicts),
        groups=list(grouped(statement.verdicts, lambda verdict: verdict.requirement.group).items()),
        features=list(grouped(statement.scenarios, lambda run: run.started.feature).items()),
        outside=_outside(statement),
        conflicts=load_conflicts(),
        readings=[each for each in load_interpretations() if each.id in statement.readings and not each.conflict],
        marked=_marked(statement),
        stories=list(grouped(walked_steps(statement.scenarios, statement.left_out), lambda step: step.story).items()),
        state_of_run={end: verdict for end, (verdict, *_) in ENDS.items()},
        bar=bar,
        words=said_of,
        departures=_departures,
        looks=lambda verdict: looks_at(verdict, runs),
        evidence_of=lambda verdict: evidence_of(verdict, runs),
        place=lambda ground: runs[ground.scenario].started.name if ground.scenario in runs else ground.scenario,
    )


def _worst_first(verdicts: Iterable[RequirementVerdict]) -> list[RequirementVerdict]:
    return sorted(verdicts, key=lambda each: (WORST_FIRST.index(each.ground.verdict), each.waived))


def _outside(statement: Statement) -> list[tuple[Verdict, list[str]]]:
    """What was seen of requirements outside the scope: their ids by verdict, the worst first."""
    seen: dict[Verdict, list[str]] = {}
    for each in statement.outside:
        seen.setdefault((each.seen or each.ground).verdict, []).append(each.requirement.id)
    return [(verdict, seen[verdict]) for verdict in WORST_FIRST if verdict in seen]


def _departures(verdict: RequirementVerdict) -> list[tuple[str, str, str]]:
    """Where, expected and actual of the first few different findings."""
    found = [(each.where, each.expected, each.actual) for each in verdict.findings if each.result in ("FAIL", "WARN")]
    return list(dict.fromkeys(found))[:MOST_FINDINGS]


def _marked(statement: Statement) -> list[RequirementVerdict]:
    excused = (Verdict.NOT_EFFECTIVE, Verdict.NOT_APPLICABLE)
    verdicts = [each for each in statement.verdicts if each.ground.verdict not in excused]
    return [each for each in verdicts if not each.requirement.may_decide]
