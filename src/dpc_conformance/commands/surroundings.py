"""What stands around the objects to be judged: CA certificates, CRLs, OCSP responses, card, other certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.options import Options
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.checks.status.scope import covers
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.crl import CrlView, read_crl
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.extension_values import AuthorityKeyIdentifier
from dpc_conformance.formats.names import Name
from dpc_conformance.formats.ocsp import OcspView, read_ocsp


def certificate_view(der: bytes) -> CertificateView | None:
    """The view of a certificate; None when it cannot be read."""
    try:
        return read_certificate(der)
    except DerError:
        return None


@dataclass(frozen=True)
class Surroundings:
    """Evidence for every object of one call, as DER. `profile_version` None means the one of the day of issue.

    `sole_issuer` is the CA that the user named as the only one: it is that of every object that names no other known.
    `longest` is how long its CRLs and OCSP responses may hold, None where the kind of CA is not known.
    """

    moment: datetime
    anchors: tuple[bytes, ...] = ()
    sole_issuer: bytes | None = None
    authorities: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsp_responses: tuple[bytes, ...] = ()
    card: bytes | None = None
    card_certificates: tuple[bytes, ...] = ()
    test_pki: bool = False
    options: Options = Options()
    profile_version: str | None = None
    person: str | None = None
    agency: str | None = None
    affiliate: bool | None = None
    key_in_hardware: bool | None = None
    card_expiry: datetime | None = None
    longest: timedelta | None = None

    def around_certificate(self, der: bytes) -> CertificateContext:
        """What the judge of the certificate in `der` is told."""
        view = certificate_view(der)
        return CertificateContext(
            moment=self.moment,
            issuer=self._issuer(view.issuer, view.authority_key_identifier) if view else None,
            card_certificate=self.card,
            other_certificates=self.others,
            test_pki=self.test_pki,
            trust_anchors=self.anchors,
            intermediates=tuple(each for each in self.authorities if each != der),
            crls=self.crls,
            ocsp_responses=self.ocsp_responses,
            options=self.options,
            profile_version=self.profile_version,
            card_certificates=self.card_certificates,
            covered_certificates=self._covered(view) if view else (),
            person=self.person,
            agency=self.agency,
            affiliate=self.affiliate,
            key_in_hardware=self.key_in_hardware,
            card_expiry=self.card_expiry,
        )

    def around_crl(self, der: bytes) -> StatusContext:
        """What the judge of the CRL in `der` is told."""
        view = crl_view(der)
        if view is None:
            return StatusContext(self.moment)
        issuer = self._issuer(view.issuer, view.authority_key_identifier)
        same = [one for one in self._subscribers if one.issuer.der == view.issuer.der]
        covered = next((one for one in same if covers(view, one)), same[0] if same else None)
        return StatusContext(
            self.moment,
            issuer,
            certificate=covered.der if covered else None,
            previous_crl=self._before(view),
            longest=self.longest,
        )

    def around_ocsp(self, der: bytes) -> StatusContext:
        """What the judge of the OCSP response in `der` is told: the certificate it is about, that one's CA and CRL."""
        response = ocsp_view(der)
        serials = {one.cert_id.serial for one in response.responses} if response else set()
        about = next((one for one in self._subscribers if one.serial in serials), None)
        if about is None:
            return StatusContext(self.moment)
        crl = next((one for one in self._crl_views if covers(one, about)), None)
        issuer = self._issuer(about.issuer, about.authority_key_identifier)
        return StatusContext(self.moment, issuer, about.der, crl.der if crl else None, longest=self.longest)

    def _before(self, crl: CrlView) -> bytes | None:
        """The last CRL of the same CA before that one, by their thisUpdate."""
        made = crl.this_update.moment
        earlier = {
            one.this_update.moment: one.der
            for one in self._crl_views
            if one.issuer.der == crl.issuer.der and made and one.this_update.moment and one.this_update.moment < made
        }
        return earlier[max(earlier)] if earlier else None

    def _covered(self, view: CertificateView) -> tuple[bytes, ...]:
        """The certificates that a responder was seen to answer for; for a content signer those of the card."""
        if oids.PIV_CONTENT_SIGNING in view.extended_key_usage:
            return self.card_certificates
        answers = [
            one for response in self._responses if view.der in response.certificates for one in response.responses
        ]
        serials = {one.cert_id.serial for one in answers}
        return tuple(one.der for one in self._subscribers if one.serial in serials)

    @cached_property
    def _responses(self) -> tuple[OcspView, ...]:
        return tuple(view for view in map(ocsp_view, self.ocsp_responses) if view is not None)

    @cached_property
    def _authority_views(self) -> tuple[CertificateView, ...]:
        return _views((*self.authorities, *self.anchors))

    @cached_property
    def _subscribers(self) -> tuple[CertificateView, ...]:
        return _views(self.others)

    @cached_property
    def _crl_views(self) -> tuple[CrlView, ...]:
        return tuple(view for view in map(crl_view, self.crls) if view is not None)

    def _issuer(self, name: Name, key: AuthorityKeyIdentifier | None) -> bytes | None:
        """The CA of that name, of several the one with the key; one with the key where no name fits."""
        identifier = key.key_identifier if key else None
        named = [view for view in self._authority_views if view.subject.der == name.der]
        keyed = [view for view in self._authority_views if identifier and view.subject_key_identifier == identifier]
        both = [view for view in named if view in keyed]
        best = both or named or keyed
        return best[0].der if best else self.sole_issuer


def _views(certificates: Iterable[bytes]) -> tuple[CertificateView, ...]:
    return tuple(view for view in map(certificate_view, certificates) if view is not None)


def crl_view(der: bytes) -> CrlView | None:
    """The view of a CRL; None when it cannot be read."""
    try:
        return read_crl(der)
    except DerError:
        return None


def ocsp_view(der: bytes) -> OcspView | None:
    """The view of an OCSP response; None when it cannot be read or is no answer."""
    try:
        return read_ocsp(der)
    except DerError:
        return None
