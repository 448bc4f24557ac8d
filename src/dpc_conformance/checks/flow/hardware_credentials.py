"""What the rules on hardware credentials ask of a scenario: which there are, and what is on record about each."""

import hashlib

from dpc_conformance.checks.certificate.certificate_policies import HARDWARE
from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.hardware import KeyAttestation
from dpc_conformance.evidence.registration import Registration
from dpc_conformance.formats.certificate import read_certificate

ACCOUNT, RECORD = "the PIV identity account", "the record of the registration desk"


def policies_of(certificate: bytes) -> frozenset[str]:
    """The policies that a certificate (DER) asserts; none where it cannot be read."""
    view = view_or_none(certificate or None)
    return frozenset(view.policy_oids) if view else frozenset()


def is_hardware(certificate: bytes) -> bool:
    """Whether a certificate (DER) asserts the policy of hardware credentials."""
    return not HARDWARE.isdisjoint(policies_of(certificate))


def hardware_credentials(facts: ScenarioFacts) -> list[IssuedCredential] | Finding:
    """The hardware credentials of the account, oldest first; a finding when there are none."""
    found = [credential for credential in facts.credentials if is_hardware(credential.certificate)]
    return found or unexpected(ACCOUNT, "a hardware credential", "none")


def visits_of(facts: ScenarioFacts, credential: IssuedCredential) -> list[Registration]:
    """The visits of its holder at the registration desk that the credential came of, oldest first."""
    number = serial(credential.certificate)
    own = [each for each in facts.hardware.registrations if each.account == facts.account]
    return sorted((each for each in own if number in each.serials), key=lambda each: each.at)


def first_of_its_application(facts: ScenarioFacts, credential: IssuedCredential) -> bool:
    """Whether the credential was issued upon its application, and not later in place of another one."""
    visits = visits_of(facts, credential)
    return not visits or visits[0].serials[0] == serial(credential.certificate)


def attestation_of(facts: ScenarioFacts, credential: IssuedCredential) -> KeyAttestation | None:
    """What a module said about the key of the credential; None when nothing is on record."""
    key = hashlib.sha256(read_certificate(credential.certificate).public_key.der).hexdigest()
    return next((each for each in facts.hardware.attestations if each.public_key == key), None)


def module_of(facts: ScenarioFacts, credential: IssuedCredential) -> str:
    """The module that holds the key of the credential; empty when it is not on record."""
    attestation = attestation_of(facts, credential)
    return attestation.module if attestation else ""
