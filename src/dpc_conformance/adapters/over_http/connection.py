"""The tester's own connection to a product, over which verbs go as requests."""

import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from cryptography import x509

from dpc_conformance.adapters.over_http.answer import MISSING, UnexpectedAnswer
from dpc_conformance.adapters.over_http.settings import ProductSettings, Request
from dpc_conformance.adapters.over_http.template import Values
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TESTER
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

Wrong = Callable[[str], Exception]
"""Makes the error for a sentence that begins with the key."""
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Access:
    """Where a product is, whose certificate it shows, and how the tester signs in there."""

    base_url: str
    roots: tuple[x509.Certificate, ...]
    places: Mapping[tuple[str, int], tuple[str | None, int]]
    """Its hosts and ports, each with its address (None: DNS knows) and port."""
    token: str = field(repr=False)
    certificate: ClientCertificate | None = field(repr=False)

    @classmethod
    def read(cls, wanted: ProductSettings, folder: Path, urls: tuple[str, ...], error: Wrong) -> "Access":
        """Read what the settings name. `urls` are further addresses of the product. Raises `error` (key: problem)."""
        return cls(
            wanted.base_url.rstrip("/"),
            pem_certificates(folder / wanted.roots, "roots", error),
            _places((wanted.base_url, *urls), wanted.hosts, error),
            _token(wanted.token_variable, error),
            _certificate(wanted, folder, error),
        )

    def let_out(self, names: Names) -> None:
        """Have the run's clients find the product."""
        for (host, port), (address, real_port) in self.places.items():
            names.let_out(host, port, address, real_port)

    def open(self, names: Names, recorder: Recorder, clock: RunClock) -> httpx.Client:
        """A client for the tester's requests, all of which are on record."""
        recorder.keep_secret(self.token)
        http = open_client(names, list(self.roots), recorder, clock, TESTER, self.certificate)
        if self.token:
            http.headers["Authorization"] = f"Bearer {self.token}"
        return http

    def expect_there(self, error: Wrong) -> None:
        """Whether anything answers at the base URL. Raises `error` (key: problem)."""
        names = Names()
        self.let_out(names)
        try:
            with self.open(names, Recorder(), RunClock(machine_now())) as http:
                http.get(f"{self.base_url}/")
        except (Unreachable, ServerNotTrusted, RefusedAtTls) as problem:
            raise error(f"base_url: expected a product that answers: {problem}") from None


@dataclass(frozen=True)
class Reply:
    """What the product said: its status, and its answer as JSON (MISSING where it is none)."""

    status: int
    document: Any


class Connection:
    """Sends described requests."""

    def __init__(self, base_url: str, http: httpx.Client) -> None:
        self._base, self._http = base_url, http

    def send(self, request: Request, values: Values) -> Reply:
        """Raises UnexpectedAnswer for a status that the target does not name; NoWord and the network's errors."""
        path = values.text(request.path, lambda text: quote(text, safe=""))
        query = {key: values.text(text) for key, text in request.query.items()}
        body: dict[str, Any] = {}
        if request.body is not None:
            body["json"] = values.filled(request.body)
        elif request.form:
            body["data"] = {key: values.text(text) for key, text in request.form.items()}
        answer = self._http.request(request.method, f"{self._base}{path}", params=query, **body)
        expected = (*request.expect, *request.answer.absent, *request.answer.refused)
        if answer.status_code not in expected:
            wanted = " or ".join(map(str, request.expect))
            sentence = f"{request.method} {request.path}: expected {wanted}, not {answer.status_code}"
            raise UnexpectedAnswer(sentence, answer.status_code, answer.text)
        try:
            return Reply(answer.status_code, answer.json())
        except (ValueError, RecursionError):  # no JSON, no text at all, or nested without end
            return Reply(answer.status_code, MISSING)


def pem_certificates(file: Path, key: str, error: Wrong) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM file. Raises `error` with a sentence that names the key."""
    return tuple(x509.load_pem_x509_certificates(_pem(file, key, error)))


def _pem(file: Path, key: str, error: Wrong) -> bytes:
    try:
        content = file.read_bytes()
        x509.load_pem_x509_certificates(content)
    except OSError as problem:
        raise error(f"{key}: {file} cannot be read: {problem.strerror}") from None
    except UNREADABLE:
        raise error(f"{key}: expected certificates in PEM in {file}") from None
    return content


def _token(variable: str | None, error: Wrong) -> str:
    if variable is None:
        return ""
    token = os.environ.get(variable, "")
    if not token or not token.isascii() or not token.isprintable():
        raise error(f"token_variable: expected a token in the environment variable {variable}")
    return token


def _certificate(wanted: ProductSettings, folder: Path, error: Wrong) -> ClientCertificate | None:
    if wanted.client_certificate is None or wanted.client_key is None:
        if wanted.client_certificate is not wanted.client_key:
            raise error("client_certificate: expected client_key beside it, and the other way round")
        return None
    chain = _pem(folder / wanted.client_certificate, "client_certificate", error)
    try:
        key = (folder / wanted.client_key).read_bytes()
        made = ClientCertificate(chain, key)
        open_client(Names(), [], Recorder(), RunClock(machine_now()), TESTER, made).close()
    except OSError as problem:
        reason = (
            "expected the key of that certificate in PEM" if isinstance(problem, ssl.SSLError) else problem.strerror
        )
        raise error(f"client_key: {folder / wanted.client_key} cannot be used: {reason}") from None
    return made


def _places(
    urls: tuple[str, ...], hosts: Mapping[str, str], error: Wrong
) -> dict[tuple[str, int], tuple[str | None, int]]:
    found: dict[tuple[str, int], tuple[str | None, int]] = {}
    for url in urls:
        parts = urlsplit(url)
        port = _port(parts.netloc, PORTS[parts.scheme], error)
        found[parts.hostname or "", port] = (hosts.get(parts.hostname or ""), port)
    for name, address in hosts.items():
        host, separator, _ = name.partition(":")
        if not separator and any(each == host for each, _ in found):
            continue
        port = _port(name, 80, error)
        found[host, port] = address.partition(":")[0], _port(address, port, error)
    return found


def _port(place: str, default: int, error: Wrong) -> int:
    _, separator, port = place.rpartition(":")
    if not separator:
        return default
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise error(f"hosts: expected a host and a port such as crl.agency.example:80, not {place!r}")
    return int(port)
