"""A certificate and those before it: re-key, renewal and modification (Common Policy CP 4.6 to 4.8)."""

from datetime import timedelta
from typing import Final

from dpc_conformance.checks.context import CertificateContext, Replacement
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

KEY: Final = "subjectPublicKeyInfo"
LONGEST_KEY_USE: Final = timedelta(days=1096)
AFFILIATE: Final = "(affiliate)"
HARDWARE: Final = frozenset({oids.DERIVED_PIV_AUTH_HARDWARE, oids.TEST_DERIVED_PIV_AUTH_HARDWARE})
NO_PREDECESSOR: Final = DoesNotApply("no certificate that it replaces was given")


@check("DPC-LC-REKEY-06")
def rekey_brings_a_new_key(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A re-keyed certificate has another key and another serial number than the one it replaces."""
    before = context.predecessor_view
    if before is None or context.replacement != "re-key":
        return DoesNotApply("not a re-key, or the certificate that it replaces was not given")
    if before.public_key.der == certificate.public_key.der:
        return unexpected(KEY, "a new key", f"the key of serial {before.serial}")
    return (
        unexpected("serialNumber", "a new serial", certificate.serial) if before.serial == certificate.serial else None
    )


@check("DPC-LC-RENEW-01")
def key_is_not_certified_again(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A key is not certified anew for another period, but for a modification or after compromise of the CA's key."""
    given = (*context.others_than(certificate), *((context.predecessor_view,) if context.predecessor_view else ()))
    if not given:
        return DoesNotApply("no other certificate of the holder was given")
    for view in given:
        if view.public_key.der == certificate.public_key.der and view.subject.der == certificate.subject.der:
            found = _certified_again(certificate, view, context.replacement)
            if found is not None:
                return found
    return None


def _certified_again(certificate: CertificateView, before: CertificateView, why: Replacement | None) -> Finding | None:
    first, end = before.not_before.moment, certificate.not_after.moment
    if why == "modification" and first is not None and end is not None:
        if end - first <= LONGEST_KEY_USE:
            return None
        return unexpected("notAfter", f"at most {LONGEST_KEY_USE.days} days after {first}, for the key", end)
    same_end = before.not_after.moment == end
    if same_end and (why == "CA compromise" or first == certificate.not_before.moment):
        return None
    return unexpected(KEY, "a key that was not certified before", f"the key of serial {before.serial}")


def _rights(view: CertificateView) -> tuple[bool, bool]:
    names = view.subject.texts(oids.COMMON_NAME)
    return bool(HARDWARE.intersection(view.policy_oids)), not any(AFFILIATE in name for name in names)


@check("DPC-LC-MOD-02")
def fewer_rights_revoke_the_former(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Where a certificate has fewer rights than the one it replaces, that one is revoked."""
    before = context.predecessor_view
    if before is None:
        return NO_PREDECESSOR
    lost = [had and not has for had, has in zip(_rights(before), _rights(certificate), strict=True)]
    if not any(lost):
        return DoesNotApply("no rights were taken away")
    lists = [crl for crl in context.crl_views if crl.issuer.der == before.issuer.der]
    if not lists:
        return CannotTell("no CRL of the CA that issued the former certificate was given")
    if any(before.serial in crl.serials for crl in lists):
        return None
    begin = certificate.not_before.moment
    if not any(begin and crl.this_update.moment and crl.this_update.moment >= begin for crl in lists):
        return CannotTell("the CRL was made before the new certificate was issued")
    return unexpected("CRL", f"serial {before.serial} of the former certificate", "no such entry")
