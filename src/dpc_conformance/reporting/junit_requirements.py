"""A requirement as a test case of JUnit, so that a CI server sees verdicts and not only scenarios."""

from collections.abc import Mapping
from xml.etree import ElementTree as Xml

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.statement import RequirementVerdict, is_open

EXCUSED = (Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE)


def requirement_case(suite: Xml.Element, verdict: RequirementVerdict) -> None:
    """Append the case; its property `verdict` has the verdict, whatever CI makes of the rest.

    FAIL is a failure. What is open (BLOCKED, INCONCLUSIVE, SKIPPED, HANG, INFRASTRUCTURE, a REVIEW that nobody decided)
    is an error: the run is incomplete. What needs no verdict, and a failure that is waived, is skipped. WARN, ATTESTED
    and a decided REVIEW pass, with their words in system-out.
    """
    requirement, ground = verdict.requirement, verdict.ground
    case = Xml.SubElement(
        suite, "testcase", name=f"{requirement.id} {requirement.text}", classname="requirements", time="0"
    )
    kind, said = ground.verdict.value, f"{ground.verdict}: {ground.sentence or ground.code}"
    told = {"verdict": kind, "reason": ground.code.value, "level": verdict.level.value, "source": requirement.source}
    add_properties(case, {**told, "scenario": ground.scenario})
    if verdict.waived:
        Xml.SubElement(case, "skipped", message=f"waived {said}", type=kind)
    elif ground.verdict is Verdict.FAIL:
        Xml.SubElement(case, "failure", message=said, type=kind).text = _departures(verdict)
    elif ground.verdict in EXCUSED:
        Xml.SubElement(case, "skipped", message=said, type=kind)
    elif is_open(verdict):
        Xml.SubElement(case, "error", message=said, type=kind).text = f"{ground.scenario}\n{ground.step}".strip()
    elif ground.verdict is not Verdict.PASS:
        Xml.SubElement(case, "system-out").text = said


def add_properties(element: Xml.Element, values: Mapping[str, str]) -> None:
    """Name and value of whatever is not empty."""
    properties = Xml.SubElement(element, "properties")
    for name, value in values.items():
        if value:
            Xml.SubElement(properties, "property", name=name, value=value)


def _departures(verdict: RequirementVerdict) -> str:
    found = [
        f"{each.where}: expected {each.expected}, found {each.actual} ({each.scenario}, {each.step})"
        for each in verdict.findings
        if each.result == Verdict.FAIL
    ]
    return "\n".join(dict.fromkeys([*found, verdict.requirement.source]))
