"""httpx over tlslite-ng: TLS 1.2 and 1.3 client authentication with a key that never leaves the card.

The server is judged before anything of the client is sent or signed. Sessions are never resumed: every connection
costs one signature of the card, so that a card pulled out is noticed.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar

import httpcore
import httpx
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from tlslite.api import X509, HandshakeSettings, TLSConnection, X509CertChain
from tlslite.errors import BaseTLSException, TLSAlert, TLSClosedConnectionError

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TlsFacts
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols import tls_records
from dpc_conformance.protocols.card_key import SignOnCard, card_key
from dpc_conformance.protocols.http_client import client_over, facts_of, plain_transport
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.recording import RecordingTransport
from dpc_conformance.protocols.streams import NamedBackend, Secure, reason_of
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

TLS_1_2, TLS_1_3 = (3, 3), (3, 4)
_VERSION_NAMES = {TLS_1_2: "TLSv1.2", TLS_1_3: "TLSv1.3"}


def open_card_client(
    names: Names,
    trust: list[x509.Certificate],
    recorder: Recorder,
    clock: RunClock,
    client: str,
    certificate_chain: list[bytes],
    sign: SignOnCard,
    versions: tuple[tuple[int, int], tuple[int, int]] = (TLS_1_2, TLS_1_3),
    cookies: CookieJar | None = None,
) -> httpx.Client:
    """A client that signs in with the card: `certificate_chain` is DER, the card's own first.

    `sign` takes a padded RSA block or an ECDSA digest to the card; what it raises passes through. Requests raise
    ServerNotTrusted (0 signatures made), RefusedAtTls, Unreachable. ValueError for a key no card signs TLS with.
    """
    tls_records.install()
    backend = NamedBackend(names, _secure_with(trust, certificate_chain, sign, versions))
    # An empty context: without one httpcore loads every CA of the machine for each connection (43 ms).
    pool = httpcore.ConnectionPool(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), network_backend=backend)
    transport = RecordingTransport(pool, names, recorder, clock, client, presents_certificate=True)
    return client_over(transport, plain_transport(names, recorder, clock, client), cookies)


class _CheckedConnection(TLSConnection):  # type: ignore[misc]  # tlslite carries no types
    """Judges the server's chain where both TLS versions first look at it: before our certificate goes out."""

    judge: Callable[[list[bytes]], None]

    def _clientGetKeyFromChain(self, certificate, settings, tack_ext=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, N802
        received = certificate.cert_chain.x509List if certificate.cert_chain else []
        self.judge([bytes(item.bytes) for item in received])
        yield from super()._clientGetKeyFromChain(certificate, settings, tack_ext)


class _CardChannel:
    """A tlslite connection that fails the way sockets do."""

    def __init__(self, connection: TLSConnection) -> None:
        self._connection = connection

    def recv(self, count: int) -> bytes:
        try:
            return bytes(self._connection.recv(count))
        except TLSClosedConnectionError:
            return b""
        except BaseTLSException as error:
            raise OSError(_reason(error)) from error

    def sendall(self, data: bytes) -> None:
        try:
            self._connection.sendall(data)
        except BaseTLSException as error:
            raise OSError(_reason(error)) from error

    def close(self) -> None:
        # Now closing means close_notify without waiting for the server's.
        self._connection.closeSocket = True
        try:
            self._connection.close()
        except BaseTLSException as error:
            raise OSError(_reason(error)) from error


def _secure_with(
    trust: list[x509.Certificate],
    chain: list[bytes],
    sign: SignOnCard,
    versions: tuple[tuple[int, int], tuple[int, int]],
) -> Secure:
    certificates = X509CertChain(list(_parsed(chain)))
    public = x509.load_der_x509_certificate(chain[0]).public_key()
    card_key(public, sign)  # a key that cannot work is found here, not in the middle of a handshake

    def secure(connection: socket.socket, host: str) -> tuple[_CardChannel, TlsFacts]:
        signatures: list[bytes] = []

        def sign_and_note(block: bytes) -> bytes:
            signatures.append(sign(block))
            return signatures[-1]

        key = card_key(public, sign_and_note)
        tls = _CheckedConnection(connection)
        # The stream closes the socket: after a refusal it waits for the server's end first.
        tls.closeSocket, tls.ignoreAbruptClose = False, False
        tls.judge = _judge_of(host, trust)
        try:
            tls.handshakeClientCert(certificates, key, settings=_settings(versions), serverName=_server_name(host))
        except TimeoutError as error:
            raise Unreachable(host, "no TLS handshake within the time limit") from error
        except BaseTLSException as error:
            raise RefusedAtTls(host, _reason(error)) from error
        except OSError as error:
            raise RefusedAtTls(host, reason_of(error)) from error
        except TypeError as error:
            # tlslite 0.8.2 joins a string and an exception on one path; the failure it meant to report is the context.
            if not isinstance(error.__context__, BaseTLSException | OSError):
                raise
            raise RefusedAtTls(host, _reason(error.__context__)) from error
        server = bytes(tls.session.serverCertChain.x509List[0].bytes)
        cipher = tls.session.getCipherName() or ""
        version = _VERSION_NAMES.get(tls.version, str(tls.version))
        return _CardChannel(tls), facts_of(version, cipher, server, host, chain[0] if signatures else None)

    return secure


def _parsed(chain: list[bytes]) -> Iterator[X509]:
    for der in chain:
        certificate = X509()
        certificate.parseBinary(bytearray(der))
        yield certificate


def _settings(versions: tuple[tuple[int, int], tuple[int, int]]) -> HandshakeSettings:
    settings = HandshakeSettings()
    settings.minVersion, settings.maxVersion = versions
    # One guess at the group; a server that wants another asks for it (RFC 8446 §4.1.4).
    settings.keyShares = ["secp256r1"]
    # Compressed certificates (RFC 8879) would only cost time.
    settings.certificate_compression_send = settings.certificate_compression_receive = ()
    return settings


def _judge_of(host: str, trust: list[x509.Certificate]) -> Callable[[list[bytes]], None]:
    """What decides about the server: path to `trust`, dates by the machine's clock, host name."""
    try:
        subject: x509.IPAddress | x509.DNSName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)

    def judge(chain: list[bytes]) -> None:
        if not chain or not trust:
            raise ServerNotTrusted(host, "there is no certificate to judge, or no root to judge it by")
        try:
            own, *others = [x509.load_der_x509_certificate(der) for der in chain]
            PolicyBuilder().store(Store(trust)).build_server_verifier(subject).verify(own, others)
        except (VerificationError, *UNREADABLE) as error:
            raise ServerNotTrusted(host, str(error)) from error

    return judge


def _server_name(host: str) -> str | None:
    """Server name indication takes no IP address (RFC 6066 §3)."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return None


def _reason(error: BaseException) -> str:
    """The alert's name where there is one, such as `decrypt_error`."""
    if isinstance(error, TLSAlert):
        return str(error).split(":")[0]
    return str(error) or type(error).__name__
