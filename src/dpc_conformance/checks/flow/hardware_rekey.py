"""Re-key of hardware credentials, into the same module and into another one: Common Policy CP §3.3.1."""

from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.flow.hardware_credentials import (
    RECORD,
    hardware_credentials,
    is_hardware,
    module_of,
    visits_of,
)
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.flow.registration import CHANNELS
from dpc_conformance.checks.flow.rekey import sessions
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.hardware import ModuleOrdered
from dpc_conformance.evidence.maintenance import MaintenanceEnded

PHONE, MODULE, AUDIT = "the phone", "the hardware module", "the issuer's audit record"


@flow_check("DPC-LC-REKEY-02")
def module_and_issuer_know_each_other(facts: ScenarioFacts) -> Finding | None:
    """A re-key in place went over TLS with a hardware key, and the module makes keys on the issuer's word only."""
    orders = facts.of(ModuleOrdered)
    if any(order.obeyed and not order.genuine for order in orders):
        return unexpected(MODULE, "keys made on the issuer's order only", "one made on a stranger's")
    replaced = [each for each in facts.of(MaintenanceEnded) if each.replaced and is_hardware(each.certificate)]
    if not replaced:
        return missing(PHONE, "a re-key of a hardware credential")
    ours = {each.certificate for each in facts.credentials if is_hardware(each.certificate)}
    changing = [each for each in sessions(facts) if each.method != "GET" and each.tls is not None]
    for exchange in changing:
        if exchange.tls and exchange.tls.client_certificate not in ours:
            where = f"{exchange.client}: {exchange.method} {exchange.url}"
            return unexpected(where, "TLS with a hardware credential of the holder", "no such certificate")
    if not changing:
        return missing(PHONE, "a session in which the credential was replaced")
    return None if any(order.obeyed for order in orders) else missing(MODULE, "an order of the issuer")


@flow_check("DPC-LC-REKEY-03")
def another_module_repeats_issuance(facts: ScenarioFacts) -> Finding | None:
    """A hardware credential in another module than the former one has evidence of its own, all of it newer."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    moved = 0
    in_order = sorted(credentials, key=lambda each: each.issued_at)
    for number, credential in enumerate(in_order):
        module, earlier = module_of(facts, credential), in_order[:number]
        if not earlier or module in [module_of(facts, each) for each in earlier]:
            continue
        moved += 1
        if (finding := _not_repeated(facts, credential, earlier[-1])) is not None:
            return finding
    return None if moved else missing(PHONE, "a hardware credential in another module than the former one")


def _not_repeated(facts: ScenarioFacts, credential: IssuedCredential, former: IssuedCredential) -> Finding | None:
    """What the issuance of the former one had and this one has not: PKI-AUTH, a visit, a biometric comparison."""
    where, since = f"{RECORD}, certificate {serial(credential.certificate)}", former.issued_at
    signed_in = [each.at for each in facts.decided("sign-in") if each.actor == facts.account]
    if not any(since <= at <= credential.issued_at for at in signed_in):
        return missing(AUDIT, f"PKI-AUTH between {since} and {credential.issued_at}")
    visits, before = visits_of(facts, credential), visits_of(facts, former)
    if before and not visits:
        return missing(where, "a visit of the applicant, as there was for the former one")
    if any(min(visit.identity_verified_at, visit.at) < since for visit in visits):
        return unexpected(where, f"PKI-AUTH and a visit after {since}", "the evidence of the former one")
    if any(visit.channel not in CHANNELS for visit in visits):
        return unexpected(where, " or ".join(CHANNELS), [visit.channel for visit in visits])
    if any(visit.comparison for visit in before) and not all(visit.comparison for visit in visits):
        return missing(where, "a biometric comparison, as there was for the former one")
    return None
