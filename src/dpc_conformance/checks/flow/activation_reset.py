"""Forgotten and blocked activation secrets: SP 800-157 §3.4, SP 800-157r1 §3.1.4."""

from datetime import datetime

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import AUDIT, looks
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.key_store import SecretChosen
from dpc_conformance.evidence.records import ActivationAttempted, CertificateInstalled, HttpExchange

KEY_STORE = "the phone's key store"
SIGNING = ("authentication", "signature")
"""Usages of keys that are of no use any more once their secret is lost; what was encrypted is still to be read."""


def _resets(facts: ScenarioFacts) -> list[SecretChosen]:
    return [record for record in facts.of(SecretChosen) if record.occasion == "reset"]


def _enrolled_at(facts: ScenarioFacts) -> datetime:
    return min((record.at for record in facts.of(CertificateInstalled)), default=facts.now)


def _issued_at(facts: ScenarioFacts) -> datetime:
    """When the issuer first issued, by its own clock, which tells of its other decisions, too."""
    return min((credential.issued_at for credential in facts.credentials), default=_enrolled_at(facts))


@flow_check("DPC-ACT-RESET-01")
def only_the_agency_resets(facts: ScenarioFacts) -> Finding | None:
    """Each reset used an unblocking key that the issuer released for it, to somebody whose identity it had verified."""
    resets = _resets(facts)
    done = [reset for reset in resets if reset.accepted]
    if not done:
        return unexpected(KEY_STORE, "a reset of the activation secret", f"{len(resets)} tries")
    for count, reset in enumerate(done, start=1):
        if reset.authority != "code":
            return unexpected(KEY_STORE, "no reset without a fresh code of the issuer", f"a reset by {reset.authority}")
        until = reset.at + CLOCKS_DIFFER_BY
        released = [each for each in facts.decided("reset") if each.actor == facts.account and each.at <= until]
        if len(released) < count:
            return unexpected(AUDIT, f"{count} released unblocking keys", len(released))
        verified = [each for each in facts.decided("sign-in") if each.actor == facts.account]
        if not any(_issued_at(facts) < each.at <= released[count - 1].at for each in verified):
            return unexpected(AUDIT, "a verified identity before the unblocking key was released", "none")
    return None


@flow_check("DPC-ACT-RESET-02")
def invalid_where_no_reset_is_possible(facts: ScenarioFacts) -> Answer:
    """A credential whose secret was lost for good is revoked, and the cardholder gets a new one."""
    blocked = [attempt.at for attempt in facts.of(ActivationAttempted) if attempt.outcome == "disabled"]
    if not blocked or any(reset.accepted for reset in _resets(facts)):
        return CannotTell("no key was blocked, or its secret was reset")
    signing = [each for each in facts.credentials if each.usage in SIGNING]
    former = [each for each in signing if _held_since(facts, each) <= blocked[0]]
    later = [each for each in signing if each not in former]
    if not former or not later:
        return unexpected(AUDIT, "a credential before and another one after the block", f"{len(former)}, {len(later)}")
    for each in former:
        if each.status != "revoked":
            return unexpected("the PIV identity account", f"a revoked {each.usage} certificate", each.status)
    for each in former:
        seen = looks(facts, each.certificate, blocked[0])
        good = [look.ocsp for look in seen if look.ocsp != "revoked"]
        if good or not seen:
            return unexpected("the OCSP responder", "revoked", good[0] if good else "never asked")
    last = facts.of(ActivationAttempted)[-1]
    return None if last.outcome == "accepted" else unexpected(KEY_STORE, "a use of the new credential", last.outcome)


def _held_since(facts: ScenarioFacts, credential: IssuedCredential) -> datetime:
    """When it came to the phone, by the clock that tells of blocks; by the issuer's where nobody saw it come."""
    seen = [each.at for each in facts.of(CertificateInstalled) if each.der == credential.certificate]
    return min(seen, default=credential.issued_at)


@flow_check("DPC-ACT-RESET-03")
def remote_reset_needs_the_card(facts: ScenarioFacts) -> Finding | None:
    """Each reset followed a sign-in with the PIV Card by PKI-AUTH of its own, over a protected channel throughout."""
    start, issued_at = _enrolled_at(facts), _issued_at(facts)
    done = [reset for reset in _resets(facts) if reset.accepted]
    if not done:
        return unexpected(KEY_STORE, "a reset of the activation secret", "none")
    for count, reset in enumerate(done, start=1):
        exchanges = [each for each in facts.of(HttpExchange) if start < each.at <= reset.at]
        with_card = [e for e in exchanges if e.tls and e.tls.client_certificate == facts.card_certificate]
        own = [each for each in facts.decided("sign-in") if each.actor == facts.account]
        signed_in = [each for each in own if issued_at < each.at <= reset.at + CLOCKS_DIFFER_BY]
        if not with_card or len(signed_in) < count:
            return unexpected(AUDIT, "PKI-AUTH with the PIV Card before the reset", "none")
        open_ones = [each.url for each in exchanges if each.tls is None]
        if open_ones:
            return unexpected("the connections", "TLS throughout the reset", open_ones[0])
        start = reset.at
    return None
