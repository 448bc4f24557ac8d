"""Findings as JUnit XML: a suite for each object, a case for each requirement."""

from xml.etree import ElementTree as Xml

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row
from dpc_conformance.reporting.findings.printable import printable
from dpc_conformance.reporting.junit import count_cases

NOT_JUDGED = frozenset({Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE})


def findings_junit(judged: Judged) -> str:
    """The text of the file.

    A FAIL is a failure, what keeps an object from being read an error; a WARN passes with its words in system-out, the
    rest is skipped.
    """
    suites = Xml.Element("testsuites", name="dpc check")
    for each in judged.objects:
        suite = Xml.SubElement(suites, "testsuite", name=printable(each.name), timestamp=judged.moment.isoformat())
        for row in each.rows:
            _case(suite, each, row)
        count_cases(suite)
    count_cases(suites)
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: Xml.Element, each: JudgedObject, row: Row) -> None:
    words = printable(_words(row))
    group = printable(each.profile or each.kind)
    case = Xml.SubElement(suite, "testcase", name=f"{row.requirement.id} {row.rule}", classname=group, time="0")
    if row.verdict is Verdict.FAIL:
        failure = Xml.SubElement(case, "failure", message=words, type=str(row.ground.code))
        failure.text = f"{words}\n{row.requirement.source}"
    elif row.is_finding and not each.readable:
        Xml.SubElement(case, "error", message=words, type=str(row.ground.code))
    elif row.verdict in NOT_JUDGED:
        Xml.SubElement(case, "skipped", message=f"{row.verdict}: {words}")
    elif row.verdict is Verdict.WARN:
        Xml.SubElement(case, "system-out").text = f"WARN ({row.ground.code}): {words}"


def _words(row: Row) -> str:
    if row.is_finding:
        return f"{row.where}: expected {row.expected}, found {row.actual}"
    return row.ground.sentence
