"""The secret in the QR code: SP 800-157 §2.2, SP 800-157r1 §2.2.2, SP 800-63B-4 §4.1.2.2."""

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import HttpExchange, QrCodeShown


@flow_check("DPC-ISS-MULTI-01")
def a_secret_ties_the_transactions(facts: ScenarioFacts) -> Finding | None:
    """The sign-in at the kiosk hands out a secret of its own, which the later transaction must present."""
    shown = facts.of(QrCodeShown)
    if not shown:
        return unexpected("the kiosk", "a QR code", "none")
    if len({code.secret_digest for code in shown}) < len(shown):
        return unexpected("the kiosk", "a new secret in each QR code", "the same secret twice")
    if any(code.password_repeated for code in shown):
        return unexpected("the kiosk", "a new password under each QR code", "the same password twice")
    return None


@flow_check("DPC-ISS-MULTI-05")
def the_secret_is_carried_by_hand(facts: ScenarioFacts) -> Finding | None:
    """The binding secret is shown to be scanned; it travels neither by e-mail nor in an address."""
    if not facts.of(QrCodeShown):
        return unexpected("the kiosk", "a QR code", "none")
    for exchange in facts.of(HttpExchange):
        if "url" in exchange.secrets_in:
            return unexpected(exchange.url, "no secret in an address", "a secret")
    return unexpected("the mailbox", "no secret", "a secret") if facts.secret_in_mail else None
