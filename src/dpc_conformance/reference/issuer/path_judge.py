"""Is a certificate good? RFC 5280 path validation by the run's clock, with the reason when it is not."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import PKIXValidationParams, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path, validate_usage

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.status_source import StatusSource
from dpc_conformance.reference.pki.keys import PublicKey
from dpc_conformance.roles.reasons import Reason

# The library logs a stack trace for every CRL that it tries in vain; what matters is in the refusal.
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").propagate = False

ANY_POLICY = "any_policy"


class CertificateJudge(Protocol):
    """Judges a certificate that somebody proved possession of."""

    def judge(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate] = ()) -> Refusal | None:
        """None when the certificate is good now; `sent` are further certificates of the TLS handshake."""


@dataclass(frozen=True)
class PathJudge:
    """Validates to `anchors`, for one of `policies`, with revocation status required for every certificate below.

    Several authorities may share a name, and cross-certificates may exist: every candidate path is tried. The
    reason of a refusal is that of the path that came furthest.
    """

    anchors: Sequence[x509.Certificate]
    intermediates: Sequence[x509.Certificate]
    policies: frozenset[str]
    status_source: StatusSource
    clock: RunClock
    extended_key_usage: frozenset[str] = frozenset({"client_auth"})
    key_usage: frozenset[str] = frozenset({"digital_signature"})

    def of_content_signers(self) -> "PathJudge":
        """The same judge for certificates that sign the data on cards (FIPS 201-3 §4.2.1)."""
        return replace(self, extended_key_usage=frozenset({"piv_content_signing"}))

    def of_cards_themselves(self) -> "PathJudge":
        """The same judge for Card Authentication certificates, by whose policy nobody is let in."""
        purpose = frozenset({"piv_card_authentication"})
        return replace(self, policies=frozenset({ANY_POLICY}), extended_key_usage=purpose)

    def judge(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate] = ()) -> Refusal | None:
        """See CertificateJudge. Whatever cannot be decided is refused."""
        known = [*self.anchors, *self.intermediates, *sent]
        return self._signature(certificate, known) or self._dates(certificate) or self._paths(certificate, sent)

    def _signature(self, certificate: x509.Certificate, known: Iterable[x509.Certificate]) -> Refusal | None:
        namesakes = [candidate for candidate in known if candidate.subject == certificate.issuer]
        issuer = certificate.issuer.rfc4514_string()
        if not namesakes:
            return Refusal(Reason.PATH, f"no certificate of the issuer {issuer} is known")
        if not any(_issued(candidate, certificate) for candidate in namesakes):
            return Refusal(Reason.CERTIFICATE_SIGNATURE, f"the signature verifies under no known key of {issuer}")
        return None

    def _dates(self, certificate: x509.Certificate) -> Refusal | None:
        now = self.clock.now()
        if now < certificate.not_valid_before_utc:
            return Refusal(Reason.NOT_YET_VALID, f"valid from {certificate.not_valid_before_utc.isoformat()}")
        if now > certificate.not_valid_after_utc:
            return Refusal(Reason.EXPIRED, f"valid until {certificate.not_valid_after_utc.isoformat()}")
        return None

    def _paths(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate]) -> Refusal | None:
        with _objects_to_itself():
            return asyncio.run(self._try_paths(certificate, sent))

    async def _try_paths(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate]) -> Refusal | None:
        context = self._context([*self.intermediates, *sent], revocation_mode="soft-fail")
        furthest, refusal = -1, Refusal(Reason.PATH, "no path to a trust anchor")
        try:
            async for path in context.path_builder.async_build_paths_lazy(_asn1(certificate)):
                stage, outcome = await self._try_path(certificate, path, context)
                if outcome is None:
                    return None
                if stage > furthest:
                    furthest, refusal = stage, outcome
        except PathBuildingError as error:
            if furthest < 0:
                return Refusal(Reason.PATH, str(error))
        return refusal

    async def _try_path(
        self, certificate: x509.Certificate, path: ValidationPath, context: ValidationContext
    ) -> tuple[int, Refusal | None]:
        """How far a path came, and why no further: 0 the path itself, 1 policy and purpose, 2 revocation."""
        parameters = PKIXValidationParams(user_initial_policy_set=self.policies, initial_explicit_policy=True)
        try:
            await async_validate_path(context, path, parameters)
            validate_usage(_asn1(certificate), set(self.key_usage), set(self.extended_key_usage), False)
        except (PathValidationError, InvalidCertificateError) as error:
            without_policy = await self._path_alone(path, context)
            return (0, without_policy) if without_policy else (1, Refusal(Reason.POLICY, str(error)))
        return 2, await self._revocation(path, parameters)

    async def _path_alone(self, path: ValidationPath, context: ValidationContext) -> Refusal | None:
        """What is wrong with a path even when every policy and purpose would do."""
        try:
            await async_validate_path(context, path)
        except (ExpiredError, NotYetValidError) as error:
            return Refusal(Reason.PATH_EXPIRED, str(error))
        except PathValidationError as error:
            return Refusal(Reason.PATH, str(error))
        return None

    async def _revocation(self, path: ValidationPath, parameters: PKIXValidationParams) -> Refusal | None:
        chain = [_certificate(entry) for entry in path.iter_certs(include_root=True)]
        status = self.status_source.status_of(chain)
        if (listed := _listed(chain, status.crls)) is not None:
            return listed
        others = [*self.intermediates, *chain]
        context = self._context(others, revocation_mode="require", crls=status.crls, ocsps=status.ocsps)
        try:
            await async_validate_path(context, path, parameters)
        except RevokedError as error:
            return Refusal(Reason.REVOKED, str(error))
        except InsufficientRevinfoError as error:
            return Refusal(Reason.STATUS_UNAVAILABLE, str(error))
        except (PathValidationError, InvalidCertificateError) as error:
            return Refusal(Reason.PATH, str(error))
        return None

    def _context(self, others: Iterable[x509.Certificate], **more: Any) -> ValidationContext:
        return ValidationContext(
            trust_roots=[_asn1(anchor) for anchor in self.anchors],
            other_certs=[_asn1(other) for other in others],
            moment=self.clock.now(),
            allow_fetching=False,
            **more,
        )


def _listed(chain: Sequence[x509.Certificate], crls: Iterable[bytes]) -> Refusal | None:
    """Refused when a CRL names a certificate of the path: the validator asks OCSP first and would not look here."""
    lists = [x509.load_der_x509_crl(der) for der in crls]
    for issuer, certificate in zip(chain, chain[1:], strict=False):
        public_key = issuer.public_key()
        for found in lists:
            if found.issuer != certificate.issuer or not isinstance(public_key, PublicKey):
                continue
            entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None and found.is_signature_valid(public_key):
                return Refusal(Reason.REVOKED, f"on the CRL since {entry.revocation_date_utc.isoformat()}")
    return None


def _parsed(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


_Load = Callable[[x509.Certificate], asn1_x509.Certificate]
_at_rest: deque[_Load] = deque()
_load: ContextVar[_Load] = ContextVar("load")


@contextmanager
def _objects_to_itself() -> Iterator[None]:
    """asn1crypto parses when first asked and two threads at once break it: no two judgements share objects in time."""
    try:
        load = _at_rest.pop()
    except IndexError:
        load = lru_cache(maxsize=256)(_parsed)
    before = _load.set(load)
    try:
        yield
    finally:
        _load.reset(before)
        _at_rest.append(load)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return _load.get()(certificate)


def _certificate(certificate: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
