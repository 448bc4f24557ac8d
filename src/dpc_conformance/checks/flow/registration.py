"""How applicants for hardware credentials appear, and before whom: Common Policy CP §3.2.3.1, §6.2.1."""

from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.flow.hardware_credentials import (
    RECORD,
    hardware_credentials,
    policies_of,
    visits_of,
)
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.formats import oids

CHANNELS = ("in-person", "supervised-remote")
OPERATOR_POLICIES = frozenset(
    {
        oids.COMMON_HARDWARE,
        oids.COMMON_AUTHENTICATION,
        oids.COMMON_HIGH,
        oids.DERIVED_PIV_AUTH_HARDWARE,
        oids.TEST_HARDWARE,
        oids.TEST_AUTHENTICATION,
        oids.TEST_HIGH,
        oids.TEST_DERIVED_PIV_AUTH_HARDWARE,
    }
)
"""Policies under which a key is in a module of FIPS 140 level 2 or higher."""


@flow_check("DPC-ISS-INPERSON-01")
def applicant_appears(facts: ScenarioFacts) -> Finding | None:
    """Each hardware credential came of visits in person or at a supervised remote station, before somebody else."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    for credential in credentials:
        visits = visits_of(facts, credential)
        if not visits:
            return missing(RECORD, f"a visit of the applicant for certificate {serial(credential.certificate)}")
        for visit in visits:
            if visit.channel not in CHANNELS:
                return unexpected(RECORD, " or ".join(CHANNELS), visit.channel or "no channel")
            if visit.operator in ("", facts.account):
                return unexpected(RECORD, "an operator beside the applicant", visit.operator or "nobody")
    return None


@flow_check("DPC-ISS-RA-01")
def operators_log_on_with_hardware(facts: ScenarioFacts) -> Finding | None:
    """Whoever registered an applicant had logged on with a certificate whose policy stands for a hardware key."""
    if not facts.hardware.registrations:
        return missing(RECORD, "a registration by an operator")
    for visit in facts.hardware.registrations:
        asserted = policies_of(visit.operator_certificate)
        if OPERATOR_POLICIES.isdisjoint(asserted):
            where = f"{RECORD}, log-on of {visit.operator or 'nobody'}"
            actual = asserted if visit.operator_certificate else "no certificate"
            return unexpected(where, "a certificate under a hardware policy", actual)
    return None
