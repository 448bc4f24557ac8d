"""Key usage and purposes of the certificates that are not for authentication (profile worksheets 5, 8, 9 and 13)."""

from typing import Final

from dpc_conformance.checks.certificate.extended_key_usage import NO_ANY_FROM
from dpc_conformance.checks.certificate.extended_key_usage import WHERE as PURPOSES
from dpc_conformance.checks.certificate.key_usage import WHERE, names_of
from dpc_conformance.checks.finding import Answer, DoesNotApply, Finding, missing, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import (
    DIGITAL_SIGNATURE,
    KEY_AGREEMENT,
    KEY_ENCIPHERMENT,
    NON_REPUDIATION,
)

NULL: Final = b"\x05\x00"
FOR_SIGNING: Final = frozenset({oids.EMAIL_PROTECTION, oids.MS_DOCUMENT_SIGNING, oids.DOCUMENT_SIGNING})
FOR_ENCRYPTION: Final = frozenset({oids.EMAIL_PROTECTION})


def is_exactly(certificate: CertificateView, *bits: int) -> Finding | None:
    """Whether key usage is present, critical and has these bits only."""
    extension, found = certificate.by_oid.get(oids.KEY_USAGE), certificate.key_usage
    expected = " and ".join(names_of(frozenset(bits)))
    if extension is None:
        return missing(WHERE, f"critical, {expected}")
    if found is None:
        return unexpected(WHERE, "a BIT STRING", extension.unreadable)
    if found != set(bits):
        return unexpected(WHERE, f"{expected} only", names_of(found))
    return None if extension.critical else unexpected(WHERE, "critical", "not critical")


def has_only_purpose(certificate: CertificateView, purpose: str) -> Finding | None:
    """Whether extended key usage is critical and names one purpose."""
    extension, found = certificate.by_oid.get(oids.EXTENDED_KEY_USAGE), certificate.extended_key_usage
    if extension is None or found != (purpose,):
        return unexpected(PURPOSES, f"{purpose} only", found)
    return None if extension.critical else unexpected(f"{PURPOSES} critical", "TRUE", "FALSE")


def _has_purpose_among(certificate: CertificateView, suited: frozenset[str]) -> Answer:
    found, issued = certificate.extended_key_usage, certificate.not_before.moment
    recent = issued is None or issued >= NO_ANY_FROM
    wrong = {oids.CODE_SIGNING, *((oids.ANY_EXTENDED_KEY_USAGE,) if recent else ())}.intersection(found)
    if wrong:
        return unexpected(PURPOSES, "neither any purpose nor code signing", wrong)
    if not recent and not found:
        return DoesNotApply("issued before July 2019 without extended key usage")
    return None if suited.intersection(found) else missing(PURPOSES, suited, found)


@check("DPC-SIG-KU-01")
def signs_and_cannot_be_denied(certificate: CertificateView) -> Answer:
    """Key usage of a signature certificate is critical, digitalSignature and nonRepudiation only."""
    return is_exactly(certificate, DIGITAL_SIGNATURE, NON_REPUDIATION)


@check("DPC-SIG-EKU-01")
def purposes_suit_signing(certificate: CertificateView) -> Answer:
    """A signature certificate names a purpose that suits signing, and neither any purpose nor code signing."""
    return _has_purpose_among(certificate, FOR_SIGNING)


@check("DPC-KM-KU-01")
def rsa_enciphers_keys(certificate: CertificateView) -> Answer:
    """Key usage of an RSA key management certificate is critical, keyEncipherment only."""
    if certificate.public_key.algorithm.oid != oids.RSA_ENCRYPTION:
        return DoesNotApply("not an RSA key")
    return is_exactly(certificate, KEY_ENCIPHERMENT)


@check("DPC-KM-KU-02")
def ec_agrees_on_keys(certificate: CertificateView) -> Answer:
    """Key usage of an EC key management certificate is critical, keyAgreement only."""
    if certificate.public_key.algorithm.oid != oids.EC_PUBLIC_KEY:
        return DoesNotApply("not an EC key")
    return is_exactly(certificate, KEY_AGREEMENT)


@check("DPC-KM-EKU-01")
def purposes_suit_encryption(certificate: CertificateView) -> Answer:
    """A key management certificate is for e-mail protection, and neither for any purpose nor for code signing."""
    return _has_purpose_among(certificate, FOR_ENCRYPTION)


@check("DPC-CS-KU-01")
def content_signer_signs_only(certificate: CertificateView) -> Answer:
    """Key usage of a content signing certificate is critical, digitalSignature only."""
    return is_exactly(certificate, DIGITAL_SIGNATURE)


@check("DPC-CS-EKU-01")
def is_for_piv_content_only(certificate: CertificateView) -> Answer:
    """The only purpose of a content signing certificate is PIV content signing, critical."""
    return has_only_purpose(certificate, oids.PIV_CONTENT_SIGNING)


@check("DPC-CS-EKU-02")
def is_not_for_pivi_content(certificate: CertificateView) -> Answer:
    """A certificate for PIV-I content signing vouches for no PIV or derived object."""
    found = certificate.extended_key_usage
    return unexpected(PURPOSES, "no PIV-I purpose", found) if oids.PIVI_CONTENT_SIGNING_PURPOSE in found else None


@check("DPC-OCSP-CERT-02")
def is_for_ocsp_only(certificate: CertificateView) -> Answer:
    """The only purpose of a responder's certificate is OCSP signing, critical."""
    return has_only_purpose(certificate, oids.OCSP_SIGNING)


@check("DPC-OCSP-CERT-03")
def responder_signs_and_is_not_looked_up(certificate: CertificateView) -> Answer:
    """A responder's key usage is critical, digitalSignature only, and ocsp-nocheck is there with NULL."""
    answer = is_exactly(certificate, DIGITAL_SIGNATURE)
    if answer is not None:
        return answer
    nocheck = certificate.by_oid.get(oids.OCSP_NOCHECK)
    if nocheck is None:
        return missing("extensions", "ocsp-nocheck")
    return None if nocheck.value == NULL else unexpected("ocsp-nocheck", "NULL", nocheck.value)
