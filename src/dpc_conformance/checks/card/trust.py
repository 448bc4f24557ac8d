"""Whether a certificate on the card leads to a trust anchor (RFC 5280 6.1)."""

from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import CannotTell, Finding, unexpected
from dpc_conformance.checks.path import Verdict, path_of
from dpc_conformance.checks.signature import verifies
from dpc_conformance.formats.certificate import CertificateView

WHERE: Final = "certification path"


def validates(
    certificate: CertificateView, context: CardContext, policies: frozenset[str]
) -> Finding | CannotTell | None:
    """Whether the certificate validates to an anchor under one of the policies, every status in the path known.

    A signature that no CA of that name made is found also when status is unknown.
    """
    if not context.trust_anchors:
        return CannotTell("no trust anchor was given")
    made_by_none = forged(certificate, context)
    if made_by_none:
        return made_by_none
    result = path_of(certificate, context.of_certificate(), policies)
    if result.verdict is Verdict.VALID:
        return None
    if result.verdict is Verdict.CANNOT_TELL:
        return CannotTell(result.reason)
    where = f"{WHERE} of {certificate.subject}"
    return unexpected(where, f"one to a trust anchor that is valid at {context.moment}", result.reason)


def forged(certificate: CertificateView, context: CardContext) -> Finding | None:
    """Whether CAs of the issuer's name are known and none of them signed; several may have one name."""
    known = map(view_or_none, (*context.intermediates, *context.trust_anchors))
    issuers = [view for view in known if view is not None and view.subject.der == certificate.issuer.der]
    answers = [
        verifies(
            issuer.public_key,
            certificate.outer_algorithm,
            certificate.tbs,
            certificate.signature,
            certificate.signature_unused_bits,
        )
        for issuer in issuers
    ]
    if not issuers or any(answer is not False for answer in answers):
        return None
    where = f"signature of {certificate.subject}"
    return unexpected(where, f"one by {certificate.issuer}", f"one that none of {len(issuers)} keys of that name made")
