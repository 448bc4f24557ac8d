"""What is wrong with a run as a whole as test cases of JUnit: no scenario and no requirement shows it."""

from xml.etree import ElementTree as Xml

from dpc_conformance.catalogue.waivers import Standing, WaiverState
from dpc_conformance.reporting.statement import Statement


def run_cases(suite: Xml.Element, statement: Statement) -> None:
    """Append a case for the run, an error where it broke or is incomplete, and one for each waiver.

    A waiver that does not fit is a failure, as it fails the run; one of which nothing can be said is skipped.
    """
    stopped = "the run was stopped before its end" if statement.interrupted else ""
    lacking = dict.fromkeys(filter(None, (statement.broke, stopped, *statement.missing)))
    case = _case(suite, "the run is complete")
    if lacking:
        first, *_ = lacking
        Xml.SubElement(case, "error", message=first, type="incomplete").text = "\n".join(lacking)
    for each in statement.waivers:
        _waiver_case(suite, each)


def _waiver_case(suite: Xml.Element, state: WaiverState) -> None:
    waiver, said = state.waiver, f"{state.state}: {state.sentence}"
    case = _case(suite, f"waiver of {waiver.requirement}: {waiver.finding}")
    if state.is_unfit:
        Xml.SubElement(case, "failure", message=said, type="waiver").text = f"{waiver.reason}\n{waiver.owner}"
    elif state.state is Standing.NOT_SEEN:
        Xml.SubElement(case, "skipped", message=said, type="waiver")
    else:
        Xml.SubElement(case, "system-out").text = said


def _case(suite: Xml.Element, name: str) -> Xml.Element:
    return Xml.SubElement(suite, "testcase", name=name, classname="run", time="0")
