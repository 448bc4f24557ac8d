"""What the judge of a CRL or OCSP response is told besides it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from dpc_conformance.checks.context import crl_or_none, view_or_none
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.crl import CrlView


@dataclass(frozen=True)
class StatusContext:
    """`issuer` is the CA's certificate, `certificate` one whose status is in question, `crl` the CA's CRL, all DER.

    `longest` is how far nextUpdate may lie after thisUpdate: 48 hours for a shared service provider, 180 for others,
    None where that is not known.
    `requested_hash` is the OID of the hash in the OCSP request that was answered. `token_collected` tells that the
    certificate's hardware was collected and wiped, `justified` that somebody recorded why it was not revoked.
    """

    moment: datetime
    issuer: bytes | None = None
    certificate: bytes | None = None
    crl: bytes | None = None
    previous_crl: bytes | None = None
    requested_hash: str | None = None
    longest: timedelta | None = None
    token_collected: bool = False
    justified: bool = False

    @cached_property
    def issuer_view(self) -> CertificateView | None:
        """The CA's certificate; None when not given or unreadable."""
        return view_or_none(self.issuer)

    @cached_property
    def certificate_view(self) -> CertificateView | None:
        """The certificate in question; None when not given or unreadable."""
        return view_or_none(self.certificate)

    @cached_property
    def crl_view(self) -> CrlView | None:
        """The CA's CRL; None when not given or unreadable."""
        return crl_or_none(self.crl)

    @cached_property
    def previous_view(self) -> CrlView | None:
        """The CRL before this one; None when not given or unreadable."""
        return crl_or_none(self.previous_crl)
