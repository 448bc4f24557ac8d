"""The summary page: the statement as one HTML file that needs nothing but itself."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.verdicts import WORST_FIRST, Ground, Verdict
from dpc_conformance.reporting.statement import RequirementVerdict, Statement, is_open
from dpc_conformance.reporting.story import walked_steps

HERE = Path(__file__).parent
MOST_FINDINGS = 5
TONES = {
    Conclusion.CONFORMANT: "good",
    Conclusion.WITH_DEVIATIONS: "warn",
    Conclusion.NOT_CONFORMANT: "bad",
    Conclusion.INCOMPLETE: "warn",
}


def summary_html(statement: Statement) -> str:
    """The text of `summary.html`."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    places = {run.id: f"{run.started.name} ({run.started.file}:{run.started.line})" for run in statement.scenarios}
    return environment.get_template("summary.html.jinja").render(
        s=statement,
        style=Markup((HERE / "summary.css").read_text(encoding="utf-8")),  # noqa: S704  our own file
        tone=TONES[statement.conclusion],
        roles=_roles(statement),
        problems=_problems(statement),
        marked=_marked(statement),
        story=walked_steps(statement.scenarios),
        words=_words,
        departures=_departures,
        place=lambda ground: _place(ground, places),
    )


def _problems(statement: Statement) -> list[RequirementVerdict]:
    """What somebody has to look at: failures and warnings, and whatever is open, the worst first."""
    found = [
        each for each in statement.verdicts if each.ground.verdict in (Verdict.FAIL, Verdict.WARN) or is_open(each)
    ]
    return sorted(found, key=lambda each: WORST_FIRST.index(each.ground.verdict))


def _departures(verdict: RequirementVerdict) -> list[tuple[str, str, str]]:
    """Where, expected and actual of the first few different findings, without the one that the sentence tells."""
    found = [(each.where, each.expected, each.actual) for each in verdict.findings if each.result in ("FAIL", "WARN")]
    told = verdict.ground.sentence
    return [each for each in dict.fromkeys(found) if "{}: expected {}, found {}".format(*each) != told][:MOST_FINDINGS]


def _marked(statement: Statement) -> list[RequirementVerdict]:
    excused = (Verdict.NOT_EFFECTIVE, Verdict.NOT_APPLICABLE)
    verdicts = [each for each in statement.verdicts if each.ground.verdict not in excused]
    return [each for each in verdicts if not each.requirement.may_decide]


def _roles(statement: Statement) -> str:
    if statement.started.reproducible:
        return "all played by the embedded reference"
    return ", ".join(f"{role.replace('_', ' ')}: {player}" for role, player in statement.started.roles.items())


def _place(ground: Ground, places: dict[str, str]) -> str:
    return places.get(ground.scenario, ground.scenario)


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
