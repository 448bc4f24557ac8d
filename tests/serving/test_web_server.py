"""The servers of the reference: what reaches the application, what is refused, and that nobody waits for others."""

import contextlib
import http.client
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.verification import PolicyBuilder, Store
from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
from tlslite.errors import BaseTLSException

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.pki import extensions, naming
from dpc_conformance.reference.pki.keys import ec_key, signature_hash
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer

HOST = "idp.dpc.example"
RUN_START = datetime(2020, 2, 29, 12, 0, tzinfo=UTC)
VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


@pytest.fixture(scope="module")
def authority():
    return TlsAuthority(machine_now(), SeededEntropy("tls"))


@pytest.fixture
def start():
    servers = []

    def make(*args, **kwargs):
        servers.append(WebServer(lambda: RunClock(RUN_START), *args, **kwargs))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


def show(environ, start_response):
    """Answer with what is known about the client."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    certificate = environ.get("dpc.client_certificate", b"(not asked)")
    chain = environ.get("dpc.client_chain", [])
    text = f"{environ['wsgi.url_scheme']} {certificate.hex() if certificate else None} {len(chain)} {len(body)}"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text.encode()]


def client_context(authority, version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority.root.public_bytes(Encoding.PEM).decode())
    context.minimum_version = context.maximum_version = VERSIONS[version]
    return context


def ask(port, context=None, body=b""):
    """One request; the body of the answer as text, and the answer."""
    with socket.create_connection(("127.0.0.1", port), 5) as raw:
        connection = http.client.HTTPConnection(HOST)
        connection.sock = context.wrap_socket(raw, server_hostname=HOST) if context else raw
        connection.request("POST", "/", body)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return text, answer


def client_identity(purpose="1.3.6.1.5.5.7.3.2", days=(-1, 1), seed="client"):
    """A self-made certificate that no server of ours has ever heard of."""
    key = ec_key(SeededEntropy(seed), ec.SECP256R1())
    name = naming.directory_name("Client " + seed)
    now = machine_now()
    certificate = (
        x509.CertificateBuilder()
        .serial_number(7)
        .issuer_name(naming.directory_name("Unknown CA"))
        .subject_name(name)
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .public_key(key.public_key())
        .add_extension(extensions.purposes(purpose), critical=True)
        .sign(key, signature_hash(key))
    )
    return certificate, key


def load(context, folder, certificates, key):
    path = folder / "client.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in certificates) + pem)
    context.load_cert_chain(path)


@pytest.mark.parametrize("version", VERSIONS)
def test_ordinary_tls_serves_by_the_run_clock(authority, start, version):
    server = start(authority.identity(HOST))
    server.serve(show)
    text, answer = ask(server.port, client_context(authority, version), b"x" * 100_000)
    assert text == "https 286e6f742061736b656429 0 100000"
    assert answer.headers["Date"] == "Sat, 29 Feb 2020 12:00:00 GMT"


def test_the_certificate_satisfies_a_second_verifier(authority):
    leaf = x509.load_pem_x509_certificates(authority.identity(HOST).chain_pem)[0]
    for name in (x509.DNSName(HOST), x509.DNSName("localhost")):
        PolicyBuilder().store(Store([authority.root])).build_server_verifier(name).verify(leaf, [])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "special",
    [{}, {"days": (-20, -10)}, {"days": (10, 20)}, {"purpose": "1.3.6.1.5.5.7.3.1"}],
    ids=["unknown-ca", "expired", "not-yet-valid", "wrong-purpose"],
)
def test_every_client_certificate_reaches_the_application(authority, start, tmp_path, version, special):
    server = start(authority.identity(HOST), ask_client_certificate=True)
    server.serve(show)
    certificate, key = client_identity(**special)
    context = client_context(authority, version)
    load(context, tmp_path, [certificate, authority.root], key)
    text, _ = ask(server.port, context, b"y" * 70_000)
    assert text == f"https {certificate.public_bytes(Encoding.DER).hex()} 2 70000"


@pytest.mark.parametrize("version", VERSIONS)
def test_no_client_certificate_reaches_the_application_as_none(authority, start, version):
    server = start(authority.identity(HOST), ask_client_certificate=True)
    server.serve(show)
    assert ask(server.port, client_context(authority, version))[0] == "https None 0 0"


@pytest.mark.parametrize("version", [(3, 3), (3, 4)], ids=["1.2", "1.3"])
def test_a_signature_by_another_key_is_refused_with_its_reason(authority, start, version):
    server = start(authority.identity(HOST), ask_client_certificate=True)
    reasons, refused = [], threading.Event()
    server.on_refused = lambda reason: (reasons.append(reason), refused.set())
    certificate, _ = client_identity()
    _, other = client_identity(seed="thief")
    chain = X509CertChain()
    chain.parsePemList(certificate.public_bytes(Encoding.PEM).decode())
    key = parsePEMKey(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(), private=True)
    key.verify = lambda *_, **__: True
    settings = HandshakeSettings()
    settings.minVersion = settings.maxVersion = version
    settings.certificate_compression_send = settings.certificate_compression_receive = ()
    with socket.create_connection(("127.0.0.1", server.port), 5) as raw, contextlib.suppress(BaseTLSException, OSError):
        TLSConnection(raw).handshakeClientCert(chain, key, settings=settings, serverName=HOST)
        raw.recv(1)  # TLS 1.3: the client's side of the handshake ends before the server has judged it
    assert refused.wait(5)
    assert reasons == ["bad signature"]


@pytest.mark.parametrize("ask_certificate", [False, True])
def test_plain_http_at_a_tls_port_is_refused(authority, start, ask_certificate):
    server = start(authority.identity(HOST), ask_client_certificate=ask_certificate)
    reasons, refused = [], threading.Event()
    server.on_refused = lambda reason: (reasons.append(reason), refused.set())
    with pytest.raises((http.client.BadStatusLine, ConnectionError)):
        ask(server.port)
    assert refused.wait(5)
    assert reasons[0].lower().replace("_", " ") == "http request"


@pytest.mark.parametrize("ask_certificate", [False, True])
def test_a_silent_client_delays_nobody_and_is_dropped(authority, start, ask_certificate):
    server = start(authority.identity(HOST), ask_client_certificate=ask_certificate, patience=0.3)
    server.serve(show)
    refused = threading.Event()
    server.on_refused = lambda _: refused.set()
    with socket.create_connection(("127.0.0.1", server.port), 5):
        assert ask(server.port, client_context(authority, "1.3"))[0].startswith("https")
        assert not refused.is_set()
        assert refused.wait(5)


@pytest.mark.parametrize("ask_certificate", [False, True])
def test_closing_drops_whoever_is_connected(authority, ask_certificate):
    before = threading.active_count()
    server = WebServer(lambda: RunClock(RUN_START), authority.identity(HOST), ask_certificate, patience=60)
    with socket.create_connection(("127.0.0.1", server.port), 5):
        ask(server.port, client_context(authority, "1.2"))
        server.close()
        assert threading.active_count() == before
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", server.port), 5)


def test_applications_are_swapped_and_their_errors_contained(start, caplog):
    server = start(None)
    assert ask(server.port)[1].status == 503
    server.serve(show)
    assert ask(server.port)[0].startswith("http 286e")
    server.serve(lambda *_: 1 / 0)
    assert ask(server.port)[1].status == 500
    server.close()
    assert "ZeroDivisionError" in caplog.text


def test_a_client_certificate_needs_tls():
    with pytest.raises(ValueError, match="needs TLS"):
        WebServer(lambda: RunClock(RUN_START), None, ask_client_certificate=True)


def test_a_proxied_request_names_its_host(start):
    server = start(None)
    seen = []
    server.serve(lambda env, go: seen.append((env["HTTP_HOST"], env["PATH_INFO"])) or show(env, go))
    with socket.create_connection(("127.0.0.1", server.port), 5) as raw:
        raw.sendall(b"GET http://crl.dpc.example/root.crl HTTP/1.1\r\nHost: elsewhere\r\n\r\n")
        raw.recv(1000)
    assert seen == [("crl.dpc.example", "/root.crl")]


@pytest.mark.parametrize("ask_certificate", [False, True])
def test_an_application_that_drops_the_connection_leaves_no_client_waiting(authority, start, ask_certificate):
    server = start(authority.identity(HOST), ask_client_certificate=ask_certificate, patience=60)

    def drop(environ, start_response):
        raise ConnectionAbortedError

    server.serve(drop)
    with pytest.raises((http.client.BadStatusLine, ConnectionError)):
        ask(server.port, client_context(authority, "1.3"))
