"""JUnit XML of a run: a test case per scenario, as CI servers read it, drawn from the journal."""

import re
from xml.etree import ElementTree as Xml

from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.reporting.gathered import Gathered, ScenarioRun, gather

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, such as the control characters of a terminal."""


def junit_xml(journal: Journal) -> str:
    """The text of `junit.xml`. Raises NoRun for a journal without a beginning.

    A failed evaluation is a failure; a scenario that broke, hung or lost its server is an error; one that was left out
    or that a role has no verb for is skipped.
    """
    gathered = gather(journal)
    features: dict[str, list[ScenarioRun]] = {}
    for run in gathered.scenarios:
        features.setdefault(run.started.feature, []).append(run)
    suites = Xml.Element("testsuites", _totals(gathered.scenarios), name=_text(gathered.started.target))
    for feature, runs in features.items():
        suite = Xml.SubElement(suites, "testsuite", _totals(tuple(runs)), name=feature, timestamp=_began(runs))
        _properties(suite, gathered)
        for run in runs:
            _case(suite, run, [each for each in gathered.evaluations if each.scenario == run.id])
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: Xml.Element, run: ScenarioRun, evaluations: list[EvaluationMade]) -> None:
    started = run.started
    case = Xml.SubElement(
        suite,
        "testcase",
        name=_text(started.name),
        classname=_text(started.feature),
        file=started.file,
        line=str(started.line),
        time=f"{run.seconds:.3f}",
    )
    failed = [each for each in evaluations if each.result == "FAIL"]
    words = "\n".join(f"{each.requirement} ({each.aspect}) in {each.step}: {each.message}" for each in failed)
    match _kind(run):
        case "failures":
            first = f"{failed[0].requirement}: {failed[0].message}" if failed else run.message
            Xml.SubElement(case, "failure", message=_text(first), type="evaluation").text = _text(words or run.message)
        case "errors":
            error = Xml.SubElement(case, "error", message=_text(run.message or run.outcome), type=str(run.outcome))
            error.text = _text(f"{run.broken_step}\n{run.message}\n{words}".strip())
        case "skipped":
            Xml.SubElement(case, "skipped", message=_text(run.message or run.outcome), type=str(run.outcome))


def _kind(run: ScenarioRun) -> str:
    match str(run.outcome):
        case "passed":
            return "passed"
        case "failed":
            return "failures"
        case "blocked" | "skipped" | "interrupted":
            return "skipped"
        case _:
            return "errors"


def _totals(runs: tuple[ScenarioRun, ...]) -> dict[str, str]:
    kinds = [_kind(run) for run in runs]
    counts = {kind: str(kinds.count(kind)) for kind in ("failures", "errors", "skipped")}
    return {"tests": str(len(runs)), **counts, "time": f"{sum(run.seconds for run in runs):.3f}"}


def _began(runs: list[ScenarioRun]) -> str:
    return min(run.started.at for run in runs).isoformat()


def _properties(suite: Xml.Element, gathered: Gathered) -> None:
    started = gathered.started
    properties = Xml.SubElement(suite, "properties")
    facts = {"suite": started.suite_version, "seed": started.seed, "clock": started.clock.isoformat()}
    for name, value in {**facts, "edition": started.edition, "scope": started.scope}.items():
        Xml.SubElement(properties, "property", name=name, value=_text(value))


def _text(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)
