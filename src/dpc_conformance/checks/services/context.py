"""What the judge of a service is told besides what was observed, and how to pick from that."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from dpc_conformance.checks.context import crl_or_none, view_or_none
from dpc_conformance.checks.status.lifetime import MOST_APART
from dpc_conformance.evidence.observations import Fetched, Observations, Purpose
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.crl import CrlView


@dataclass(frozen=True)
class ServiceContext:
    """`certificate` is one that names the services, `issuer` its CA's certificate, both DER.

    `longest` is how far nextUpdate may lie after thisUpdate, None where the CA's kind is not known; `every` how far
    apart CRLs may be: 18 hours for a CA that is online.
    """

    moment: datetime
    certificate: bytes | None = None
    issuer: bytes | None = None
    longest: timedelta | None = None
    every: timedelta = MOST_APART

    @cached_property
    def certificate_view(self) -> CertificateView | None:
        """The certificate that names the services; None when not given or unreadable."""
        return view_or_none(self.certificate)

    @cached_property
    def issuer_view(self) -> CertificateView | None:
        """The CA's certificate; None when not given or unreadable."""
        return view_or_none(self.issuer)


def fetched(observations: Observations, purpose: Purpose) -> tuple[Fetched, ...]:
    """The fetches of one kind, in order."""
    return tuple(one for one in observations if isinstance(one, Fetched) and one.purpose == purpose)


def answered(observations: Observations, purpose: Purpose) -> tuple[Fetched, ...]:
    """The fetches of one kind that were answered with 200."""
    return tuple(one for one in fetched(observations, purpose) if one.status == 200)


def crls_seen(observations: Observations) -> tuple[tuple[Fetched, CrlView], ...]:
    """Each CRL that could be read, with the fetch that first showed it, in order of its thisUpdate."""
    first: dict[bytes, tuple[Fetched, CrlView]] = {}
    for one in answered(observations, "crl"):
        view = crl_or_none(one.body)
        if view is not None and view.this_update.moment is not None:
            first.setdefault(one.body, (one, view))
    return tuple(sorted(first.values(), key=lambda pair: this_update(pair[1])))


def this_update(crl: CrlView) -> datetime:
    """When a CRL was made; ValueError when its date cannot be read, which `crls_seen` leaves out."""
    if crl.this_update.moment is None:
        raise ValueError("the date of that CRL cannot be read")
    return crl.this_update.moment


def media_type(one: Fetched) -> str:
    """The media type without parameters, in lower case."""
    return one.media_type.partition(";")[0].strip().lower()
