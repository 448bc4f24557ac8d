"""Bindings shortly before a loss or a compromise: SP 800-157r1 §2.4, Common Policy CP §4.9.1."""

from datetime import datetime, timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.flow.lifecycle import AGENCY, AUDIT, last_notice, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts

RECENT = timedelta(days=7)


@flow_check("DPC-LC-RECENT-01")
def recent_bindings_are_reviewed(facts: ScenarioFacts) -> Finding | None:
    """After a loss each credential that was bound in the seven days before is reviewed, and somebody decides."""
    notice = last_notice(facts, "card-lost", "device-lost")
    if isinstance(notice, Finding):
        return notice
    recent = [each for each in facts.credentials if notice.at - RECENT <= each.issued_at <= notice.at]
    if not recent:
        return unexpected(AGENCY, "a credential bound in the week before", "none")
    for credential in recent:
        number = serial(credential.certificate)
        for action in ("open-review", "close-review"):
            if not _on_record(facts, action, number, notice.at):
                return missing(AUDIT, f"{action} of {number}")
    return None


@flow_check("DPC-LC-RECENT-02")
def compromised_authority_is_followed_up(facts: ScenarioFacts) -> Answer:
    """Each credential that a compromised key authorised is revoked, or confirmed as properly issued."""
    notice = last_notice(facts, "card-compromised")
    if isinstance(notice, Finding):
        return notice
    since = notice.since or notice.at
    authorised = [
        each
        for each in facts.credentials
        if each.piv_authentication_certificate == notice.certificate and since <= each.issued_at <= notice.at
    ]
    if not authorised:
        return CannotTell(f"no credential is on record as authorised by the compromised key since {since}")
    for credential in authorised:
        number = serial(credential.certificate)
        reviewed = _on_record(facts, "close-review", number, notice.at)
        if not reviewed and not _on_record(facts, "revoke", number, credential.issued_at):
            return missing(AUDIT, f"a revocation or a confirmation of {number}")
    return None


def _on_record(facts: ScenarioFacts, action: str, subject: str, since: datetime) -> bool:
    """Whether that was done since then, to it or to a list that names it; an earlier event's says nothing."""
    done = [each for each in facts.decided(action) if each.at >= since - CLOCKS_DIFFER_BY]
    return any(subject == each.subject or subject in each.detail for each in done)
