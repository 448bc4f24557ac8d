"""TLS with a key that only a card can use: versions, key types, who is judged when, and how refusals look."""

import socket
import threading

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tlslite import recordlayer

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.records import HandshakeRefused, HttpExchange
from dpc_conformance.protocols import tls_records
from dpc_conformance.protocols.card_tls import TLS_1_2, TLS_1_3, open_card_client
from dpc_conformance.reference.identity_provider.audit import reason_of_handshake
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.roles.errors import CardRemoved, RefusedAtTls, ServerNotTrusted, Unreachable
from dpc_conformance.roles.reasons import Reason

HOST = "app.dpc.example"
SIGN_IN = f"https://{HOST}:8443/sign-in"
VERSIONS = {"TLSv1.2": (TLS_1_2, TLS_1_2), "TLSv1.3": (TLS_1_3, TLS_1_3)}


def whoami(environ, start_response):
    certificate = environ.get("dpc.client_certificate")
    body = (certificate.hex() if certificate else "nobody").encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def large(environ, start_response):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def with_card(names, recorder, clock, tls_authority):
    clients = []

    def start(card, versions=(TLS_1_2, TLS_1_3), trust=None, sign=None):
        trust = [tls_authority.root] if trust is None else trust
        chain, sign = [card.der], sign or card.sign
        clients.append(open_card_client(names, trust, recorder, clock, "workstation", chain, sign, versions))
        return clients[-1]

    yield start
    for client in clients:
        client.close()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["RSA-2048", "P-256", "P-384"])
def test_server_sees_the_certificate_of_the_card(serve, with_card, soft_card, recorder, kind, version):
    serve(whoami, port=8443, ask=True)
    card = soft_card(kind)
    answer = with_card(card, VERSIONS[version]).get(SIGN_IN)
    assert answer.text == card.der.hex()
    assert card.signatures == 1
    (exchange,) = recorder.of(HttpExchange)
    assert (exchange.client, exchange.status, exchange.url) == ("workstation", 200, SIGN_IN)
    assert (exchange.tls.version, exchange.tls.server_name) == (version, HOST)
    assert (exchange.tls.server_key_type, exchange.tls.server_key_bits) == ("EC", 256)
    assert exchange.tls.client_certificate == card.der


def test_every_connection_costs_one_signature(serve, with_card, soft_card):
    serve(whoami, port=8443, ask=True)
    card = soft_card("P-256")
    client = with_card(card)
    assert client.get(SIGN_IN).text == client.get(SIGN_IN).text
    assert card.signatures == 2


def test_a_server_that_does_not_ask_costs_none(serve, with_card, soft_card, recorder):
    serve(whoami)
    card = soft_card("P-256")
    assert with_card(card).get(f"https://{HOST}/").text == "nobody"
    assert card.signatures == 0
    assert recorder.of(HttpExchange)[0].tls.client_certificate is None


@pytest.mark.parametrize("version", VERSIONS)
def test_server_with_another_name_is_refused_before_the_card_signs(serve, with_card, soft_card, recorder, version):
    serve(whoami, port=8443, ask=True, identity_of="elsewhere.dpc.example")
    card = soft_card("RSA-2048")
    with pytest.raises(ServerNotTrusted) as refusal:
        with_card(card, VERSIONS[version]).get(SIGN_IN)
    assert refusal.value.host == HOST
    assert card.signatures == 0
    assert [r.url for r in recorder.of(HandshakeRefused)] == [SIGN_IN]


@pytest.mark.parametrize("version", VERSIONS)
def test_server_of_an_unknown_root_is_refused_before_the_card_signs(serve, with_card, soft_card, version):
    serve(whoami, port=8443, ask=True)
    card = soft_card("RSA-2048")
    same_name = TlsAuthority(machine_now(), SeededEntropy("an impostor's root of the same name"))
    with pytest.raises(ServerNotTrusted):
        with_card(card, VERSIONS[version], trust=[same_name.root]).get(SIGN_IN)
    assert card.signatures == 0


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("kind", "certified"), [("RSA-2048", "RSA-2048 of another"), ("P-256", "P-256 of another")])
def test_key_that_does_not_fit_the_certificate_is_refused_by_the_server(
    serve, with_card, soft_card, recorder, version, kind, certified
):
    server = serve(whoami, port=8443, ask=True)
    heard = []
    server.on_refused = heard.append
    card = soft_card(kind, certified)
    with pytest.raises(RefusedAtTls) as refusal:
        with_card(card, VERSIONS[version]).get(SIGN_IN)
    assert refusal.value.host == HOST
    assert card.signatures == 1
    assert len(heard) == 1
    assert reason_of_handshake(heard[0]) is Reason.PROOF_OF_POSSESSION
    assert [r.client for r in recorder.of(HandshakeRefused)] == ["workstation"]


def test_card_pulled_out_passes_through(serve, with_card, soft_card):
    serve(whoami, port=8443, ask=True)

    def pulled(_block):
        raise CardRemoved

    with pytest.raises(CardRemoved):
        with_card(soft_card("P-256"), sign=pulled).get(SIGN_IN)


def test_server_that_hangs_up_is_a_refusal(with_card, soft_card, names):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        names.add(HOST, 8443, listener.getsockname()[1])
        thread = threading.Thread(target=lambda: listener.accept()[0].close())
        thread.start()
        with pytest.raises(RefusedAtTls):
            with_card(soft_card("P-256")).get(SIGN_IN)
        thread.join()


def test_nobody_there_is_no_refusal(with_card, soft_card, names):
    with pytest.raises(Unreachable):
        with_card(soft_card("P-256")).get(SIGN_IN)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    names.add(HOST, 8443, port)
    with pytest.raises(Unreachable):
        with_card(soft_card("P-256")).get(SIGN_IN)


def test_a_megabyte_travels_both_ways(serve, with_card, soft_card):
    serve(large, port=8443, ask=True)
    body = bytes(range(256)) * 4096
    assert with_card(soft_card("P-256")).post(SIGN_IN, content=body).content == body


def test_records_are_sealed_by_the_fast_cipher():
    tls_records.install()
    assert recordlayer.createAESGCM is tls_records.create_aes_gcm
    cipher = recordlayer.createAESGCM(bytearray(32), ["python"])
    sealed = cipher.seal(bytearray(12), bytearray(b"text"), bytearray(b"header"))
    assert bytes(sealed) == AESGCM(bytes(32)).encrypt(bytes(12), b"text", b"header")
    assert cipher.open(bytearray(12), sealed, bytearray(b"header")) == b"text"
    assert cipher.open(bytearray(12), sealed, bytearray(b"another")) is None


def test_tlslite_still_asks_the_place_that_is_patched(serve, with_card, soft_card, monkeypatch):
    """Guards the one patch: should tlslite look elsewhere, nothing would break but the speed."""
    made = []

    class Counted(tls_records.AesGcm):
        def __init__(self, key):
            made.append(key)
            super().__init__(key)

    monkeypatch.setattr(tls_records, "AesGcm", Counted)
    serve(whoami)
    with_card(soft_card("P-256")).get(f"https://{HOST}/")
    assert made
