"""Findings as JUnit XML: a suite for each object, a case for each requirement."""

from xml.etree import ElementTree as Xml

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row
from dpc_conformance.reporting.findings.printable import printable

NOT_JUDGED = frozenset({Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE, Verdict.NOT_EFFECTIVE})


def findings_junit(judged: Judged) -> str:
    """The text of the file. A FAIL is a failure, a WARN passes with its words in system-out, the rest is skipped."""
    rows = [row for each in judged.objects for row in each.rows]
    suites = Xml.Element("testsuites", _totals(rows), name="dpc check")
    for each in judged.objects:
        suite = Xml.SubElement(suites, "testsuite", _totals(each.rows), name=printable(each.name))
        suite.set("timestamp", judged.moment.isoformat())
        for row in each.rows:
            _case(suite, each, row)
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: Xml.Element, each: JudgedObject, row: Row) -> None:
    words = printable(_words(row))
    group = printable(each.profile or each.kind)
    case = Xml.SubElement(suite, "testcase", name=f"{row.requirement.id} {row.rule}", classname=group, time="0")
    if row.verdict is Verdict.FAIL:
        failure = Xml.SubElement(case, "failure", message=words, type=str(row.ground.code))
        failure.text = f"{words}\n{row.requirement.source}"
    elif row.verdict in NOT_JUDGED:
        Xml.SubElement(case, "skipped", message=f"{row.verdict}: {words}")
    elif row.verdict is Verdict.WARN:
        Xml.SubElement(case, "system-out").text = f"WARN ({row.ground.code}): {words}"


def _words(row: Row) -> str:
    if row.is_finding:
        return f"{row.where}: expected {row.expected}, found {row.actual}"
    return row.ground.sentence


def _totals(rows: tuple[Row, ...] | list[Row]) -> dict[str, str]:
    failures = sum(row.verdict is Verdict.FAIL for row in rows)
    skipped = sum(row.verdict in NOT_JUDGED for row in rows)
    return {"tests": str(len(rows)), "failures": str(failures), "errors": "0", "skipped": str(skipped), "time": "0"}
