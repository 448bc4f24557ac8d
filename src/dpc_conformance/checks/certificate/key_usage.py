"""Key usage (RFC 5280 4.2.1.3)."""

from typing import Final

from dpc_conformance.checks.finding import Answer, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import DIGITAL_SIGNATURE, KEY_USAGE_NAMES

WHERE: Final = "keyUsage"
TRUE: Final = b"\xff"


def names_of(bits: frozenset[int]) -> list[str]:
    """The names of key usage bits, in their order."""
    return [KEY_USAGE_NAMES[bit] if bit < len(KEY_USAGE_NAMES) else f"bit {bit}" for bit in sorted(bits)]


@check("DPC-CERT-KU-01")
def is_digital_signature_only(certificate: CertificateView) -> Answer:
    """Key usage is present, critical, and only digitalSignature."""
    extension = certificate.by_oid.get(oids.KEY_USAGE)
    if extension is None:
        return missing(WHERE, "critical, digitalSignature")
    bits = certificate.key_usage
    if bits is None:
        return unexpected(WHERE, "a BIT STRING", extension.unreadable)
    if bits != {DIGITAL_SIGNATURE}:
        return unexpected(WHERE, "digitalSignature only", names_of(bits))
    return None if extension.critical else unexpected(WHERE, "critical", "not critical")


@check("DPC-CERT-KU-02")
def is_critical(certificate: CertificateView) -> Answer:
    """Key usage is marked critical."""
    extension = certificate.by_oid.get(oids.KEY_USAGE)
    if extension is None:
        return DoesNotApply("key usage is absent, which its own rule reports")
    if extension.flag == TRUE:
        return None
    return unexpected(f"{WHERE} critical", "BOOLEAN FF", "absent" if extension.flag is None else extension.flag)
