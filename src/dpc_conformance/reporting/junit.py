"""JUnit XML of a run, as CI servers read it: test cases for scenarios, requirements in scope, waivers and the run."""

import re
from xml.etree import ElementTree as Xml

from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.journal import Journal
from dpc_conformance.reporting.gathered import Gathered, ScenarioRun, gather
from dpc_conformance.reporting.grouped import grouped
from dpc_conformance.reporting.junit_requirements import add_properties, requirement_case
from dpc_conformance.reporting.junit_run import run_cases
from dpc_conformance.reporting.statement import Statement

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, such as the control characters of a terminal."""
COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def junit_xml(journal: Journal, statement: Statement) -> str:
    """The text of `junit.xml`.

    A scenario with a failed evaluation is a failure; one that broke, hung or lost its server is an error; one that was
    left out or that a role has no verb for is skipped, where nothing had failed in it by then. What becomes of a
    requirement is told at `requirement_case`, of waivers and of the run itself at `run_cases`.
    """
    gathered = gather(journal)
    suites = Xml.Element("testsuites", name=gathered.started.target)
    for feature, runs in grouped(gathered.scenarios, lambda run: run.started.feature).items():
        suite = _suite(suites, feature, min(run.started.at for run in runs).isoformat(), gathered)
        for run in runs:
            _case(suite, run, [each for each in gathered.evaluations if each.scenario == run.id])
    for group, verdicts in grouped(statement.verdicts, lambda each: each.requirement.group).items():
        suite = _suite(suites, f"requirements {group}", gathered.started.at.isoformat(), gathered)
        for verdict in verdicts:
            requirement_case(suite, verdict)
    run_cases(_suite(suites, "the run", gathered.started.at.isoformat(), gathered), statement)
    for suite in suites:
        count_cases(suite)
    count_cases(suites)
    for element in suites.iter():
        element.attrib.update({name: _text(value) for name, value in element.attrib.items()})
        element.text = _text(element.text) if element.text else None
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _suite(suites: Xml.Element, name: str, timestamp: str, gathered: Gathered) -> Xml.Element:
    suite = Xml.SubElement(suites, "testsuite", name=name, timestamp=timestamp)
    started = gathered.started
    facts = {"suite": started.suite_version, "seed": started.seed, "clock": started.clock.isoformat()}
    add_properties(suite, {**facts, "edition": started.edition, "scope": started.scope})
    return suite


def _case(suite: Xml.Element, run: ScenarioRun, evaluations: list[EvaluationMade]) -> None:
    started, outcome = run.started, str(run.outcome)
    case = Xml.SubElement(
        suite,
        "testcase",
        name=started.name,
        classname=started.feature,
        file=started.file,
        line=str(started.line),
        time=f"{run.seconds:.3f}",
    )
    results = ", ".join(f"{each.requirement} {each.result}" for each in evaluations)
    add_properties(case, {"outcome": outcome, "evaluations": results})
    failed = [each for each in evaluations if each.result == "FAIL"]
    words = "\n".join(f"{each.requirement} ({each.aspect}) in {each.step}: {each.message}" for each in failed)
    match outcome:
        case "passed":
            pass
        case "blocked" | "skipped" | "interrupted" if not failed:
            Xml.SubElement(case, "skipped", message=run.message or outcome, type=outcome)
        case "failed" | "blocked" | "skipped" | "interrupted":
            first = f"{failed[0].requirement}: {failed[0].message}" if failed else run.message
            Xml.SubElement(case, "failure", message=first, type="evaluation").text = words or run.message
        case _:
            error = Xml.SubElement(case, "error", message=run.message or outcome, type=outcome)
            error.text = f"{run.broken_step}\n{run.message}\n{words}".strip()


def count_cases(element: Xml.Element) -> None:
    """What CI servers read before they read the cases."""
    cases = list(element.iter("testcase"))
    found = {name: sum(case.find(kind) is not None for case in cases) for name, kind in COUNTED.items()}
    seconds = sum(float(case.get("time", "0")) for case in cases)
    element.attrib.update({"tests": str(len(cases)), **{name: str(count) for name, count in found.items()}})
    element.set("time", f"{seconds:.3f}")


def _text(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)
