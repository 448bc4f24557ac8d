"""The version field (RFC 5280 4.1.2.1)."""

from dpc_conformance.checks.finding import Answer, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView

VERSION_3 = 2


@check("DPC-CERT-VER-01")
def is_version_3(certificate: CertificateView) -> Answer:
    """The certificate is X.509 version 3."""
    if certificate.version == VERSION_3:
        return None
    actual = "omitted, which means v1" if certificate.version is None else certificate.version
    return unexpected("version", "2, which means v3", actual)
