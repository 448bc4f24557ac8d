"""Which extensions stand in a certificate at all (RFC 5280 4.2, profile worksheets)."""

from collections import Counter
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, unexpected, warning
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

FORBIDDEN: Final = frozenset(
    {
        oids.PRIVATE_KEY_USAGE_PERIOD,
        oids.ISSUER_ALT_NAME,
        oids.NAME_CONSTRAINTS,
        oids.POLICY_MAPPINGS,
        oids.POLICY_CONSTRAINTS,
        oids.INHIBIT_ANY_POLICY,
        oids.SUBJECT_INFORMATION_ACCESS,
        oids.OCSP_NOCHECK,
    }
)
MAY_BE_CRITICAL: Final = frozenset({oids.KEY_USAGE})


@check("DPC-CERT-EXT-01")
def are_in_the_worksheet(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No standard extension stands in the certificate that the worksheet does not list."""
    strays = FORBIDDEN.intersection(certificate.by_oid)
    if strays and version_of(certificate, context).allows_issuer_alt_name:
        strays -= {oids.ISSUER_ALT_NAME}
    if strays:
        return unexpected("extensions", "only standard extensions of the worksheet", strays)
    if oids.FRESHEST_CRL in certificate.by_oid:
        return warning("extensions", "no freshestCRL unless delta CRLs are offered", oids.FRESHEST_CRL)
    return None


@check("DPC-CERT-EXT-02")
def only_key_usage_is_critical(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No extension is critical but key usage."""
    strays = {one.oid for one in certificate.extensions if one.critical} - MAY_BE_CRITICAL
    if strays:
        strays -= version_of(certificate, context).also_critical
    return unexpected("extensions", "none critical but keyUsage", strays) if strays else None


@check("DPC-CERT-EXT-04")
def stand_once_each(certificate: CertificateView) -> Answer:
    """No extension stands in the certificate twice."""
    if len(certificate.by_oid) == len(certificate.extensions):
        return None
    repeated = {oid for oid, count in Counter(one.oid for one in certificate.extensions).items() if count > 1}
    return unexpected("extensions", "each extension once", repeated)
