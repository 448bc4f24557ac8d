"""A certificate and the certificate of the CA that issued it."""

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.checks.signature import verifies
from dpc_conformance.formats.certificate import CertificateView

NO_ISSUER = CannotTell("the issuing CA's certificate was not given or cannot be read")


@check("DPC-CERT-SIG-01")
def signature_verifies(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The signature verifies with the key of the issuing CA."""
    issuer = context.issuer_view
    if issuer is None:
        return NO_ISSUER
    result = verifies(
        issuer.public_key,
        certificate.outer_algorithm,
        certificate.tbs,
        certificate.signature,
        certificate.signature_unused_bits,
    )
    if isinstance(result, CannotTell):
        return result
    return (
        None if result else unexpected("signatureValue", f"a signature of {issuer.subject}", "one that does not verify")
    )


@check("DPC-CERT-ISSUER-01")
def issuer_is_the_ca_subject(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The issuer is the subject of the issuing CA's certificate, octet for octet."""
    issuer = context.issuer_view
    if issuer is None:
        return NO_ISSUER
    if certificate.issuer.der == issuer.subject.der:
        return None
    same = str(certificate.issuer) == str(issuer.subject)
    return unexpected(
        "issuer", issuer.subject.der if same else issuer.subject, certificate.issuer.der if same else certificate.issuer
    )
