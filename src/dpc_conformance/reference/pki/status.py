"""The status services of one scenario: CRLs, OCSP and the repository, as one web application for three host names."""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.crl_maker import CrlMaker
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.naming import CRL_HOST, OCSP_HOST, REPOSITORY_HOST
from dpc_conformance.reference.pki.ocsp_answerer import OcspAnswerer
from dpc_conformance.reference.pki.ocsp_requests import in_address, posted
from dpc_conformance.reference.pki.repository import Repository
from dpc_conformance.reference.pki.revocation import HOLD, Revocation, RevocationList, reason_of

LONGEST_STALL = 30.0
"""Seconds of the machine's time, longer than any client waits."""
Answer = tuple[int, str, bytes]
PLAIN = "text/plain"
ONE_SECOND = timedelta(seconds=1)
STATUS_LINES = {
    200: "200 OK",
    400: "400 Bad Request",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    503: "503 Service Unavailable",
}


class Responder(Protocol):
    """What answers OCSP requests."""

    def answer(self, request: bytes, now: datetime) -> bytes:
        """The response (DER) to a request (DER)."""


class StatusService:
    """Revokes, and tells everybody who asks.

    `revocations` feeds `crls` and `ocsp`; each of these, `repository` and `media_types` may be replaced by a seeded
    defect.
    """

    def __init__(self, pki: TestPki, clock: RunClock, entropy: Entropy) -> None:  # noqa: ARG002  nothing random so far
        self._pki = pki
        self._clock = clock
        self._silent: set[str] = set()
        self._answers = threading.Event()
        self._answers.set()
        self.revocations = RevocationList()
        self.crls = CrlMaker(self.revocations)
        self.ocsp: Responder = OcspAnswerer(pki.authorities, self.revocations, pki.ocsp_responder_of)
        self.repository = Repository(pki.authorities)
        self.media_types = {
            CRL_HOST: "application/pkix-crl",
            OCSP_HOST: "application/ocsp-response",
            REPOSITORY_HOST: "application/pkcs7-mime",
        }
        self.others: dict[str, Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]] = {}
        """Applications of other PKIs' services, by host and port as they stand in certificates."""
        self._services: dict[str, Callable[[dict[str, Any]], Answer]] = {
            CRL_HOST: self._crl,
            OCSP_HOST: self._ocsp,
            REPOSITORY_HOST: self._p7c,
        }

    def revoke(self, certificate: x509.Certificate | bytes, reason: str = "keyCompromise", hold: bool = False) -> None:
        """Revoke from now on, or with `hold` suspend; LookupError for a certificate of another PKI."""
        certificate = _certificate(certificate)
        flag = HOLD if hold else reason_of(reason)
        # Decided a moment before it is announced: validators take a revocation at the very second of their check for
        # a later one, and the run's clock may stand still in between.
        entry = Revocation(certificate.serial_number, self._clock.now() - ONE_SECOND, flag)
        self.revocations.add(self.authority_of(certificate), entry)

    def restore(self, certificate: x509.Certificate | bytes) -> None:
        """End a hold. LookupError when there is none: a final revocation stays (RFC 5280 §5.3.1)."""
        certificate = _certificate(certificate)
        authority = self.authority_of(certificate)
        entry = self.revocations.find(authority, certificate.serial_number)
        if entry is None or entry.reason is not HOLD:
            raise LookupError("that certificate is not on hold")
        self.revocations.remove(authority, certificate.serial_number)

    def silence(self, host: str) -> None:
        """From now on that host answers 503 to everything. LookupError for a host that is not served here."""
        if host not in self._services:
            raise LookupError(f"{host} is not a status service")
        self._silent.add(host)

    def let_speak(self, host: str) -> None:
        """End `silence`."""
        self._silent.discard(host)

    def stall(self) -> None:
        """From now on every host takes requests and does not answer them, until `go_on`."""
        self._answers.clear()

    def go_on(self) -> None:
        """Whoever still waits gets an answer."""
        self._answers.set()

    def authority_of(self, certificate: x509.Certificate) -> Authority:
        """Who issued that certificate, by name and key identifier. LookupError for another PKI's."""
        for authority in self._pki.authorities:
            if authority.subject == certificate.issuer and _names_key(certificate, authority.key_identifier):
                return authority
        raise LookupError("no authority of this PKI issued that certificate")

    def app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The WSGI application; also the target of a client that takes it for its HTTP proxy."""
        self._answers.wait(LONGEST_STALL)
        other = self.others.get(str(environ.get("HTTP_HOST", "")).lower())
        if other is not None:
            return other(environ, start_response)
        host = _host(environ)
        service = self._services.get(host)
        if service is None:
            status, media_type, body = 404, PLAIN, f"{host} is not served here\n".encode()
        elif host in self._silent:
            status, media_type, body = 503, PLAIN, b"out of order\n"
        else:
            status, media_type, body = service(environ)
        headers = [("Content-Type", media_type), ("Content-Length", str(len(body)))]
        start_response(STATUS_LINES[status], headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _crl(self, environ: dict[str, Any]) -> Answer:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return 405, PLAIN, b"CRLs are fetched with GET\n"
        for authority in self._pki.authorities:
            if environ["PATH_INFO"] == f"/{authority.name}.crl":
                return 200, self.media_types[CRL_HOST], self.crls.crl(authority, self._clock.now())
        return 404, PLAIN, b"no such CRL\n"

    def _p7c(self, environ: dict[str, Any]) -> Answer:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return 405, PLAIN, b"certificates are fetched with GET\n"
        body = self.repository.p7c(environ["PATH_INFO"])
        return (404, PLAIN, b"no such file\n") if body is None else (200, self.media_types[REPOSITORY_HOST], body)

    def _ocsp(self, environ: dict[str, Any]) -> Answer:
        try:
            request = posted(environ) if environ["REQUEST_METHOD"] == "POST" else in_address(environ["PATH_INFO"])
        except ValueError:
            return 400, PLAIN, b"that is not an OCSP request\n"
        return 200, self.media_types[OCSP_HOST], self.ocsp.answer(request, self._clock.now())


def _host(environ: dict[str, Any]) -> str:
    """Which name was asked; programs that know only an address of ours are understood by the path."""
    host = str(environ.get("HTTP_HOST", "")).partition(":")[0].lower()
    if host not in ("127.0.0.1", "localhost"):
        return host
    suffix = environ["PATH_INFO"].rpartition(".")[2]
    return {"crl": CRL_HOST, "p7c": REPOSITORY_HOST}.get(suffix, OCSP_HOST)


def _certificate(given: x509.Certificate | bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(given) if isinstance(given, bytes) else given


def _names_key(certificate: x509.Certificate, identifier: bytes) -> bool:
    try:
        named = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except x509.ExtensionNotFound:
        return certificate.issuer == certificate.subject
    return named == identifier
