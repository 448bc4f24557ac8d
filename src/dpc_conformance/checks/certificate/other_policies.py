"""Certificate policies of signature, key management and content signing certificates (Common Policy CP 1.2)."""

from typing import Final

from dpc_conformance.checks.certificate.certificate_policies import DERIVED, TEST_DERIVED, WHERE
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

HUMAN: Final = frozenset({oids.COMMON_POLICY, oids.COMMON_HARDWARE, oids.COMMON_HIGH})
TEST_HUMAN: Final = frozenset({oids.TEST_POLICY, oids.TEST_HARDWARE, oids.TEST_HIGH})
HARDWARE: Final = (HUMAN | TEST_HUMAN) - {oids.COMMON_POLICY, oids.TEST_POLICY}


def human_policies(context: CertificateContext) -> frozenset[str]:
    """The policies of people's certificates other than for authentication."""
    return TEST_HUMAN if context.test_pki else HUMAN


def content_signing_policy(context: CertificateContext) -> str:
    """The policy of PIV content signing."""
    return oids.TEST_PIV_CONTENT_SIGNING if context.test_pki else oids.COMMON_PIV_CONTENT_SIGNING


def _is_human(certificate: CertificateView, context: CertificateContext) -> Answer:
    asserted, expected = certificate.policy_oids, human_policies(context)
    derived = (DERIVED | TEST_DERIVED).intersection(asserted)
    if derived:
        return unexpected(WHERE, "no policy of derived authentication", derived)
    if not expected.intersection(asserted):
        return missing(WHERE, expected, asserted)
    return unexpected(f"{WHERE} critical", "FALSE", "TRUE") if is_critical(certificate) else None


def is_critical(certificate: CertificateView) -> bool:
    """Whether certificate policies are there and critical."""
    extension = certificate.by_oid.get(oids.CERTIFICATE_POLICIES)
    return extension is not None and extension.critical


def _module_fits(certificate: CertificateView, context: CertificateContext) -> Answer:
    asserted = HARDWARE.intersection(certificate.policy_oids)
    if not asserted:
        return DoesNotApply("no policy is asserted that demands hardware")
    if context.key_in_hardware is None:
        return CannotTell("where the key was made and is kept was not given")
    return None if context.key_in_hardware else unexpected(WHERE, "the policy of a software key", asserted)


@check("DPC-SIG-POL-01")
def signature_policy_is_a_persons(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A signature certificate asserts common-policy, common-hardware or common-High, not critical."""
    return _is_human(certificate, context)


@check("DPC-KM-POL-01")
def management_policy_is_a_persons(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A key management certificate asserts common-policy, common-hardware or common-High, not critical."""
    return _is_human(certificate, context)


@check("DPC-SIG-POL-02")
def signature_policy_fits_the_module(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A signature key in software has common-policy; the others demand a Level 2 hardware module."""
    return _module_fits(certificate, context)


@check("DPC-KM-POL-02")
def recovered_key_fits_the_module(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A key management key, also a recovered one, is in software only when its policy is common-policy."""
    return _module_fits(certificate, context)


@check("DPC-CS-POL-01")
def asserts_content_signing_only(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A content signing certificate asserts the policy of PIV content signing only, not critical."""
    expected = content_signing_policy(context)
    if certificate.policy_oids != (expected,):
        return unexpected(WHERE, f"{expected} only", certificate.policy_oids)
    return unexpected(f"{WHERE} critical", "FALSE", "TRUE") if is_critical(certificate) else None
