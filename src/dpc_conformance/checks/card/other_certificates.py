"""Digital signature and key management certificates on the card: optional to read (SP 800-73-5 part 1 §3.2)."""

from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.keys import belongs
from dpc_conformance.checks.card.parts import certificate_of_key, first, is_on_card
from dpc_conformance.checks.card.trust import validates
from dpc_conformance.checks.certificate.certificate_policies import WHERE as POLICIES
from dpc_conformance.checks.certificate.other_policies import human_policies
from dpc_conformance.checks.certificate.usages import is_exactly
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, missing, warning
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import (
    DIGITAL_SIGNATURE,
    KEY_AGREEMENT,
    KEY_ENCIPHERMENT,
    NON_REPUDIATION,
)

KEYS: Final = (containers.SIGNATURE_KEY, containers.KEY_MANAGEMENT_KEY)


@card_check("PIV-SRC-SIGCERT-01")
def other_certificates_are_usable(reading: CardReading, context: CardContext) -> Answer:
    """Signature and key management certificates, where they are, have usage and policy of theirs and their keys."""
    present = [key for key in KEYS if is_on_card(reading, containers.CERTIFICATE_OF_KEY[key])]
    if not present:
        return DoesNotApply("the card has neither a signature nor a key management certificate")
    return first(*(_judged(reading, context, key) for key in present))


def _judged(reading: CardReading, context: CardContext, key: int) -> Finding | CannotTell | None:
    certificate = certificate_of_key(reading, key)
    policies = human_policies(CertificateContext(moment=context.moment, test_pki=context.test_pki))
    asserted = policies.intersection(certificate.policy_oids)
    found = first(
        _usage(certificate, key),
        None if asserted else missing(POLICIES, policies, certificate.policy_oids),
        belongs(reading, key),
        validates(certificate, context, policies),
    )
    if not isinstance(found, Finding):
        return found
    # Nobody must read them, so nothing about them can fail a card.
    return warning(f"certificate of key {key:02X}, {found.where}", found.expected, found.actual)


def _usage(certificate: CertificateView, key: int) -> Finding | None:
    if key == containers.SIGNATURE_KEY:
        return is_exactly(certificate, DIGITAL_SIGNATURE, NON_REPUDIATION)
    transports = certificate.public_key.algorithm.oid == oids.RSA_ENCRYPTION
    return is_exactly(certificate, KEY_ENCIPHERMENT if transports else KEY_AGREEMENT)
