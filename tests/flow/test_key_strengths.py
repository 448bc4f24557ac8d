"""What protects a key on its way: the envelope in both forms that CMS has for it, and the TLS connection."""

import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from timelines import AT, certificate, facts

from dpc_conformance.checks.flow.key_strengths import shortcoming
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.records import HttpExchange, TlsFacts

P384 = ec.SECP384R1()
KEY = certificate("P-384 for mail", curve=P384, signs=False)
ADDRESS = "https://issuer.example/recover"


@pytest.fixture(scope="module")
def envelope(tmp_path_factory):
    """Encrypts a key as openssl does, with AES of that kind."""
    folder = tmp_path_factory.mktemp("envelopes")
    (folder / "certificate.pem").write_bytes(x509.load_der_x509_certificate(KEY).public_bytes(Encoding.PEM))
    (folder / "key").write_bytes(b"a key")

    def sealed(cipher, wrap="aes256"):
        command = ["openssl", "cms", "-encrypt", "-binary", f"-{cipher}", f"-{wrap}-wrap", "-outform", "DER"]
        sent = ["-in", "key", "-out", "envelope", "-recip", "certificate.pem", "-keyopt", "ecdh_kdf_md:sha384"]
        subprocess.run([*command, *sent], cwd=folder, check=True)
        return (folder / "envelope").read_bytes()

    return sealed


def received(content, cipher="TLS_AES_256_GCM_SHA384"):
    tls = TlsFacts("TLSv1.3", cipher, "EC", 384, "issuer")
    sent = HttpExchange(AT, "phone", "POST", ADDRESS, 200, tls)
    record = KeyReceived(AT, "recovery", ADDRESS, KEY, content)
    return shortcoming(record, facts([sent, record]))


@pytest.mark.parametrize("mode", ["cbc", "gcm"])
def test_both_modes_of_aes_protect_a_key(envelope, mode):
    assert received(envelope(f"aes-256-{mode}")) is None
    assert received(envelope(f"aes-128-{mode}", "aes128"))


@pytest.mark.parametrize(
    ("cipher", "strong"),
    [
        ("TLS_AES_256_GCM_SHA384", True),
        ("ECDHE-ECDSA-AES256-GCM-SHA384", True),
        ("aes256gcm", True),
        ("TLS_AES_128_GCM_SHA256", False),
        ("ECDHE-ECDSA-AES128-GCM-SHA256", False),
        ("ECDHE-ECDSA-DES-CBC3-SHA", False),
        ("ECDHE-ECDSA-NULL-SHA", False),
    ],
)
def test_the_cipher_of_the_connection_counts_too(envelope, cipher, strong):
    assert (received(envelope("aes-256-cbc"), cipher) is None) is strong
