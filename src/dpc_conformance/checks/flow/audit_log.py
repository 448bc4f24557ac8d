"""The audit log: what has to be in it, and that nobody can change it unseen. Common Policy CP §5.4.1, §5.4.4."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.flow.lifecycle import AUDIT, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.audit_log import AttemptRefused, AuditLogExported, AuditLogTampered
from dpc_conformance.evidence.decisions import OTHER
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.plain_names import names_in
from dpc_conformance.formats.audit_chain import AuditChain, NotAnAuditLog, read_audit_chain

EXPORT = "the exported audit log"
ENROLMENT = ("approve", "sign-in", "request", "issue")


@flow_check("DPC-ISS-AUDIT-01")
def every_decision_is_on_record(facts: ScenarioFacts) -> Finding | None:
    """Every approval, request, refusal, issuance and revocation is on record with actor and time, tamper-evident."""
    rules: tuple[Callable[[ScenarioFacts], Finding | None], ...] = (_enrolments, _refusals, _revocations, _exports)
    return next((finding for rule in rules if (finding := rule(facts)) is not None), None)


def _enrolments(facts: ScenarioFacts) -> Finding | None:
    for action in ENROLMENT if facts.credentials else ("approve",):
        records = facts.decided(action)
        if not records:
            return missing(AUDIT, f"an entry for {action}")
        if any(record.actor in ("", "unknown") for record in records):
            return unexpected(AUDIT, f"the actor of {action}", "unknown")
    issued = {record.subject for record in facts.decided("issue")}
    for credential in facts.credentials:
        if (number := serial(credential.certificate)) not in issued:
            return missing(AUDIT, f"the issuance of {number}")
    return None


def _refusals(facts: ScenarioFacts) -> Finding | None:
    known = [record for record in facts.audit if record.outcome == "refused"]
    for attempt in facts.of(AttemptRefused):
        its = [
            each for each in known if each.action == attempt.action and abs(each.at - attempt.at) <= CLOCKS_DIFFER_BY
        ]
        if not its:
            return missing(AUDIT, f"an entry for the refused {attempt.action} of {attempt.at}")
        known.remove(its[0])
    return None


def _revocations(facts: ScenarioFacts) -> Finding | None:
    known = {record.subject for record in facts.decided("revoke") if record.actor not in ("", "unknown")}
    for credential in facts.credentials:
        if credential.status == "revoked" and (number := serial(credential.certificate)) not in known:
            return missing(AUDIT, f"who revoked {number}")
    return None


def _exports(facts: ScenarioFacts) -> Finding | None:
    tampered: AuditLogTampered | None = None
    for record in facts.timeline:
        if isinstance(record, AuditLogTampered):
            tampered = record
        if isinstance(record, AuditLogExported) and (finding := _export(record, tampered, facts)) is not None:
            return finding
    return None


def _export(export: AuditLogExported, tampered: AuditLogTampered | None, facts: ScenarioFacts) -> Finding | None:
    try:
        chain = _read(export)
    except NotAnAuditLog as problem:
        return unexpected(EXPORT, "an audit log", problem)
    if tampered is None:
        if chain.misfit:
            return unexpected(EXPORT, "a log that verifies", chain.misfit)
        return _complete(chain, export.at, facts)
    if chain.misfit is None:
        return missing(EXPORT, f"a sign that record {tampered.number} was {tampered.how}", "a log that verifies")
    if chain.misfit.number != tampered.number:
        return unexpected(EXPORT, f"record {tampered.number} named, which was {tampered.how}", chain.misfit)
    return None


def _complete(chain: AuditChain, at: datetime, facts: ScenarioFacts) -> Finding | None:
    """Whether an export holds each decision that was made well before it, or before another one that it holds.

    What a product logs beside decisions is `other` to the suite; its export has a word of its own for it.
    """
    name = names_in(facts).plain
    exported = Counter((e["actor"], e["action"], name(e["subject"]), e["outcome"]) for e in chain.records)
    decisions = [record for record in facts.audit if record.action != OTHER]
    held = []
    for record in decisions:
        wanted = (record.actor, record.action, record.subject, record.outcome)
        held.append(exported[wanted] > 0)
        exported[wanted] -= 1
    newest = max((place for place, is_held in enumerate(held) if is_held), default=0)
    for place, record in enumerate(decisions):
        if not held[place] and (place < newest or record.at < at - CLOCKS_DIFFER_BY):
            return missing(EXPORT, f"the {record.action} of {record.actor} at {record.at}")
    return None


def _read(export: AuditLogExported) -> AuditChain:
    try:
        key = load_der_public_key(export.seal_key)
    except ValueError as error:
        raise NotAnAuditLog("there is no key to verify its seal with") from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotAnAuditLog("the key of its seal is not one on an elliptic curve")
    return read_audit_chain(export.content, key)
