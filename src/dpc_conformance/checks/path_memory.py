"""Path results remembered for certificates of one CA: a path that differs in nothing that matters is walked once.

What of a certificate decides its path beyond what it has in common with others of its CA is looked at each time: its
signature, its dates, whether a CRL lists it. Where more could matter, such as names under name constraints or a status
from OCSP, nothing is remembered and every path is validated for itself.
"""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from dpc_conformance.checks.signature import verifies
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.crl_serials import revoked_serials
from dpc_conformance.formats.der import DerError

if TYPE_CHECKING:
    from dpc_conformance.checks.context import CertificateContext

Result = TypeVar("Result")
_MOST: Final = 4096


class PathMemory(Generic[Result]):
    """Remembers results for one context, whose issuer all certificates share."""

    def __init__(self, context: "CertificateContext") -> None:
        self._context = context
        self._known: dict[Hashable, Result] = {}
        self._last: tuple[CertificateView | None, bool] = (None, False)
        self._revoked: tuple[frozenset[int], ...] = ()
        self._ordinary = self._look_around()

    def of(
        self, certificate: CertificateView, policies: frozenset[str] | None, validate: Callable[[], Result]
    ) -> Result:
        """The result that `validate` gives for the certificate under the initial policies, remembered where it can."""
        if not self._passes(certificate):
            return validate()
        key = (
            policies,
            certificate.version,
            certificate.inner_algorithm.der,
            certificate.outer_algorithm.der,
            certificate.has_issuer_unique_id,
            certificate.has_subject_unique_id,
            certificate.public_key.algorithm.der,
            tuple(extension.shape for extension in certificate.extensions),
        )
        result = self._known.get(key)
        if result is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            result = self._known[key] = validate()
        return result

    def _look_around(self) -> bool:
        """Whether all that could matter of a certificate besides its key in `of` is what `_passes` looks at."""
        context = self._context
        if context.issuer_view is None or context.ocsp_responses:
            return False
        try:
            given = [read_certificate(der) for der in (*context.intermediates, *context.trust_anchors)]
            self._revoked = tuple(map(revoked_serials, context.crls))
        except DerError:
            return False
        return not any(oids.NAME_CONSTRAINTS in view.by_oid for view in (*given, context.issuer_view))

    def _passes(self, certificate: CertificateView) -> bool:
        if self._last[0] is not certificate:
            self._last = (certificate, self._ordinary and self._is_unobtrusive(certificate))
        return self._last[1]

    def _is_unobtrusive(self, certificate: CertificateView) -> bool:
        issuer, begin, end = self._context.issuer_view, certificate.not_before.moment, certificate.not_after.moment
        return (
            issuer is not None
            and begin is not None
            and end is not None
            and begin <= self._context.moment <= end
            and not certificate.defects
            and bool(certificate.subject.rdns)
            and certificate.issuer.der == issuer.subject.der != certificate.subject.der
            and not any(certificate.serial in serials for serials in self._revoked)
            and verifies(
                issuer.public_key,
                certificate.outer_algorithm,
                certificate.tbs,
                certificate.signature,
                certificate.signature_unused_bits,
            )
            is True
        )
