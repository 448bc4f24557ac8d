"""Extended key usage of authentication certificates (RFC 5280 4.2.1.12, Common Policy CP 6.1.7)."""

from datetime import UTC, datetime
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, DoesNotApply, missing, unexpected
from dpc_conformance.checks.profiles.versions import V1_9, version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

WHERE: Final = "extKeyUsage"
NO_ANY_FROM: Final = datetime(2019, 7, 1, tzinfo=UTC)
PKINIT_FROM: Final = datetime(2019, 6, 30, tzinfo=UTC)
FOREIGN: Final = frozenset(
    {
        oids.CODE_SIGNING,
        oids.SERVER_AUTH,
        oids.EMAIL_PROTECTION,
        oids.TIME_STAMPING,
        oids.OCSP_SIGNING,
        oids.PIV_CARD_AUTH,
        oids.PIV_CONTENT_SIGNING,
        oids.PIVI_CONTENT_SIGNING_PURPOSE,
        oids.PKINIT_KDC,
        oids.MS_DOCUMENT_SIGNING,
    }
)


def under_1_9_with_pkinit(certificate: CertificateView, context: CertificateContext) -> bool:
    """Whether profile 1.9 applies, and its demand for the PKINIT purpose was in force at issue."""
    issued = certificate.not_before.moment
    return version_of(certificate, context) is V1_9 and issued is not None and issued >= PKINIT_FROM


@check("DPC-CERT-EKU-01")
def asserts_client_auth(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Extended key usage is present and includes clientAuth; it was optional before 30 June 2019."""
    purposes = certificate.extended_key_usage
    if not version_of(certificate, context).purposes_required and not under_1_9_with_pkinit(certificate, context):
        return DoesNotApply("issued under a profile in which extended key usage was optional")
    return None if oids.CLIENT_AUTH in purposes else missing(WHERE, oids.CLIENT_AUTH, purposes)


@check("DPC-CERT-EKU-02")
def does_not_assert_any(certificate: CertificateView) -> Answer:
    """anyExtendedKeyUsage is not in certificates issued after 30 June 2019."""
    issued = certificate.not_before.moment
    if issued is not None and issued < NO_ANY_FROM:
        return DoesNotApply("issued before July 2019")
    purposes = certificate.extended_key_usage
    return unexpected(WHERE, "no anyExtendedKeyUsage", purposes) if oids.ANY_EXTENDED_KEY_USAGE in purposes else None


@check("DPC-CERT-EKU-03")
def purposes_fit_authentication(certificate: CertificateView) -> Answer:
    """No purpose is asserted that does not fit authentication, such as code signing."""
    foreign = FOREIGN.intersection(certificate.extended_key_usage)
    return unexpected(WHERE, "purposes of authentication only", foreign) if foreign else None


@check("DPC-CERT-EKU-05")
def is_not_critical(certificate: CertificateView) -> Answer:
    """Extended key usage is not critical."""
    extension = certificate.by_oid.get(oids.EXTENDED_KEY_USAGE)
    return unexpected(f"{WHERE} critical", "FALSE", "TRUE") if extension and extension.critical else None


@check("DPC-CERT-EKU-06")
def asserted_pkinit_under_profile_1_9(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Between 30 June 2019 and profile 2.0 the PKINIT client purpose was asserted too."""
    if not under_1_9_with_pkinit(certificate, context):
        return DoesNotApply("not issued under profile 1.9 after 30 June 2019")
    purposes = certificate.extended_key_usage
    if {oids.CLIENT_AUTH, oids.PKINIT_CLIENT_AUTH} <= set(purposes):
        return None
    return missing(WHERE, (oids.CLIENT_AUTH, oids.PKINIT_CLIENT_AUTH), purposes)
