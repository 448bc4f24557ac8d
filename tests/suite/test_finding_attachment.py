"""A finding in the report: a table with what was expected and found, and a link to the page of its source."""

from datetime import UTC, datetime

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.reporting.records.attachments import finding_attachment

MOMENT = datetime(2026, 6, 1, tzinfo=UTC)


def finding(**values: str) -> str:
    made = EvaluationMade(MOMENT, "a scenario", "DPC-CERT-EKU-01", "FAIL", **values)
    attachment = finding_attachment(made, load_catalogue()["DPC-CERT-EKU-01"])
    assert (attachment.name, attachment.mime_type) == ("finding: DPC-CERT-EKU-01", "text/html")
    return str(attachment.body)


def test_it_says_where_what_was_expected_and_what_was_found():
    body = finding(where="extKeyUsage", expected="clientAuth", actual="nothing")
    for row in ("<td>extKeyUsage</td>", "<td>clientAuth</td>", "<td>nothing</td>"):
        assert row in body
    assert "contains TLS client authentication" in body
    assert '<a href="https://' in body


def test_what_a_certificate_says_is_no_markup():
    assert "<b>" not in finding(where="subject", expected="a name", actual="CN=<b>bold</b>")
