"""Authority information access (RFC 5280 4.2.2.1, profile worksheet row `authorityInfoAccess`)."""

from typing import Final

from dpc_conformance.checks.certificate.locations import directory_comes_first, is_http, scheme
from dpc_conformance.checks.finding import Answer, missing, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.names import GeneralName

WHERE: Final = "authorityInfoAccess"


def _locations(certificate: CertificateView, method: str) -> list[GeneralName]:
    return [one.location for one in certificate.authority_information_access if one.method == method]


@check("DPC-CERT-AIA-01")
def names_the_issuers_certificates(certificate: CertificateView) -> Answer:
    """The issuer's certificates are named by an http URI to a .p7c, in an extension that is not critical."""
    locations = _locations(certificate, oids.CA_ISSUERS)
    shown = [str(name) for name in locations]
    if any(scheme(name) == "https" for name in locations):
        return unexpected(f"{WHERE} caIssuers", "http, not https", shown)
    usable = [name.text or "" for name in locations if is_http(name)]
    if not any(text.endswith((".p7c", ".cer")) for text in usable):
        return missing(f"{WHERE} caIssuers", "an http URI to a .p7c", shown)
    if certificate.by_oid[oids.AUTHORITY_INFORMATION_ACCESS].critical:
        return unexpected(f"{WHERE} critical", "FALSE", "TRUE")
    if not any(text.endswith(".p7c") for text in usable):
        return warning(f"{WHERE} caIssuers", ".p7c", shown)
    return None


@check("DPC-CERT-AIA-02")
def names_an_ocsp_service(certificate: CertificateView) -> Answer:
    """The OCSP service is named by an http URI."""
    locations = _locations(certificate, oids.OCSP)
    if locations and all(map(is_http, locations)):
        return None
    return missing(f"{WHERE} ocsp", "an http URI", [str(name) for name in locations])


@check("DPC-CERT-AIA-03")
def http_comes_first(certificate: CertificateView) -> Answer:
    """An LDAP location of the issuer's certificates comes after the http one."""
    locations = _locations(certificate, oids.CA_ISSUERS)
    if directory_comes_first(locations) and any(scheme(name) == "http" for name in locations):
        return unexpected(f"{WHERE} caIssuers", "http first", [str(name) for name in locations])
    return None
