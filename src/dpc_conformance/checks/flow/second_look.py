"""The second look at the card that authorised a credential: Common Policy CP §3.2.3.1, SP 800-157 §2.2."""

from datetime import timedelta

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import ACCOUNT, AUDIT, names_of, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts

DUE, WITHIN = timedelta(days=7), timedelta(days=1)
UNKNOWN = "status-unavailable"
REVIEW = ("open-review", "close-review")


@flow_check("DPC-ISS-7DAY-01")
def looks_again_after_seven_days(facts: ScenarioFacts) -> Finding | None:
    """Between seven and eight days after issuance the card certificate's status is checked again and acted on."""
    looked_at = 0
    for credential in facts.credentials:
        looks = _looks(facts, credential)
        if not looks and (_still_to_come(facts, credential) or _ended_before(facts, credential)):
            continue
        looked_at += 1
        if not looks:
            return unexpected(AUDIT, f"a status check between {credential.issued_at + DUE} and a day later", "none")
        bad = any(each.outcome == "refused" and each.reason != UNKNOWN for each in looks)
        acted_on = credential.status == "revoked" or _reviewed(facts, credential)
        if (bad or looks[-1].outcome == "refused") and not acted_on:
            return unexpected(ACCOUNT, "a revoked derived credential", credential.status)
    return None if looked_at else unexpected(ACCOUNT, "a credential that was issued a week ago", "none")


def _looks(facts: ScenarioFacts, credential: IssuedCredential) -> list[AuditRecord]:
    due, names = credential.issued_at + DUE, names_of(credential)
    looks = [each for each in facts.audit if each.action == "re-check" and due <= each.at <= due + WITHIN]
    return [each for each in looks if each.subject in names]


def _still_to_come(facts: ScenarioFacts, credential: IssuedCredential) -> bool:
    return facts.now < credential.issued_at + DUE + WITHIN


def _ended_before(facts: ScenarioFacts, credential: IssuedCredential) -> bool:
    """Whether there was nothing left that the card could have authorised wrongly."""
    due, number = credential.issued_at + DUE, serial(credential.certificate)
    ended = [each for each in facts.decided("revoke") if each.subject == number and each.at < due]
    return credential.status == "revoked" and bool(ended)


def _reviewed(facts: ScenarioFacts, credential: IssuedCredential) -> bool:
    due, number = credential.issued_at + DUE, serial(credential.certificate)
    return any(each.action in REVIEW and each.subject == number and each.at >= due for each in facts.audit)
