"""A derived certificate and the certificates of the card it was derived from."""

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView


@check("DPC-CERT-SAN-03")
def uuid_is_not_that_of_the_card(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The UUID is not the Card UUID of the PIV Card."""
    if context.card_view is None:
        return CannotTell("the card's PIV Authentication certificate was not given or cannot be read")
    shared = {uuid for card in context.card_views for uuid in card.uuids}.intersection(certificate.uuids)
    return unexpected("subjectAltName", "a UUID that is not the card's", shared) if shared else None
