"""Subject directory attributes (RFC 5280 4.2.1.8, profile worksheet row `subjectDirectoryAttributes`)."""

from typing import cast

from dpc_conformance.checks.finding import Answer, DoesNotApply, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import der, oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import DirectoryAttribute

WHERE = "subjectDirectoryAttributes"


@check("DPC-CERT-SDA-01")
def citizenship_is_a_country_code(certificate: CertificateView) -> Answer:
    """Subject directory attributes, if present, are not critical, and countries of citizenship have two letters."""
    extension = certificate.by_oid.get(oids.SUBJECT_DIRECTORY_ATTRIBUTES)
    if extension is None:
        return DoesNotApply("there are no subject directory attributes")
    if extension.critical:
        return warning(f"{WHERE} critical", "FALSE", "TRUE")
    if extension.decoded is None:
        return warning(WHERE, "a SEQUENCE of attributes", extension.unreadable)
    for attribute in cast("tuple[DirectoryAttribute, ...]", extension.decoded):
        for tag, value in attribute.values if attribute.oid == oids.COUNTRY_OF_CITIZENSHIP else ():
            if tag != der.PRINTABLE_STRING or len(value) != 2 or not value.isalpha() or not value.isupper():
                return warning(f"{WHERE} countryOfCitizenship", "two letters of ISO 3166", value.decode("latin-1"))
    return None
