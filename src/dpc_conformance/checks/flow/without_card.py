"""Issuance without the PIV Card: SP 800-157r1 fpd §2.2.3, FIPS 201-3 §2.8."""

from datetime import timedelta

from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.no_card import NoCardEvent, NoCardEventsSeen

EVENTS = "the record of issuances without a card"
SUPERVISED = frozenset({"in-person", "supervised-remote"})
ONE_DAY = timedelta(days=1)


def _events(facts: ScenarioFacts) -> tuple[NoCardEvent, ...]:
    seen = facts.of(NoCardEventsSeen)
    return seen[-1].events if seen else ()


def _without_card(facts: ScenarioFacts) -> list[IssuedCredential]:
    return [credential for credential in facts.credentials if not credential.piv_authentication_certificate]


@flow_check("DPC-ISS-NOCARD-01")
def decided_with_everything_on_record(facts: ScenarioFacts) -> Finding | None:
    """Each credential that no card authorised came of an operator's decision with everything of FIPS 201 on record."""
    credentials = _without_card(facts)
    for credential in credentials:
        event = next((each for each in _events(facts) if serial(credential.certificate) in each.serials), None)
        if event is None:
            return missing(EVENTS, f"a decision that led to {serial(credential.certificate)}")
        if (flaw := _flaw(event, credential)) is not None:
            return flaw
    return None if credentials else missing(EVENTS, "a credential that was issued without a card")


def _flaw(event: NoCardEvent, credential: IssuedCredential) -> Finding | None:
    where = f"{EVENTS}: event {event.number}"
    if event.channel not in SUPERVISED:
        return unexpected(f"{where}: channel", " or ".join(sorted(SUPERVISED)), event.channel or "none")
    if event.operator in ("", "unknown", event.account):
        return unexpected(f"{where}: operator", "somebody else than the applicant", event.operator or "nobody")
    if event.account != credential.account:
        return unexpected(f"{where}: account", credential.account, event.account)
    if event.at > credential.issued_at:
        return unexpected(f"{where}: time", f"before the issuance at {credential.issued_at}", event.at)
    if event.proofed_at is None or event.proofed_at > event.at:
        return missing(f"{where}: identity proofing", "completed before the decision", event.proofed_at or "not at all")
    if event.adjudication != "favorable":
        return unexpected(f"{where}: adjudication", "favorable", event.adjudication or "none")
    return (
        None if event.biometric == "match" else unexpected(f"{where}: biometrics", "match", event.biometric or "none")
    )


@flow_check("DPC-ISS-NOCARD-02")
def one_visit_for_all(facts: ScenarioFacts) -> Finding | None:
    """What was issued without a card belongs to one visit; a later one has a justification of its own."""
    events = _events(facts)
    issued_at = {serial(credential.certificate): credential.issued_at for credential in _without_card(facts)}
    for event in events:
        late = [each for each in event.serials if each in issued_at and issued_at[each] - event.at > ONE_DAY]
        if late:
            return unexpected(f"{EVENTS}: event {event.number}", "issuance on that day", f"{late[0]} came later")
    visits = list(events[:1])
    for later in events[1:]:
        if later.at - visits[-1].at <= ONE_DAY:
            continue
        if later.justification in ("", visits[-1].justification):
            return missing(f"{EVENTS}: event {later.number}", "a justification of its own")
        visits.append(later)
    return None if any(event.serials for event in events) else missing(EVENTS, "credentials that came of a decision")
