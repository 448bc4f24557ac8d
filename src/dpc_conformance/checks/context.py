"""What the judge of a certificate is told besides the certificate: its issuer, the card, the account, the moment."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.der import DerError


@dataclass(frozen=True)
class Options:
    """Choices where the sources contradict each other; the defaults are those the facts suggest."""

    rsa_4096_subject_keys: bool = True
    """COMMON allows RSA-4096 subject keys, SP 800-78-5 does not; False follows the latter."""
    both_derived_policies: bool = False
    """Whether a certificate may assert both .40 and .41."""


@dataclass(frozen=True)
class CertificateContext:
    """Evidence around one certificate. What is None or empty was not given, and rules that need it cannot tell.

    Certificates, CRLs and OCSP responses are DER. `issuer` is the certificate of the issuing CA, `card_certificate` the
    PIV Authentication certificate of the card that derived, `other_certificates` other derived certificates of the
    same CA or holder. `person` and `agency` are the names in the PIV identity account. `key_in_hardware` tells whether
    the key was made and stays in a validated hardware module.
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

    @cached_property
    def issuer_view(self) -> CertificateView | None:
        """The issuing CA's certificate; None when not given or unreadable."""
        return view_or_none(self.issuer)

    @cached_property
    def card_view(self) -> CertificateView | None:
        """The card's PIV Authentication certificate; None when not given or unreadable."""
        return view_or_none(self.card_certificate)

    @cached_property
    def other_views(self) -> tuple[CertificateView, ...]:
        """The other derived certificates that can be read."""
        return tuple(view for view in map(view_or_none, self.other_certificates) if view is not None)

    def others_than(self, certificate: CertificateView) -> tuple[CertificateView, ...]:
        """The other derived certificates, without `certificate` itself should it stand among them."""
        return tuple(view for view in self.other_views if view.der != certificate.der)


def view_or_none(data: bytes | None) -> CertificateView | None:
    """The view of a certificate that serves as evidence; None when it is missing or cannot be read."""
    if data is None:
        return None
    try:
        return read_certificate(data)
    except DerError:
        return None
