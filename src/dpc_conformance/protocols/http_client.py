"""HTTPS on Python's ssl with the run's names: for browsers without a card, phones and relying parties."""

import socket
import ssl
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from types import MappingProxyType

import httpcore
import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TlsFacts
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.recording import RecordingTransport
from dpc_conformance.protocols.streams import NamedBackend, Secure, reason_of
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

TIME_LIMIT = 10.0
"""Seconds of the machine's time that a client waits for a connection or for the next bytes."""


@dataclass(frozen=True)
class ClientCertificate:
    """A TLS client certificate whose key is software: PEM chain, own certificate first, and PEM key."""

    chain_pem: bytes
    key_pem: bytes = field(repr=False)

    def der(self) -> bytes:
        """The own certificate."""
        return x509.load_pem_x509_certificates(self.chain_pem)[0].public_bytes(Encoding.DER)


def open_client(
    names: Names,
    trust: list[x509.Certificate],
    recorder: Recorder,
    clock: RunClock,
    client: str,
    certificate: ClientCertificate | None = None,
    cookies: CookieJar | None = None,
    newest_tls: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED,
) -> httpx.Client:
    """A client that trusts only `trust`, follows no redirects and leaves nothing unrecorded.

    `cookies` is shared with the caller when given; `newest_tls` is the newest version that it offers, TLS 1.2 the
    oldest. Requests raise Unreachable, ServerNotTrusted and RefusedAtTls. Plain http goes through `names.proxy`. TLS is
    judged by the machine's clock.
    """
    context = _context(trust, certificate)
    context.maximum_version = newest_tls
    backend = NamedBackend(names, _secure_with(context, certificate.der() if certificate else None))
    transport = RecordingTransport(
        httpcore.ConnectionPool(ssl_context=context, network_backend=backend),
        names, recorder, clock, client, certificate is not None,
    )  # fmt: skip
    mounts = {f"http://{place}": transport for place in names.outside()}
    return client_over(transport, plain_transport(names, recorder, clock, client), cookies, mounts)


def client_over(
    transport: RecordingTransport,
    plain: RecordingTransport | None,
    cookies: CookieJar | None,
    mounts: Mapping[str, RecordingTransport] = MappingProxyType({}),
) -> httpx.Client:
    """An httpx client with the habits all our clients share; `mounts` are further transports, by URL pattern."""
    return httpx.Client(
        transport=transport,
        mounts={**({"http://": plain} if plain else {}), **mounts},
        # "identity": a record should show the body, not its compression.
        headers={"Accept-Encoding": "identity", "User-Agent": "dpc-conformance"},
        cookies=cookies if cookies is not None else CookieJar(),
        timeout=TIME_LIMIT,
        trust_env=False,
    )


def plain_transport(names: Names, recorder: Recorder, clock: RunClock, client: str) -> RecordingTransport | None:
    """Plain http through the run's proxy; None when there is no proxy, so that names decide."""
    if names.proxy is None:
        return None
    return RecordingTransport(httpcore.HTTPProxy(names.proxy), names, recorder, clock, client)


def facts_of(
    version: str, cipher: str, server_certificate: bytes, name: str, client_certificate: bytes | None
) -> TlsFacts:
    """TlsFacts from the names of version and cipher suite and the server's certificate (DER)."""
    key = x509.load_der_x509_certificate(server_certificate).public_key()
    kind, bits = type(key).__name__.strip("_"), 0
    if isinstance(key, rsa.RSAPublicKey):
        kind, bits = "RSA", key.key_size
    elif isinstance(key, ec.EllipticCurvePublicKey):
        kind, bits = "EC", key.curve.key_size
    return TlsFacts(version, cipher, kind, bits, name, client_certificate)


def _context(trust: list[x509.Certificate], certificate: ClientCertificate | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if trust:
        context.load_verify_locations(cadata=b"".join(root.public_bytes(Encoding.DER) for root in trust))
    if certificate is not None:
        # Python's ssl reads a client key only from a file; it lives for this call, readable by its owner only.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "client.pem")
            path.touch(mode=0o600)
            path.write_bytes(certificate.key_pem + b"\n" + certificate.chain_pem)
            context.load_cert_chain(path)
    return context


def _secure_with(context: ssl.SSLContext, client_certificate: bytes | None) -> Secure:
    def secure(connection: socket.socket, host: str) -> tuple[ssl.SSLSocket, TlsFacts]:
        try:
            channel = context.wrap_socket(connection, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise ServerNotTrusted(host, error.verify_message) from error
        except TimeoutError as error:
            raise Unreachable(host, "no TLS handshake within the time limit") from error
        except OSError as error:
            raise RefusedAtTls(host, reason_of(error)) from error
        cipher, server = channel.cipher(), channel.getpeercert(binary_form=True)
        facts = facts_of(channel.version() or "", cipher[0] if cipher else "", server or b"", host, client_certificate)
        return channel, facts

    return secure
