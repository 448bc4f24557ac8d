"""How long it takes from a known need to its revocation: Common Policy CP §4.9.4."""

from datetime import datetime, timedelta

from dpc_conformance.checks.finding import Answer, CannotTell, missing, unexpected
from dpc_conformance.checks.flow.lifecycle import AUDIT, names_of, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts

AT_ONCE = timedelta(minutes=5)
"""Between recognising that a revocation is needed and asking the CA for it: no time to wait for anything."""


@flow_check("DPC-LC-REVTIME-02")
def no_grace_period(facts: ScenarioFacts) -> Answer:
    """Once the issuer knows that a revocation is needed, it does not wait to ask for it."""
    revoked = facts.decided("revoke")
    if not revoked:
        return CannotTell("nothing was revoked")
    own = {serial(each.certificate): each for each in facts.credentials}
    mine = [(record.at, _causes(facts, record.at, own[record.subject])) for record in revoked if record.subject in own]
    # Where the records name nobody whom we know, any cause may be the one.
    known = [each for each in mine if each[1]] or [(record.at, _causes(facts, record.at)) for record in revoked]
    waited = [(at - max(causes), at - min(causes)) for at, causes in known if causes]
    if not waited:
        return missing(AUDIT, "what made the revocation necessary, before it")
    least, most = max(each for each, _ in waited), max(each for _, each in waited)
    if least > AT_ONCE:
        return unexpected(AUDIT, "revocation at once", f"after {least}")
    return CannotTell(f"whether what was known {most} before made it necessary") if most > AT_ONCE else None


def _causes(facts: ScenarioFacts, until: datetime, credential: IssuedCredential | None = None) -> list[datetime]:
    """When each need to revoke a credential (None: any) became known; what is told again is no new one."""
    told = [*facts.decided("learn"), *facts.decided("request-revocation"), *facts.decided("re-check", "refused")]
    told = [record for record in told if record.at <= until]
    if credential is not None:
        names = names_of(credential)
        told = [record for record in told if record.subject in names and record.at >= credential.issued_at]
    first: dict[tuple[str, ...], datetime] = {}
    for record in told:
        first.setdefault((record.action, record.subject, record.detail), record.at)
    return list(first.values())
