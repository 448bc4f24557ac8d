"""Signature and key management keys beside the card's and each other (Common Policy CP 6.1.7 and 6.2.5)."""

from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import KEY_AGREEMENT, KEY_ENCIPHERMENT, NON_REPUDIATION

KEY: Final = "subjectPublicKeyInfo"
ENCRYPTS: Final = frozenset({KEY_ENCIPHERMENT, KEY_AGREEMENT})


def encrypts(view: CertificateView) -> bool:
    """Whether the certificate is for key management."""
    return bool(ENCRYPTS.intersection(view.key_usage or ()))


@check("DPC-SIG-KEY-01")
def signature_key_is_new(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The key of a derived signature certificate is in no certificate of the card and in no other."""
    if not context.card_views:
        return CannotTell("no certificate of the card was given")
    for view in (*context.card_views, *context.others_than(certificate)):
        if view.public_key.der == certificate.public_key.der and view.der != certificate.der:
            return unexpected(KEY, "a new key", f"the key of {view.subject}, serial {view.serial}")
    if not any(NON_REPUDIATION in (view.key_usage or ()) for view in context.card_views):
        return CannotTell("the card's signature certificate was not given")
    return None


@check("DPC-SIG-KEY-02")
def signature_key_does_not_encrypt(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The key of a signature certificate is in no key management certificate."""
    views = [view for view in (*context.others_than(certificate), *context.card_views) if encrypts(view)]
    if not views:
        return DoesNotApply("no key management certificate was given")
    for view in views:
        if view.public_key.der == certificate.public_key.der:
            return unexpected(KEY, "another key than for key management", f"the key of serial {view.serial}")
    return None


@check("DPC-KM-REC-07")
def recovered_certificate_is_the_cards(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A key management certificate that came out of escrow is one of the card's, octet for octet."""
    if not context.recovered:
        return DoesNotApply("the key was not recovered")
    views = [view for view in context.card_views if encrypts(view)]
    if not views:
        return CannotTell("no key management certificate of the card was given")
    if any(view.der == certificate.der for view in views):
        return None
    return unexpected("certificate", "the card's key management certificate", f"serial {certificate.serial}")
