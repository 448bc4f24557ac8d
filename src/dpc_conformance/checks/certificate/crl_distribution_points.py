"""CRL distribution points (RFC 5280 4.2.1.13, profile worksheet row `cRLDistributionPoints`)."""

from typing import Final

from dpc_conformance.checks.certificate.locations import CRL_URI, directory_comes_first, scheme
from dpc_conformance.checks.finding import Answer, missing, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.names import URI, GeneralName

WHERE: Final = "cRLDistributionPoints"


def _names(certificate: CertificateView) -> list[GeneralName]:
    return [name for point in certificate.distribution_points for name in point.names]


@check("DPC-CERT-CRLDP-01")
def has_an_http_location(certificate: CertificateView) -> Answer:
    """A CRL is named by at least one http URI, in an extension that is not critical."""
    extension = certificate.by_oid.get(oids.CRL_DISTRIBUTION_POINTS)
    if extension is None:
        return missing(WHERE, "a fullName with an http URI")
    names = _names(certificate)
    if not any(scheme(name) == "http" for name in names):
        return missing(WHERE, "a fullName with an http URI", [str(name) for name in names])
    return unexpected(f"{WHERE} critical", "FALSE", "TRUE") if extension.critical else None


@check("DPC-CERT-CRLDP-02")
def names_no_reasons_and_no_issuer(certificate: CertificateView) -> Answer:
    """No distribution point is limited to reasons or names another CRL issuer."""
    for number, point in enumerate(certificate.distribution_points):
        if point.has_reasons or point.has_crl_issuer:
            return unexpected(f"{WHERE}[{number}]", "neither", "reasons" if point.has_reasons else "cRLIssuer")
    return None


@check("DPC-CERT-CRLDP-03")
def http_comes_first(certificate: CertificateView) -> Answer:
    """An LDAP URI or directory name comes after the http URI."""
    names = _names(certificate)
    return unexpected(WHERE, "http first", [str(name) for name in names]) if directory_comes_first(names) else None


@check("DPC-CERT-CRLDP-04")
def locations_are_usable(certificate: CertificateView) -> Answer:
    """URIs are http (or ldap), to a full domain name on the default port, and end in .crl."""
    for name in _names(certificate):
        if name.kind == URI and scheme(name) != "ldap" and not CRL_URI.fullmatch(name.text or ""):
            return unexpected(WHERE, "http://fully.qualified.name/....crl", name)
    return None
