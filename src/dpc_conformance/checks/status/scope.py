"""Which certificates a CRL is about (RFC 5280 5.2.4, 5.2.5)."""

from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.crl import CrlView


def covers(crl: CrlView, certificate: CertificateView) -> bool:
    """Whether that a subscriber's certificate is missing in the CRL says that it is not revoked."""
    if crl.issuer.der != certificate.issuer.der or oids.DELTA_CRL_INDICATOR in crl.by_oid:
        return False
    if oids.ISSUING_DISTRIBUTION_POINT not in crl.by_oid:
        return True
    point = crl.issuing_distribution_point
    if point is None or point.only_ca or point.only_attribute or point.has_reasons:
        return False
    named = {str(name) for one in certificate.distribution_points for name in one.names}
    return not point.has_point or not named.isdisjoint(str(name) for name in point.names)
