"""How long records are kept: Common Policy CP §5.5.1, §5.5.2."""

from datetime import datetime, timedelta

from dpc_conformance.checks.finding import Finding, missing
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.archive import RecordsSeen
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.formats.certificate import read_certificate

KEPT = timedelta(days=3 * 365)
LATE = KEPT - timedelta(days=31)
"""A look at the records proves something when a certificate has been expired for so long."""
ARCHIVE = "the issuer's archive"


@flow_check("DPC-ISS-AUDIT-02")
def records_outlive_the_certificate(facts: ScenarioFacts) -> Finding | None:
    """What was on record about an issuance still is, until three years after the certificate expired."""
    seen = facts.of(RecordsSeen)
    if not seen or not seen[0].decisions:
        return missing(ARCHIVE, "a look at the records soon after the issuance")
    expired_for = {each.certificate: _expired_for(each.certificate, facts.now) for each in seen[0].credentials}
    due = [certificate for certificate, time in expired_for.items() if time <= KEPT]
    if not any(expired_for[certificate] >= LATE for certificate in due):
        return missing(ARCHIVE, "a certificate that has been expired for almost three years")
    kept = {credential.certificate for credential in facts.credentials}
    for certificate in due:
        if certificate not in kept:
            return missing(ARCHIVE, f"certificate {serial(certificate)}")
    over = {serial(certificate) for certificate, time in expired_for.items() if time > KEPT}
    gone = [each for each in seen[0].decisions if each not in facts.audit and each.subject not in over]
    if gone:
        return missing(ARCHIVE, f"the {gone[0].action} of {gone[0].at:%Y-%m-%d}", f"{len(gone)} records are gone")
    return None


def _expired_for(certificate: bytes, now: datetime) -> timedelta:
    """How long ago it expired, negative before; no time at all where its end cannot be read."""
    end = read_certificate(certificate).not_after.moment
    return now - end if end else timedelta()
