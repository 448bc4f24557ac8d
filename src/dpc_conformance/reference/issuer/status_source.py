"""Where revocation status comes from: the URLs in the certificates, or a folder of CRLs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.unanswered import UNANSWERED

PATIENCE_SECONDS = 4.0
"""How long an issuer waits for a CRL or for an OCSP response; its own clients wait for ten seconds."""


@dataclass
class StatusInformation:
    """CRLs and OCSP responses (DER) as they came; whoever uses them checks signature, scope and dates."""

    crls: list[bytes] = field(default_factory=list)
    ocsps: list[bytes] = field(default_factory=list)


class StatusSource(Protocol):
    """Finds what says whether certificates are revoked."""

    def status_of(self, chain: Sequence[x509.Certificate]) -> StatusInformation:
        """For a path from trust anchor to end certificate; whatever cannot be fetched is left out."""


class HttpStatus:
    """Fetches the CRL and asks the OCSP responder that each certificate names, each time anew.

    Whoever asks waits for `patience` seconds of the machine's time, and only once for each host: people stand at the
    kiosk meanwhile.
    """

    def __init__(self, http: httpx.Client, patience: float = PATIENCE_SECONDS) -> None:
        """`http` reaches the names in certificates, usually through the run's loopback proxy."""
        self._http, self.patience = http, patience

    def status_of(self, chain: Sequence[x509.Certificate]) -> StatusInformation:
        """See StatusSource."""
        found, silent = StatusInformation(), set[str]()
        for issuer, certificate in zip(chain, chain[1:], strict=False):
            for url in crl_urls(certificate):
                found.crls += self._answer("GET", url, None, silent)
            for url in ocsp_urls(certificate):
                # SHA-1 in a CertID names the issuer, it protects nothing; every responder has to know it.
                request = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, SHA1()).build()  # noqa: S303
                found.ocsps += self._answer("POST", url, request.public_bytes(Encoding.DER), silent)
        found.crls = list(dict.fromkeys(found.crls))
        return found

    def _answer(self, method: str, url: str, body: bytes | None, silent: set[str]) -> list[bytes]:
        headers = {"Content-Type": "application/ocsp-request"} if body is not None else {}
        host = url.split("/")[2]
        if host in silent:
            return []
        try:
            response = self._http.request(method, url, content=body, headers=headers, timeout=self.patience)
        except (OSError, *UNANSWERED):
            silent.add(host)
            return []
        if not response.is_success or not _readable(response.content, is_ocsp=body is not None):
            return []
        return [response.content]


class CrlFolder:
    """The CRLs in a folder, for cards whose URLs do not answer."""

    def __init__(self, folder: Path) -> None:
        """Reads every `*.crl` (DER) in `folder`."""
        self._crls = [(x509.load_der_x509_crl(der).issuer, der) for der in _contents(folder)]

    def status_of(self, chain: Sequence[x509.Certificate]) -> StatusInformation:
        """All CRLs under the names of the issuers in the chain; several authorities may share one name."""
        issuers = [certificate.issuer for certificate in chain]
        return StatusInformation(crls=[der for issuer, der in self._crls if issuer in issuers])


class CombinedStatus:
    """Several sources together, such as the run's own PKI and a folder of CRLs for cards from elsewhere."""

    def __init__(self, *sources: StatusSource) -> None:
        self._sources = sources

    def status_of(self, chain: Sequence[x509.Certificate]) -> StatusInformation:
        """What any of the sources has."""
        found = [source.status_of(chain) for source in self._sources]
        return StatusInformation([crl for one in found for crl in one.crls], [r for one in found for r in one.ocsps])


def crl_urls(certificate: x509.Certificate) -> list[str]:
    """The http URLs in the CRL distribution points."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return []
    names = [name for point in points for name in point.full_name or []]
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier) and _http(name.value)]


def ocsp_urls(certificate: x509.Certificate) -> list[str]:
    """The http URLs of OCSP responders in the authority information access."""
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return []
    places = [entry.access_location for entry in access if entry.access_method == AuthorityInformationAccessOID.OCSP]
    return [place.value for place in places if isinstance(place, x509.UniformResourceIdentifier) and _http(place.value)]


def _contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.crl"))]


def _http(url: str) -> bool:
    return url.startswith("http://")


def _readable(content: bytes, *, is_ocsp: bool) -> bool:
    """Whether the bytes are what was asked for; an error page would end the validation of everything else."""
    try:
        if is_ocsp:
            return ocsp.load_der_ocsp_response(content).response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
        x509.load_der_x509_crl(content)
    except ValueError:
        return False
    return True
