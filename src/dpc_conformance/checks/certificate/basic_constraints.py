"""Basic constraints of an end entity (RFC 5280 4.2.1.9)."""

from dpc_conformance.checks.finding import Answer, in_words, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

EMPTY_SEQUENCE = b"\x30\x00"


@check("DPC-CERT-BC-01")
def is_no_ca(certificate: CertificateView) -> Answer:
    """Basic constraints, if present, say cA FALSE by default and name no path length."""
    extension = certificate.by_oid.get(oids.BASIC_CONSTRAINTS)
    if extension is None or extension.value == EMPTY_SEQUENCE:
        return None
    found = certificate.basic_constraints
    if found is None:
        actual: object = extension.unreadable
    elif found.ca or found.path_length is not None:
        actual = f"cA {found.ca}, pathLenConstraint {in_words(found.path_length)}"
    else:
        actual = extension.value
    return unexpected("basicConstraints", "absent or 30 00", actual)
