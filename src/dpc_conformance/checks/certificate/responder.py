"""What else stands in the certificate of an OCSP responder (profile worksheet 13, RFC 6960 4.2.2.2)."""

from typing import Final

from dpc_conformance.checks.certificate.basic_constraints import EMPTY_SEQUENCE
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, missing, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

WHERE: Final = "basicConstraints"


@check("DPC-OCSP-CERT-04")
def names_no_ocsp_service(certificate: CertificateView) -> Answer:
    """A responder's certificate names no OCSP service for itself."""
    services = [str(one.location) for one in certificate.authority_information_access if one.method == oids.OCSP]
    return unexpected("authorityInfoAccess", "no OCSP", services) if services else None


@check("DPC-OCSP-CERT-05")
def asserts_the_policies_it_answers_for(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A responder's certificate asserts every policy of the certificates it answers for."""
    views = context.covered_views
    if not views:
        return CannotTell("no certificate that the responder answers for was given")
    expected = {policy for view in views for policy in view.policy_oids}
    strays = expected.difference(certificate.policy_oids)
    return missing("certificatePolicies", expected, certificate.policy_oids) if strays else None


@check("DPC-OCSP-CERT-06")
def was_issued_by_the_ca_itself(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A responder's certificate was issued by the CA that issued the certificates it answers for."""
    views = context.covered_views
    if not views:
        return CannotTell("no certificate that the responder answers for was given")
    for view in views:
        if view.issuer.der != certificate.issuer.der:
            return unexpected("issuer", view.issuer, certificate.issuer)
    return None


@check("DPC-OCSP-CERT-07")
def responder_is_no_ca(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A responder's certificate has basic constraints with cA FALSE by default and no path length."""
    extension, option = certificate.by_oid.get(oids.BASIC_CONSTRAINTS), context.options.ocsp_basic_constraints
    if extension is None and option == "prohibited":
        return None
    if extension is None:
        return (warning if option == "either" else missing)(WHERE, "30 00", "absent")
    if extension.value != EMPTY_SEQUENCE:
        return unexpected(WHERE, "30 00", extension.value)
    return unexpected(WHERE, "absent", "30 00") if option == "prohibited" else None
