"""The deprecated PIV background investigation indicator (FIPS 201-3 4.2.2, profile worksheet row `piv-NACI`)."""

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, DoesNotApply, warning
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

BOOLEANS = (b"\x01\x01\x00", b"\x01\x01\xff")


@check("DPC-CERT-NACI-01")
def is_a_plain_boolean(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The PIV NACI indicator, if present, is a BOOLEAN and not critical; it was demanded before profile 2.2."""
    extension = certificate.by_oid.get(oids.PIV_NACI)
    if extension is None:
        version = version_of(certificate, context)
        if version.naci_required:
            return warning("extensions", f"piv-NACI, as profile {version.name} demanded", "nothing")
        return DoesNotApply("there is no PIV NACI indicator")
    if extension.critical:
        return warning("piv-NACI critical", "FALSE", "TRUE")
    return None if extension.value in BOOLEANS else warning("piv-NACI", "01 01 00 or 01 01 FF", extension.value)
