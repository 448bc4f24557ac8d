"""Delivery of a key that the issuer made, and what the issuer keeps of it: SP 800-157r1 §2.2.1, CP §6.1.2."""

from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.flow.activation_secret import shows_secret
from dpc_conformance.checks.flow.key_strengths import shortcoming
from dpc_conformance.checks.flow.lifecycle import by_holder, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.records import HttpExchange


@flow_check("DPC-ISS-KEY-05")
def delivered_over_a_protected_channel(facts: ScenarioFacts) -> Finding | None:
    """A key that the issuer made reaches an authenticated device in an envelope and in TLS as strong as the key."""
    arrived = [record for record in facts.of(KeyReceived) if record.way == "issuance"]
    if not arrived:
        return unexpected("the phone", "a key that the issuer made", "none")
    if not by_holder(facts, "redeem"):
        return unexpected("the issuer's audit record", "the device authenticated by its statement", "no redemption")
    for record in arrived:
        if (finding := shortcoming(record, facts)) is not None:
            return finding
    return None


@flow_check("DPC-ISS-KEY-06")
def no_copy_after_delivery(facts: ScenarioFacts) -> Answer:
    """Once a delivery is acknowledged the issuer has no copy of the key outside its escrow."""
    acknowledged = {record.subject for record in facts.decided("deliver")}
    made = [each for each in facts.credentials if each.key_origin == "issuer"]
    delivered = [each for each in made if each.status == "delivered" or serial(each.certificate) in acknowledged]
    if not delivered:
        return unexpected("the PIV identity account", "an acknowledged delivery of a key that the issuer made", "none")
    kept = [each for each in delivered if each.key_copy]
    if kept:
        return unexpected("the issuer's records", "no copy of a delivered key", f"{len(kept)}")
    unknown = any(each.key_copy is None for each in delivered)
    return CannotTell("the records do not tell whether the issuer has a copy of the key") if unknown else None


@flow_check("DPC-ISS-KEY-07")
def key_delivery_is_acknowledged(facts: ScenarioFacts) -> Finding | None:
    """The phone acknowledged each key that the issuer made, and the activation secret did not travel with it."""
    made = [credential for credential in facts.credentials if credential.key_origin == "issuer"]
    delivered = {record.subject for record in facts.decided("deliver")}
    if not made:
        return unexpected("the PIV identity account", "a credential whose key the issuer made", "none")
    for credential in made:
        if (number := serial(credential.certificate)) not in delivered:
            return unexpected("the issuer's audit record", f"an acknowledged delivery of {number}", "none")
    for exchange in facts.of(HttpExchange):
        if shows_secret(exchange):
            return unexpected(exchange.url, "no activation secret beside the key", "the activation secret")
    return None
