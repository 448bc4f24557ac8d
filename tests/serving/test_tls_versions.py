"""TLS 1.2 and 1.3 only, at both entrances: an older client does not get as far as a request."""

import socket
import ssl
from datetime import UTC, datetime

import pytest
from tlslite.api import HandshakeSettings, TLSConnection
from tlslite.errors import BaseTLSException

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer

HOST = "issuer.dpc.example"
SSL_3, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3 = [(3, minor) for minor in range(5)]


@pytest.fixture(scope="module")
def identity():
    return TlsAuthority(machine_now(), SeededEntropy("versions")).identity(HOST)


@pytest.fixture(params=[False, True], ids=["ordinary", "asks for a certificate"])
def port(identity, request):
    clock = RunClock(datetime(2026, 11, 23, tzinfo=UTC))
    server = WebServer(lambda: clock, identity, request.param)
    yield server.port
    server.close()


def negotiated(port, version):
    """What a client that speaks this version only ends up with."""
    settings = HandshakeSettings()
    settings.minVersion = settings.maxVersion = version
    with socket.create_connection(("127.0.0.1", port), 5) as raw:
        tls = TLSConnection(raw)
        tls.handshakeClientCert(settings=settings, serverName=HOST)
        return tls.version


@pytest.mark.parametrize("version", [TLS_1_2, TLS_1_3])
def test_the_control_a_client_of_today_is_let_in(port, version):
    assert negotiated(port, version) == version


@pytest.mark.parametrize("version", [SSL_3, TLS_1_0, TLS_1_1])
def test_an_older_client_is_not_let_in(port, version):
    with pytest.raises((BaseTLSException, OSError)):
        negotiated(port, version)


def test_an_older_library_with_its_safety_off_is_not_let_in(port):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLS"):
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", port), 5) as raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw, server_hostname=HOST)


def test_plain_http_is_not_answered(port):
    with socket.create_connection(("127.0.0.1", port), 5) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: issuer.dpc.example\r\n\r\n")
        try:
            answer = raw.recv(100)
        except ConnectionResetError:
            answer = b""
    assert b"HTTP/1.1 200" not in answer
