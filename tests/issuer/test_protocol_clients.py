"""The client sides of the enrolment: QR payload, refusals, and key envelopes that OpenSSL opens too."""

import shutil
import subprocess

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from dpc_conformance.protocols.enrolment import EnrolmentClient, EnrolmentRefused
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.key_envelope import EnvelopeRefused, open_key_envelope
from dpc_conformance.protocols.qr_payload import QrPayload


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "https://issuer.dpc.example/enrol", "http://issuer.dpc.example/enrol#AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "https://issuer.dpc.example/enrol#AAAA", "https://issuer.dpc.example/enrol?x=1#AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "https://issuer.dpc.example/enrol#AAAAAAAAAAAAAAAAAAAAAAAAAA=", "https:///enrol#AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ],
)  # fmt: skip
def test_codes_of_nobody_are_refused_without_repeating_them(text):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the message is the point
        QrPayload.from_text(text)
    assert not text or text not in str(caught.value)


def test_a_payload_survives_its_text():
    payload = QrPayload("https://issuer.dpc.example/enrol", bytes(range(20)))
    assert QrPayload.from_text(payload.text) == payload


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b"{}", b'{"token": "x", "expires_in": "soon", "credentials": []}']
)
def test_an_answer_that_is_none(answer):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=answer))
    with pytest.raises(EnrolmentRefused):
        EnrolmentClient(httpx.Client(transport=transport), "https://x.example/enrol").redeem(b"", "", "")


@pytest.mark.parametrize("content", [b"", b"<html>", b"AAAA", b"MAA="])
def test_certificates_of_est_that_nobody_can_read_are_as_good_as_none(content):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    client = EstClient(httpx.Client(transport=transport), "https://x.example")
    with pytest.raises(EnrolmentRefused, match="cannot be read"):
        client.cacerts()


def test_attributes_and_algorithms_in_csrattrs():
    # A P-256 id-ecPublicKey attribute and the algorithm ecdsa-with-SHA256 (RFC 7030 §4.5.2).
    body = b"MCEwFQYHKoZIzj0CATEKBggqhkjOPQMBBwYIKoZIzj0EAwI="
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    client = EstClient(httpx.Client(transport=transport), "https://x.example")
    assert client.csrattrs() == ["1.2.840.10045.2.1", "1.2.840.10045.4.3.2"]


@pytest.fixture
def delivered(stage, card, phone):
    """A generated key in its envelope, and the transport key."""
    transport_key = stage.new_key()
    token = stage.redeem(stage.qr_code(card), phone).token
    return stage.est(token).serverkeygen(stage.request_for(transport_key)), transport_key


def test_an_envelope_for_somebody_else_a_bare_key_or_an_unknown_signer(stage, delivered, pki):
    generated, transport_key = delivered
    with pytest.raises(EnvelopeRefused):
        open_key_envelope(generated.key_part, stage.new_key(), pki.tls_roots)
    with pytest.raises(EnvelopeRefused):
        open_key_envelope(generated.key_part, transport_key, [pki.trust_anchor])
    bare = transport_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(EnvelopeRefused):
        open_key_envelope(bare, transport_key, pki.tls_roots)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl program is not installed")
def test_openssl_opens_the_envelope_and_verifies_the_signature(delivered, pki, tmp_path):
    generated, transport_key = delivered
    files = {name: tmp_path / name for name in ("envelope", "key.pem", "signed", "root.pem", "package")}
    files["envelope"].write_bytes(generated.key_part)
    files["key.pem"].write_bytes(transport_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    files["root.pem"].write_bytes(pki.tls_roots[0].public_bytes(Encoding.PEM))
    openssl("-decrypt", "-in", files["envelope"], "-inkey", files["key.pem"], "-out", files["signed"])
    openssl(
        "-verify", "-in", files["signed"], "-CAfile", files["root.pem"], "-purpose", "any", "-out", files["package"]
    )
    # AsymmetricKeyPackage is a SEQUENCE OF; with one short entry its header takes three bytes.
    key = load_der_private_key(files["package"].read_bytes()[3:], None)
    assert key.public_key() == generated.certificate.public_key()


def openssl(*arguments):
    subprocess.run(["openssl", "cms", "-inform", "DER", "-binary", *arguments], check=True, capture_output=True)  # noqa: S607
