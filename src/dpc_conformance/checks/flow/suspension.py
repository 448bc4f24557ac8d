"""Suspension of derived credentials: Common Policy CP §4.9.15, §4.9.16."""

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.maintenance import CrlEntrySeen, SuspensionAsked
from dpc_conformance.formats.certificate import read_certificate

HOLD = 6
"""certificateHold (RFC 5280 §5.3.1)."""


@flow_check("DPC-LC-SUSP-02")
def holds_end_in_time(facts: ScenarioFacts) -> Finding | None:
    """A hold is made final after the documented longest time, and never outlives its certificate."""
    asked, seen = facts.of(SuspensionAsked), facts.of(CrlEntrySeen)
    if not asked:
        return unexpected("the issuer", "a suspension", "none")
    for suspension in asked:
        entries = [each for each in seen if each.certificate == suspension.certificate and each.at >= suspension.at]
        end = read_certificate(suspension.certificate).not_after.moment
        if not entries or entries[0].reason != HOLD:
            return unexpected("the CRL", "an entry with certificateHold (6)", entries[0].reason if entries else "none")
        for entry in entries:
            if entry.reason == HOLD and end is not None and entry.at > end:
                return unexpected("the CRL", f"no hold of a certificate that ended at {end}", f"on hold at {entry.at}")
            if entry.at > suspension.at + suspension.longest and entry.reason in (None, HOLD):
                actual = "still on hold" if entry.reason == HOLD else "no entry"
                return unexpected("the CRL", f"a revocation after {suspension.longest.days} days", actual)
    return None
