"""A derived certificate among the other derived certificates of the same holder or issuer."""

from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, DoesNotApply, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView

NO_OTHERS: Final = DoesNotApply("no other derived certificate was given")


@check("DPC-CERT-SAN-02")
def uuid_is_of_this_certificate_only(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No other derived certificate has the same UUID."""
    others = context.others_than(certificate)
    if not others:
        return NO_OTHERS
    for other in others:
        shared = set(other.uuids).intersection(certificate.uuids)
        if shared:
            return unexpected("subjectAltName", "a UUID of its own", f"{shared.pop()} also in serial {other.serial}")
    return None


@check("DPC-ISS-DUP-01")
def shares_nothing_with_its_sisters(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No other derived certificate, and not the card, has the same key, serial number or UUID."""
    others, card = context.others_than(certificate), context.card_view
    if not others and card is None:
        return NO_OTHERS
    for other in others:
        if other.public_key.der == certificate.public_key.der:
            return unexpected("subjectPublicKeyInfo", "a key of its own", f"the key of serial {other.serial}")
        if other.serial == certificate.serial and other.issuer.der == certificate.issuer.der:
            return unexpected("serialNumber", "a serial of its own", certificate.serial)
        if set(other.uuids).intersection(certificate.uuids):
            return unexpected("subjectAltName", "a UUID of its own", certificate.uuids)
    if card is not None and card.public_key.der == certificate.public_key.der:
        return unexpected("subjectPublicKeyInfo", "a key that is not the card's", "the key of the PIV Card")
    return None
