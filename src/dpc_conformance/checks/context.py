"""What the judge of a certificate is told besides the certificate: its issuer, the card, the account, the moment."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from dpc_conformance.checks.options import Options
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.crl import CrlView, read_crl
from dpc_conformance.formats.der import DerError

if TYPE_CHECKING:
    from dpc_conformance.checks.path import PathResult
    from dpc_conformance.checks.path_memory import PathMemory

Replacement = Literal["re-key", "modification", "CA compromise"]


@dataclass(frozen=True)
class CertificateContext:
    """Evidence around one certificate. What is None or empty was not given, and rules that need it cannot tell.

    Certificates, CRLs and OCSP responses are DER. `issuer` is the certificate of the issuing CA, `card_certificate` the
    PIV Authentication certificate of the card that derived, `other_certificates` other derived certificates of the
    same CA or holder. `person` and `agency` are the names in the PIV identity account. `key_in_hardware` tells whether
    the key was made and stays in a validated hardware module.

    `profile_version` such as "2.1" overrides the one in force on the day of issue. `initial_policies` are those that
    path validation begins with, None those of derived authentication. `card_certificates` are further certificates on
    the card. `predecessor` is the certificate that this one replaces, `replacement` says in which way. `recovered`
    tells that a key management key came out of escrow. `covered_certificates` are those whose status a responder
    answers for or that stand on one token with a content signer, `signed_at` is when that signer signed.
    `key_wrapping` holds the OIDs of the algorithms under which a private key was delivered. `annual_sample` tells that
    the certificate is handed in for the yearly test. `path_memory` is for a judge of many certificates of one CA.
    """

    moment: datetime
    issuer: bytes | None = None
    card_certificate: bytes | None = None
    other_certificates: tuple[bytes, ...] = ()
    person: str | None = None
    agency: str | None = None
    affiliate: bool | None = None
    key_in_hardware: bool | None = None
    card_expiry: datetime | None = None
    test_pki: bool = False
    trust_anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsp_responses: tuple[bytes, ...] = ()
    options: Options = field(default_factory=Options)
    profile_version: str | None = None
    initial_policies: frozenset[str] | None = None
    card_certificates: tuple[bytes, ...] = ()
    predecessor: bytes | None = None
    replacement: Replacement | None = None
    recovered: bool | None = None
    covered_certificates: tuple[bytes, ...] = ()
    signed_at: datetime | None = None
    key_wrapping: tuple[str, ...] = ()
    annual_sample: bool = False
    path_memory: "PathMemory[PathResult] | None" = field(default=None, compare=False, repr=False)

    @cached_property
    def issuer_view(self) -> CertificateView | None:
        """The issuing CA's certificate; None when not given or unreadable."""
        return view_or_none(self.issuer)

    @cached_property
    def card_view(self) -> CertificateView | None:
        """The card's PIV Authentication certificate; None when not given or unreadable."""
        return view_or_none(self.card_certificate)

    @cached_property
    def predecessor_view(self) -> CertificateView | None:
        """The certificate that this one replaces; None when not given or unreadable."""
        return view_or_none(self.predecessor)

    @cached_property
    def card_views(self) -> tuple[CertificateView, ...]:
        """All certificates of the card that can be read."""
        return _readable((*((self.card_certificate,) if self.card_certificate else ()), *self.card_certificates))

    @cached_property
    def covered_views(self) -> tuple[CertificateView, ...]:
        """The covered certificates that can be read."""
        return _readable(self.covered_certificates)

    @cached_property
    def authority_views(self) -> tuple[CertificateView, ...]:
        """The CA certificates in the path that can be read, the issuing one last."""
        return _readable((*self.intermediates, *((self.issuer,) if self.issuer else ())))

    @cached_property
    def crl_views(self) -> tuple[CrlView, ...]:
        """The CRLs that can be read."""
        return tuple(view for view in map(crl_or_none, self.crls) if view is not None)

    @cached_property
    def other_views(self) -> tuple[CertificateView, ...]:
        """The other derived certificates that can be read."""
        return _readable(self.other_certificates)

    def others_than(self, certificate: CertificateView) -> tuple[CertificateView, ...]:
        """The other derived certificates, without `certificate` itself should it stand among them."""
        return tuple(view for view in self.other_views if view.der != certificate.der)


def _readable(certificates: tuple[bytes, ...]) -> tuple[CertificateView, ...]:
    return tuple(view for view in map(view_or_none, certificates) if view is not None)


def crl_or_none(data: bytes | None) -> CrlView | None:
    """The view of a CRL that serves as evidence; None when it is missing or cannot be read."""
    if data is None:
        return None
    try:
        return read_crl(data)
    except DerError:
        return None


def view_or_none(data: bytes | None) -> CertificateView | None:
    """The view of a certificate that serves as evidence; None when it is missing or cannot be read."""
    if data is None:
        return None
    try:
        return read_certificate(data)
    except DerError:
        return None
