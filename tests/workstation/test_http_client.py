"""The ordinary client: names of the run, trust, how failures are told apart, and what a record shows."""

import socket
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.evidence.records import HandshakeRefused, HttpExchange
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

HOST = "app.dpc.example"
SECRET = "c2VjcmV0LW9mLXR3ZW50eS1ieQ"


def echo(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    answer = environ["HTTP_HOST"].encode() + b" " + body
    headers = [("Content-Type", "text/plain"), ("Set-Cookie", f"session={SECRET}; Secure; HttpOnly")]
    start_response("200 OK", [*headers, ("Content-Length", str(len(answer)))])
    return [answer]


@pytest.fixture
def client(names, tls_authority, recorder, clock):
    opened = []

    def start(trust=None, certificate=None):
        trust = [tls_authority.root] if trust is None else trust
        opened.append(open_client(names, trust, recorder, clock, "phone", certificate))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_names_lead_to_loopback_ports(serve, client, recorder, clock):
    serve(echo)
    assert client().get(f"https://{HOST}/").text == f"{HOST} "
    (exchange,) = recorder.of(HttpExchange)
    assert (exchange.at, exchange.client, exchange.method) == (clock.now(), "phone", "GET")
    assert (exchange.tls.server_name, exchange.tls.server_key_type, exchange.tls.server_key_bits) == (HOST, "EC", 256)
    assert exchange.tls.version == "TLSv1.3"
    assert exchange.tls.client_certificate is None


def test_unknown_name_and_closed_port_are_unreachable(client, names):
    with pytest.raises(Unreachable):
        client().get("https://nowhere.dpc.example/")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    names.add(HOST, 443, port)
    with pytest.raises(Unreachable):
        client().get(f"https://{HOST}/")


def test_network_can_be_cut_and_restored(serve, client, names):
    serve(echo)
    names.cut(HOST)
    with pytest.raises(Unreachable):
        client().get(f"https://{HOST}/")
    names.restore(HOST)
    assert client().get(f"https://{HOST}/").status_code == 200


def test_plain_http_goes_through_the_proxy(serve, client, names, recorder):
    names.proxy = f"http://127.0.0.1:{serve(echo, port=1, plain=True).port}"
    assert client().get("http://crl.dpc.example/root.crl").text == "crl.dpc.example "
    assert recorder.of(HttpExchange)[0].tls is None
    names.cut("crl.dpc.example")
    with pytest.raises(Unreachable):
        client().get("http://crl.dpc.example/root.crl")


def test_server_with_another_name_or_root_is_not_trusted(serve, client, recorder):
    serve(echo, identity_of="elsewhere.dpc.example")
    with pytest.raises(ServerNotTrusted):
        client().get(f"https://{HOST}/")
    with pytest.raises(ServerNotTrusted):
        client(trust=[]).get(f"https://{HOST}/")
    assert len(recorder.of(HandshakeRefused)) == 2


def test_software_key_signs_in(serve, client, soft_card, keys, recorder):
    def whoami(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["dpc.client_certificate"].hex().encode()]

    serve(whoami, port=8443, ask=True)
    key_pem = keys["P-256"].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    der = soft_card("P-256").der
    answer = client(certificate=ClientCertificate(pem(der), key_pem)).get(f"https://{HOST}:8443/")
    assert answer.text == der.hex()
    assert recorder.of(HttpExchange)[0].tls.client_certificate == der
    assert "PRIVATE" not in repr(ClientCertificate(pem(der), key_pem))


def test_server_that_hangs_up_is_no_tls_refusal_without_a_certificate(client, names):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        names.add(HOST, 443, listener.getsockname()[1])
        listener.settimeout(5)
        with pytest.raises((RefusedAtTls, Unreachable)):
            hang_up_on(listener, client())


def test_known_secret_is_noted_where_it_was_and_redacted_there(serve, client, recorder):
    serve(echo)
    recorder.keep_secret(SECRET)
    client().post(f"https://{HOST}/enrol?from={SECRET}", json={"secret": SECRET, "note": f"is {SECRET}"})
    client().post(f"https://{HOST}/enrol", content=f"x={SECRET}")
    client().get(f"https://{HOST}/enrol", headers={"X-Token": SECRET})
    first, second, third = recorder.of(HttpExchange)
    assert first.secrets_in == ("url", "headers", "body")
    assert "body" in second.secrets_in
    assert "url" not in second.secrets_in
    assert "url" not in third.secrets_in
    assert SECRET not in repr(recorder.timeline())


@pytest.mark.parametrize("field", ["pin", "password", "secret", "token"])
def test_secret_fields_are_redacted_by_name(serve, client, recorder, field):
    serve(echo)
    client().post(f"https://{HOST}/?{field}=hidden-1", data={field: "hidden-2", "account": "alice"})
    client().post(
        f"https://{HOST}/", json={"nested": [{field: "hidden-3"}]}, headers={"Authorization": "Bearer hidden-4"}
    )
    form, document = recorder.of(HttpExchange)
    assert form.request_body == f"{field}=(redacted)&account=alice"
    assert "hidden" not in form.url + form.request_body + document.request_body
    assert document.request_headers["authorization"] == "Bearer (redacted)"


def test_cookies_lose_their_value_and_keep_their_flags(serve, client, recorder):
    serve(echo)
    browser = client()
    browser.get(f"https://{HOST}/")
    browser.get(f"https://{HOST}/")
    _, second = recorder.of(HttpExchange)
    assert second.request_headers["cookie"] == "session=(redacted)"
    assert second.response_headers["set-cookie"] == "session=(redacted); Secure; HttpOnly"


def test_binary_and_pictures_are_described(serve, client, recorder):
    serve(echo)
    client().post(f"https://{HOST}/", content=b"\x89PNG\x00", headers={"Content-Type": "image/png"})
    client().post(f"https://{HOST}/", content='<img src="data:image/png;base64,iVBORw0KGgo=">')
    client().post(f"https://{HOST}/", content="x" * 100_000)
    binary, picture, long = recorder.of(HttpExchange)
    assert binary.request_body == "(binary image/png, 5 bytes)"
    assert picture.request_body == '<img src="(picture image/png)">'
    assert len(long.request_body) < 70_000


def pem(der):
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def hang_up_on(listener, client):
    thread = threading.Thread(target=lambda: listener.accept()[0].close())
    thread.start()
    try:
        client.get(f"https://{HOST}/")
    finally:
        thread.join()
