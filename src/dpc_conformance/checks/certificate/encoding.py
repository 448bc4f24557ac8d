"""The encoding of the whole certificate (X.690, RFC 5280 4.1)."""

from dpc_conformance.checks.finding import Answer, Finding, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.der import DerError

UNREADABLE = "DPC-CERT-DER-01"
"""The requirement a certificate fails that cannot be read at all."""


@check(UNREADABLE)
def is_der(certificate: CertificateView) -> Answer:
    """The certificate is strict DER."""
    if not certificate.defects:
        return None
    first = certificate.defects[0]
    more = f", and {len(certificate.defects) - 1} more departures" if len(certificate.defects) > 1 else ""
    return unexpected(f"offset {first.offset}", "DER", f"{first.reason}{more}")


@check("DPC-CERT-UID-01")
def has_no_unique_identifiers(certificate: CertificateView) -> Answer:
    """issuerUniqueID and subjectUniqueID are not used."""
    found = []
    if certificate.has_issuer_unique_id:
        found.append("issuerUniqueID")
    if certificate.has_subject_unique_id:
        found.append("subjectUniqueID")
    return unexpected("tbsCertificate", "no unique identifiers", found) if found else None


def unreadable(error: DerError) -> Finding:
    """The finding on a certificate that cannot be read: where the reading stopped and why."""
    return unexpected(f"offset {error.offset}", "a certificate in DER", error.reason).of(UNREADABLE)
