"""What is particular to the certificates of the card that derives (profile worksheets 6 and 7, FIPS 201-3 4.2.2)."""

from typing import Final

from dpc_conformance.checks.certificate.certificate_policies import WHERE as POLICIES
from dpc_conformance.checks.certificate.extended_key_usage import WHERE as PURPOSES
from dpc_conformance.checks.certificate.subject_alt_name import NIL, UUID_FORM
from dpc_conformance.checks.certificate.usages import has_only_purpose, is_exactly
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import DIGITAL_SIGNATURE
from dpc_conformance.formats.names import URI

NAMES: Final = "subjectAltName"
FASC_N_OCTETS: Final = 25
AUTHENTICATION: Final = frozenset({oids.CLIENT_AUTH, oids.SMARTCARD_LOGON})


def authentication_policy(context: CertificateContext) -> str:
    """The policy of PIV Authentication."""
    return oids.TEST_AUTHENTICATION if context.test_pki else oids.COMMON_AUTHENTICATION


def card_policy(context: CertificateContext) -> str:
    """The policy of Card Authentication."""
    return oids.TEST_CARD_AUTH if context.test_pki else oids.COMMON_CARD_AUTH


def _names_of_the_card(certificate: CertificateView) -> Finding | None:
    if not any(len(one) == FASC_N_OCTETS for one in certificate.fasc_ns):
        return missing(NAMES, "the FASC-N", [str(name) for name in certificate.alternative_names])
    if not any(UUID_FORM.fullmatch(uuid) and uuid != NIL for uuid in certificate.uuids):
        return missing(NAMES, "the Card UUID as urn:uuid", [str(name) for name in certificate.alternative_names])
    return None


def _ends_with_the_card(certificate: CertificateView, context: CertificateContext) -> Answer:
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is not None and end is not None and not begin <= context.moment <= end:
        return unexpected("validity", f"dates around {context.moment}", f"{begin} to {end}")
    if end is None:
        return CannotTell("notAfter cannot be read, which the rule on its form reports")
    if context.card_expiry is None:
        return CannotTell("the card's expiration date was not given")
    if end > context.card_expiry:
        return unexpected("notAfter", f"at the latest {context.card_expiry}, when the card expires", end)
    return None


@check("PIV-SRC-AUTHCERT-01")
def follows_worksheet_6(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The card's PIV Authentication certificate has the policy, purposes, names and dates of worksheet 6."""
    policy = authentication_policy(context)
    if policy not in certificate.policy_oids:
        return missing(POLICIES, policy, certificate.policy_oids)
    if not AUTHENTICATION.issubset(certificate.extended_key_usage):
        return missing(PURPOSES, AUTHENTICATION, certificate.extended_key_usage)
    return (
        is_exactly(certificate, DIGITAL_SIGNATURE)
        or _names_of_the_card(certificate)
        or _ends_with_the_card(certificate, context)
    )


@check("PIV-SRC-CARDAUTH-01")
def follows_worksheet_7(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The Card Authentication certificate has the policy, purpose, names and subject of worksheet 7 and no others."""
    policy = card_policy(context)
    if certificate.policy_oids != (policy,):
        return unexpected(POLICIES, f"{policy} only", certificate.policy_oids)
    strays = [str(one) for one in certificate.alternative_names if one.kind != URI and one.type_oid != oids.PIV_FASC_N]
    if strays or len(certificate.alternative_names) != len(certificate.fasc_ns) + len(certificate.uuids):
        return unexpected(NAMES, "FASC-N and Card UUID only", [str(one) for one in certificate.alternative_names])
    if certificate.subject.texts(oids.COMMON_NAME) or not certificate.subject.texts(oids.SERIAL_NUMBER):
        return unexpected("subject", "a serialNumber and no common name", certificate.subject)
    return (
        is_exactly(certificate, DIGITAL_SIGNATURE)
        or has_only_purpose(certificate, oids.PIV_CARD_AUTH)
        or _names_of_the_card(certificate)
        or _ends_with_the_card(certificate, context)
    )
