"""The sample that is handed in for the yearly test of an issuer (GSA FIPS 201 EP, annual DPCI testing)."""

from datetime import timedelta
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView

A_YEAR: Final = timedelta(days=366)
"""Twelve months hold at most one leap day."""


@check("DPC-ISS-ACCRED-02")
def sample_is_recent_and_of_production(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate handed in for the yearly test was issued by the production CA in the last twelve months."""
    if not context.annual_sample:
        return DoesNotApply("not handed in for the yearly test")
    if context.test_pki:
        return unexpected("sample", "a certificate of the production CA", "one of a test PKI")
    issued = certificate.not_before.moment
    if issued is None:
        return CannotTell("notBefore cannot be read, which the rule on its form reports")
    if context.moment - issued <= A_YEAR:
        return None
    return unexpected("notBefore", f"not before {context.moment - A_YEAR}", issued)
