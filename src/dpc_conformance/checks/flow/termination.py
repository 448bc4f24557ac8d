"""The end of accounts and cards, and what it means for derived credentials: FIPS 201-3 §2.9.4, §2.10.2."""

from datetime import datetime

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, DoesNotApply, Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import (
    AGENCY,
    AUDIT,
    all_good,
    all_invalid,
    in_force,
    issued_before,
    last_notice,
    serial,
)
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.formats.certificate import read_certificate

INELIGIBLE = frozenset({"separation", "no-longer-needs-access", "death", "adverse-adjudication", "fraudulent-identity"})
"""Reasons for which FIPS 201-3 §2.9.4 terminates a card."""


@flow_check("DPC-LC-TERM-01")
def account_termination_ends_every_credential(facts: ScenarioFacts) -> Finding | None:
    """When the PIV identity account ends, every derived credential bound to it is revoked."""
    return _all_ended_by(facts, "account-terminated")


@flow_check("DPC-LC-TERM-02")
def done_within_eighteen_hours(facts: ScenarioFacts) -> Finding | None:
    """When the card cannot be collected, the status services show the revocations within 18 hours of the notice."""
    return _all_ended_by(facts, "card-terminated", "account-terminated")


@flow_check("DPC-LC-TERM-03")
def card_termination_ends_every_credential(facts: ScenarioFacts) -> Answer:
    """When the card is terminated because its holder is no longer eligible, the derived credentials are revoked."""
    notice = last_notice(facts, "card-terminated")
    if isinstance(notice, Finding):
        return notice
    if notice.reason not in INELIGIBLE:
        return DoesNotApply(f"a card terminated for {notice.reason or 'no reason'} does not end eligibility")
    return all_invalid(facts, issued_before(facts, notice.at), notice.at)


@flow_check("DPC-LC-TERM-04")
def outlives_the_card(facts: ScenarioFacts) -> Answer:
    """Loss, damage, expiry or replacement of the card alone leaves the derived credentials good."""
    expired = read_certificate(facts.card_certificate).not_after.moment
    if expired is not None and expired < facts.now:
        return _outlives_expiry(facts, expired)
    notice = last_notice(facts, "card-lost", "card-replaced")
    if isinstance(notice, Finding):
        return notice
    credentials = in_force(facts, issued_before(facts, notice.at), notice.at)
    if not credentials:
        return unexpected(AGENCY, "a derived credential before the event", "none")
    return all_good(facts, credentials, notice.at)


def _outlives_expiry(facts: ScenarioFacts, expired: datetime) -> Answer:
    """An issuer may let derived certificates end with the card's, and need not (DPC-LC-EXPIRY-01)."""
    credentials = in_force(facts, issued_before(facts, expired), expired)
    views = [(each, read_certificate(each.certificate).not_after.moment) for each in credentials]
    outliving = [each for each, end in views if end is not None and end > facts.now]
    if not outliving:
        return DoesNotApply("no derived certificate outlives that of the card")
    return all_good(facts, outliving, expired)


@flow_check("DPC-LC-NONEED-01")
def not_needed_any_more(facts: ScenarioFacts) -> Finding | None:
    """When the agency decides that somebody no longer needs a derived credential, each one is revoked."""
    return _all_ended_by(facts, "not-needed")


@flow_check("DPC-LC-NONVOL-01")
def involuntary_invalidation_names_its_case(facts: ScenarioFacts) -> Finding | None:
    """The record of an involuntary invalidation names the file of the case."""
    notice = last_notice(facts, "card-terminated", "account-terminated")
    if isinstance(notice, Finding):
        return notice
    own = {serial(credential.certificate) for credential in facts.credentials}
    since = notice.at - CLOCKS_DIFFER_BY
    revoked = [record for record in facts.decided("revoke") if record.at >= since and record.subject in own]
    if not notice.case or not revoked:
        return unexpected(AUDIT, "revocations that follow a case", "no case" if revoked else "no revocation")
    without = [record for record in revoked if notice.case not in record.detail]
    return unexpected(AUDIT, f"case {notice.case} in each revocation", f"{len(without)} without") if without else None


def _all_ended_by(facts: ScenarioFacts, *kinds: str) -> Finding | None:
    """Whether everything that was issued before the last notice of those kinds is invalid since."""
    notice = last_notice(facts, *kinds)
    if isinstance(notice, Finding):
        return notice
    return all_invalid(facts, issued_before(facts, notice.at), notice.at)
