"""Suspension of derived credentials: Common Policy CP §4.9.15, §4.9.16."""

from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.maintenance import CrlEntrySeen, SuspensionAsked
from dpc_conformance.formats.certificate import read_certificate

HOLD = 6
"""certificateHold (RFC 5280 §5.3.1)."""


@flow_check("DPC-LC-SUSP-02")
def holds_end_in_time(facts: ScenarioFacts) -> Answer:
    """A hold is made final after the documented longest time, and never outlives its certificate."""
    asked = facts.of(SuspensionAsked)
    if not asked:
        return unexpected("the issuer", "a suspension", "none")
    return next((answer for suspension in asked if (answer := _departure(facts, suspension)) is not None), None)


def _departure(facts: ScenarioFacts, asked: SuspensionAsked) -> Answer:
    seen = [each for each in facts.of(CrlEntrySeen) if each.certificate == asked.certificate and each.at >= asked.at]
    until, end = asked.at + asked.longest, read_certificate(asked.certificate).not_after.moment
    listed = [each for each in seen if each.reason is not None]
    if not listed or (listed[0].reason != HOLD and listed[0].at <= until):
        return unexpected("the CRL", "an entry with certificateHold (6)", listed[0].reason if listed else "none")
    for entry in seen:
        expired = end is not None and entry.at > end
        if entry.reason == HOLD and expired:
            return unexpected("the CRL", f"no hold of a certificate that ended at {end}", f"on hold at {entry.at}")
        if entry.reason == HOLD and entry.at > until:
            return unexpected("the CRL", f"a revocation after {asked.longest.days} days", "still on hold")
        # What has expired may leave the CRL (RFC 5280 §3.3), and so may what its holder restored.
        if entry.reason is None and entry.at > until and not expired and not _restored(facts, asked):
            return unexpected("the CRL", f"a revocation after {asked.longest.days} days", "no entry")
    if listed[0].reason != HOLD:
        return CannotTell("no CRL was seen while the certificate was on hold")
    if seen[-1].at <= min(until, end or until):
        return CannotTell("no CRL was seen after the longest suspension, or the end of the certificate")
    return None


def _restored(facts: ScenarioFacts, asked: SuspensionAsked) -> bool:
    """Whether the hold was ended before it lasted too long."""
    number, until = serial(asked.certificate), asked.at + asked.longest
    return any(each.subject == number and asked.at <= each.at <= until for each in facts.decided("restore"))
