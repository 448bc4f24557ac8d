"""The certificates on the card, by the rules for a PIV Card (Common Policy certificate profiles, FIPS 201-3 §5.2.1).

Not the whole of today's worksheets: cards live longer than editions. Those are for `dpc check` and the profiles.
"""

from datetime import UTC, datetime, time
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.parts import (
    as_of_its_days,
    certificate_of_key,
    chuid_of,
    first,
    refused,
    told,
    unreadable,
)
from dpc_conformance.checks.card.trust import validates
from dpc_conformance.checks.certificate.authority_information_access import names_an_ocsp_service
from dpc_conformance.checks.certificate.card_worksheets import (
    AUTHENTICATION,
    FASC_N_OCTETS,
    authentication_policy,
    card_policy,
)
from dpc_conformance.checks.certificate.certificate_policies import WHERE as POLICIES
from dpc_conformance.checks.certificate.extended_key_usage import WHERE as PURPOSES
from dpc_conformance.checks.certificate.key_identifiers import identifiers
from dpc_conformance.checks.certificate.subject_alt_name import NIL, UUID_FORM
from dpc_conformance.checks.certificate.usages import has_only_purpose, is_exactly
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected, warning
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import DIGITAL_SIGNATURE
from dpc_conformance.formats.names import RFC822_NAME

NAMES: Final = "subjectAltName"


@card_check("PIV-SRC-AUTHCERT-01")
def authentication_certificate_is_that_of_piv(reading: CardReading, context: CardContext) -> Answer:
    """The PIV Authentication certificate has policy, purposes, names, OCSP and dates of a PIV Card, and a path."""
    certificate = _readable(reading, containers.PIV_AUTHENTICATION_KEY)
    if isinstance(certificate, Finding):
        return certificate
    policy = authentication_policy(_told(context))
    if policy not in certificate.policy_oids:
        return missing(POLICIES, policy, certificate.policy_oids)
    purposes = certificate.extended_key_usage
    return first(
        is_exactly(certificate, DIGITAL_SIGNATURE),
        None if AUTHENTICATION.issubset(purposes) else missing(PURPOSES, AUTHENTICATION, purposes),
        _ocsp(certificate),
        *_of_any_card(certificate, reading, context),
        validates(certificate, context, frozenset({policy})),
    )


@card_check("PIV-SRC-CARDAUTH-01")
def card_certificate_is_that_of_piv(reading: CardReading, context: CardContext) -> Answer:
    """The Card Authentication certificate has policy, purpose, names and subject for the card alone, and a path."""
    certificate = _readable(reading, containers.CARD_AUTHENTICATION_KEY)
    if isinstance(certificate, Finding):
        return certificate
    policy = card_policy(_told(context))
    if certificate.policy_oids != (policy,):
        return unexpected(POLICIES, f"{policy} only", certificate.policy_oids)
    return first(
        is_exactly(certificate, DIGITAL_SIGNATURE),
        has_only_purpose(certificate, oids.PIV_CARD_AUTH),
        _names_only_the_card(certificate),
        *_of_any_card(certificate, reading, context),
        validates(certificate, context, frozenset({policy})),
    )


def _told(context: CardContext) -> CertificateContext:
    return CertificateContext(moment=context.moment, test_pki=context.test_pki)


def _readable(reading: CardReading, key: int) -> CertificateView | Finding:
    container = containers.CERTIFICATE_OF_KEY[key]
    try:
        there = reading.content(container) is not None
        return certificate_of_key(reading, key) if there else refused(reading, container)
    except Malformed as problem:
        return unreadable(container.name, problem)


def _of_any_card(
    certificate: CertificateView, reading: CardReading, context: CardContext
) -> tuple[Finding | CannotTell | None, ...]:
    return (
        _carries_the_fasc_n(certificate),
        _carries_a_uuid(certificate, reading),
        is_current(certificate, context),
        told(lambda: _ends_with_the_card(certificate, reading)),
        _names_its_key(certificate),
    )


def _carries_the_fasc_n(certificate: CertificateView) -> Finding | None:
    if any(len(one) == FASC_N_OCTETS for one in certificate.fasc_ns):
        return None
    return missing(NAMES, "the FASC-N", [str(name) for name in certificate.alternative_names])


def _carries_a_uuid(certificate: CertificateView, reading: CardReading) -> Finding | None:
    if any(UUID_FORM.fullmatch(one) and one != NIL for one in certificate.uuids):
        return None
    found = [str(name) for name in certificate.alternative_names]
    return as_of_its_days(missing(NAMES, "the Card UUID as urn:uuid", found), reading)


def _names_only_the_card(certificate: CertificateView) -> Finding | None:
    names = certificate.alternative_names
    shown, expected = [str(one) for one in names], "FASC-N and Card UUID only"
    known = len(certificate.fasc_ns) + len(certificate.uuids)
    addresses = sum(one.kind == RFC822_NAME for one in names)
    if len(names) > known + addresses:
        return unexpected(NAMES, expected, shown)
    if certificate.subject.texts(oids.COMMON_NAME) or not certificate.subject.texts(oids.SERIAL_NUMBER):
        return unexpected("subject", "a serialNumber and no common name", certificate.subject)
    # Unlike a user principal name, an address signs nobody in; a valid card of GSA's has one.
    return warning(NAMES, expected, shown) if addresses else None


def _ocsp(certificate: CertificateView) -> Finding | None:
    answer = names_an_ocsp_service(certificate)
    return answer if isinstance(answer, Finding) else None


def is_current(certificate: CertificateView, context: CardContext) -> Finding | CannotTell | None:
    """Whether the moment of judgement is within its validity."""
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is None or end is None:
        return CannotTell("a date of the certificate cannot be read")
    if begin <= context.moment <= end:
        return None
    return unexpected("validity", f"dates around {context.moment}", f"{begin} to {end}")


def _ends_with_the_card(certificate: CertificateView, reading: CardReading) -> Finding | None:
    last_day = chuid_of(reading).expiration
    end, card = certificate.not_after.moment, datetime.combine(last_day, time.max, UTC)
    return None if end is None or end <= card else unexpected("notAfter", f"{last_day}, when the card expires", end)


def _names_its_key(certificate: CertificateView) -> Finding | None:
    """A key that was exchanged behind the identifier shows here."""
    found = certificate.subject_key_identifier
    if found is None or found in tuple(identifiers(certificate.public_key)):
        return None
    return unexpected("subjectKeyIdentifier", "a hash of the public key", found)
