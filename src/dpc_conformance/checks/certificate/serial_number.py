"""The serial number (RFC 5280 4.1.2.2)."""

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, DoesNotApply, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats.certificate import CertificateView

MOST_OCTETS = 20
RANDOM_OCTETS = 8
FEWEST_FOR_PROGRESSION = 3


@check("DPC-CERT-SER-01")
def is_positive(certificate: CertificateView) -> Answer:
    """The serial number is a positive integer in its shortest encoding."""
    octets = certificate.serial_octets
    if certificate.serial <= 0:
        return unexpected("serialNumber", "a positive integer", octets)
    if len(octets) > 1 and octets[0] == 0 and octets[1] < 0x80:
        return unexpected("serialNumber", "the shortest encoding", octets)
    return None


@check("DPC-CERT-SER-02")
def has_at_most_20_octets(certificate: CertificateView) -> Answer:
    """The serial number takes at most 20 octets."""
    count = len(certificate.serial_octets)
    return unexpected("serialNumber", "at most 20 octets", f"{count} octets") if count > MOST_OCTETS else None


@check("DPC-CERT-SER-03")
def is_unique_within_issuer(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No other certificate of the same issuer has this serial number."""
    others = context.others_than(certificate)
    if not others:
        return DoesNotApply("no other derived certificate was given")
    for other in others:
        if other.serial == certificate.serial and other.issuer.der == certificate.issuer.der:
            return unexpected("serialNumber", "a serial of its own", f"{certificate.serial} also of {other.subject}")
    return None


@check("DPC-CERT-SER-04")
def looks_unpredictable(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The serial number is long enough to hold 64 random bits and no member of a progression."""
    if len(certificate.serial_octets) < RANDOM_OCTETS:
        return warning("serialNumber", "at least 8 octets", f"{len(certificate.serial_octets)} octets")
    if not context.other_views:
        return None
    serials = {view.serial for view in context.other_views if view.issuer.der == certificate.issuer.der}
    series = sorted({certificate.serial, *serials})
    steps = {later - earlier for earlier, later in zip(series, series[1:], strict=False)}
    if len(series) >= FEWEST_FOR_PROGRESSION and len(steps) == 1:
        return warning("serialNumber", "output of a random bit generator", f"serials {steps.pop()} apart")
    return None
