"""Rules on OCSP responses (RFC 6960, profile section 4, Common Policy CP 4.9.9 and 4.9.10)."""

import hashlib
from datetime import timedelta
from typing import Final

from dpc_conformance.checks.certificate.signature_algorithm import suits_status
from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, missing, unexpected
from dpc_conformance.checks.registry import ocsp_check
from dpc_conformance.checks.signature import HASH_NAMES
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.checks.status.lifetime import lasts_at_most
from dpc_conformance.checks.status.scope import covers
from dpc_conformance.checks.status.signer import NO_SIGNER, is_signed_by, signer
from dpc_conformance.checks.status.strength import hash_bits, is_weaker, named
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.fields import Time
from dpc_conformance.formats.ocsp import GOOD, REVOKED, OcspView, SingleResponse

FRESHEST_RULE: Final = timedelta(hours=22)
"""CRLs come every 18 hours and are published within 4."""
HOLD: Final = 6
NO_CERTIFICATE: Final = CannotTell("the certificate in question was not given or cannot be read")


def _answer_for(response: OcspView, certificate: CertificateView) -> SingleResponse | None:
    return next((one for one in response.responses if one.cert_id.serial == certificate.serial), None)


@ocsp_check("DPC-OCSP-PRESENT-01")
def answers_for_the_certificate(response: OcspView, context: StatusContext) -> Answer:
    """The service answers, successfully and about the certificate that was asked for."""
    certificate = context.certificate_view
    if certificate is None:
        return NO_CERTIFICATE
    serials = [one.cert_id.serial for one in response.responses]
    return None if certificate.serial in serials else missing("responses", f"serial {certificate.serial}", serials)


@ocsp_check("DPC-OCSP-VER-01")
def is_version_1_without_critical_extensions(response: OcspView) -> Answer:
    """The response is of version 1, by default, and none of its extensions is critical."""
    if response.version is not None:
        return unexpected("version", "omitted, which means v1", response.version)
    extensions = (*response.extensions, *(one for single in response.responses for one in single.extensions))
    strays = {one.oid for one in extensions if one.critical}
    return unexpected("extensions", "none critical", strays) if strays else None


@ocsp_check("DPC-OCSP-CERTID-01")
def echoes_the_hash(response: OcspView, context: StatusContext) -> Answer:
    """The certificate is named with the hash of the request, and the hashes are those of the CA's name and key."""
    asked, issuer = context.requested_hash, context.issuer_view
    for one in response.responses:
        if asked is not None and one.cert_id.hash != asked:
            return unexpected("certID hashAlgorithm", asked, one.cert_id.hash)
        name = HASH_NAMES.get(one.cert_id.hash)
        if issuer is None or name is None:
            continue
        digests = [
            hashlib.new(name, part, usedforsecurity=False).digest()
            for part in (issuer.subject.der, issuer.public_key.bits)
        ]
        if [one.cert_id.issuer_name_hash, one.cert_id.issuer_key_hash] != digests:
            return unexpected("certID", "hashes of the CA's name and key", "others")
    return CannotTell("the hash of the request was not given") if asked is None else None


@ocsp_check("DPC-OCSP-SIG-01")
def is_signed_as_crls_are(response: OcspView, context: StatusContext) -> Answer:
    """The signature algorithm is one of those allowed for CRLs, and the responder's signature verifies."""
    finding = suits_status(response.algorithm)
    if finding is not None:
        return finding
    by = signer(response, context)
    if by is None:
        return NO_SIGNER
    result = is_signed_by(response, by)
    if isinstance(result, CannotTell):
        return result
    return None if result else unexpected("signature", f"a signature of {by.subject}", "one that does not verify")


@ocsp_check("DPC-OCSP-FRESH-01")
def is_fresh(response: OcspView, context: StatusContext) -> Answer:
    """The answers are as fresh as CRLs must be, and none has lapsed or is from the future."""
    produced, latest = response.produced_at.moment, f"at most {CLOCKS_DIFFER_BY} after {context.moment}"
    if produced is None or produced - context.moment > CLOCKS_DIFFER_BY:
        return unexpected("producedAt", latest, response.produced_at)
    unclear: Answer = None if response.responses else CannotTell("the response is about no certificate")
    for one in response.responses:
        begin, end = one.this_update.moment, one.next_update.moment if one.next_update else None
        if begin is not None and begin - context.moment > CLOCKS_DIFFER_BY:
            return unexpected("thisUpdate", latest, one.this_update)
        if begin is None or context.moment - begin > FRESHEST_RULE:
            return unexpected("thisUpdate", f"at most {FRESHEST_RULE} ago", one.this_update)
        if end is None:
            return missing("nextUpdate", "a date")
        if end < context.moment:
            return unexpected("nextUpdate", f"not before {context.moment}", one.next_update)
        lasts = lasts_at_most(begin, end, context.longest)
        if isinstance(lasts, Finding):
            return lasts
        unclear = unclear or lasts
    return unclear


@ocsp_check("DPC-CRL-STRENGTH-01")
def is_as_strong_as_the_certificate(response: OcspView, context: StatusContext) -> Answer:
    """The response is signed with a key and hash at least as strong as those that signed the certificate."""
    certificate, issuer, by = context.certificate_view, context.issuer_view, signer(response, context)
    if certificate is None or issuer is None or by is None:
        return CannotTell("the certificate, its CA's or the responder's certificate was not given")
    if is_weaker(by.public_key, issuer.public_key):
        return unexpected("signature", f"a key as strong as {named(issuer.public_key)}", named(by.public_key))
    needed, found = hash_bits(certificate.inner_algorithm), hash_bits(response.algorithm)
    return None if found >= needed else unexpected("signature", f"a hash of {needed} bits", f"{found} bits")


@ocsp_check("DPC-OCSP-REVOKED-01")
def agrees_with_the_crl(response: OcspView, context: StatusContext) -> Answer:
    """OCSP and CRL say the same about the certificate."""
    certificate, crl = context.certificate_view, context.crl_view
    if certificate is None or crl is None:
        return CannotTell("the certificate or the CRL was not given")
    single = _answer_for(response, certificate)
    if single is None:
        return DoesNotApply("the response is not about the certificate, which its own rule reports")
    if not covers(crl, certificate):
        return CannotTell("the CRL that was given is not about the certificate")
    entry = next((one for one in crl.entries or () if one.serial == certificate.serial), None)
    if single.status == REVOKED and entry is None and _is_later(crl.this_update, certificate.not_after):
        return CannotTell("the CRL was made after the certificate expired and need not list it")
    if single.reason == HOLD and entry is None and _is_later(crl.this_update, single.this_update):
        return CannotTell("the hold that the response shows may have ended since it was made")
    if single.status == REVOKED and entry is None and _is_later(single.revoked, crl.this_update):
        return CannotTell("the CRL was made before the certificate was revoked")
    if single.status == GOOD and entry is not None and _is_later(entry.revoked, single.this_update):
        return CannotTell("the response is from before the certificate was revoked")
    held = entry is not None and entry.reason == HOLD
    if single.status == GOOD and held and _is_later(single.this_update, crl.this_update):
        return CannotTell("the hold that the CRL shows may have ended since it was made")
    listed = GOOD if entry is None else REVOKED
    return None if single.status == listed else unexpected("certStatus", f"{listed}, as the CRL says", single.status)


def _is_later(one: Time | None, other: Time) -> bool:
    return one is not None and one.moment is not None and other.moment is not None and one.moment > other.moment
