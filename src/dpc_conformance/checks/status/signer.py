"""Who signed an OCSP response, and whether the CA entrusted it with that (RFC 6960 4.2.2.2, profile worksheet 13)."""

import hashlib
from typing import Final

from dpc_conformance.checks.certificate.usages import has_only_purpose
from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected
from dpc_conformance.checks.registry import ocsp_check
from dpc_conformance.checks.signature import verifies
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.ocsp import OcspView

NO_SIGNER: Final = CannotTell("the responder's certificate neither came along nor was given")
CA_SIGNED: Final = DoesNotApply("the CA itself signed")


def signer(response: OcspView, context: StatusContext) -> CertificateView | None:
    """The certificate of whoever signed: one that came along and fits the responder's name or key, else the CA's.

    Of several that fit, say the former one and the present one of a responder, it is the one that verifies.
    """
    candidates = [view for view in map(view_or_none, response.certificates) if view is not None]
    if context.issuer_view is not None:
        candidates.append(context.issuer_view)
    fitting = [candidate for candidate in candidates if _fits(candidate, response)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    return next((each for each in fitting if is_signed_by(response, each) is True), fitting[0])


def is_signed_by(response: OcspView, by: CertificateView) -> bool | CannotTell:
    """Whether the signature on the response verifies under the key of that certificate."""
    return verifies(by.public_key, response.algorithm, response.tbs, response.signature, 0)


def _fits(candidate: CertificateView, response: OcspView) -> bool:
    if response.responder_name is not None:
        return candidate.subject.der == response.responder_name.der
    return response.responder_key_hash == hashlib.sha1(candidate.public_key.bits, usedforsecurity=False).digest()


def _is_the_ca(by: CertificateView, context: StatusContext) -> bool:
    issuer = context.issuer_view
    return issuer is not None and by.public_key.der == issuer.public_key.der


@ocsp_check("DPC-OCSP-CERT-02")
def signer_is_for_ocsp_only(response: OcspView, context: StatusContext) -> Answer:
    """Whoever signed the response, if not the CA, has a certificate with OCSP signing as its only purpose, critical."""
    by = signer(response, context)
    if by is None:
        return NO_SIGNER
    return CA_SIGNED if _is_the_ca(by, context) else has_only_purpose(by, oids.OCSP_SIGNING)


@ocsp_check("DPC-OCSP-CERT-06")
def signer_is_certified_by_the_ca(response: OcspView, context: StatusContext) -> Answer:
    """Whoever signed the response, if not the CA, has a certificate of the CA that issued the one in question."""
    by, issuer = signer(response, context), context.issuer_view
    if by is None or issuer is None:
        return NO_SIGNER
    if _is_the_ca(by, context):
        return CA_SIGNED
    if by.issuer.der != issuer.subject.der:
        return unexpected("issuer of the responder's certificate", issuer.subject, by.issuer)
    key = by.authority_key_identifier
    if key is not None and key.key_identifier != issuer.subject_key_identifier:
        return CannotTell("the responder's certificate names another key of the CA")
    result = verifies(issuer.public_key, by.outer_algorithm, by.tbs, by.signature, by.signature_unused_bits)
    if isinstance(result, CannotTell):
        return result
    where = "signature on the responder's certificate"
    return None if result else unexpected(where, f"one of {issuer.subject}", "one that does not verify")
