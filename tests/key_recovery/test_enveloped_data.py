"""EnvelopedData made by openssl, taken apart by our reader; what we encrypt, opened by openssl."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.enveloped_data import KEY_AGREEMENT, KEY_TRANSPORT, EnvelopedData
from dpc_conformance.protocols.encrypted_mail import decrypt, encrypt

TEXT = b"The minutes of last year's meeting.\r\n"
KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}
EXPECTED = {
    "P-256": (KEY_AGREEMENT, "2.16.840.1.101.3.4.1.5", 256),
    "P-384": (KEY_AGREEMENT, "2.16.840.1.101.3.4.1.5", 384),
    "RSA": (KEY_TRANSPORT, "", 2048),
}


def certificate_for(key):
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Alex")]), datetime.now(UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    return builder.add_extension(identifier, critical=False).sign(key, SHA256())


@pytest.fixture(params=list(KEYS))
def holder(request, tmp_path):
    """Kind, key and certificate of a recipient, with both as files."""
    key = KEYS[request.param]()
    certificate = certificate_for(key)
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return request.param, key, certificate.public_bytes(Encoding.DER), tmp_path


def openssl(*arguments, text):
    command = ["openssl", "cms", *arguments]
    return subprocess.run(command, input=text, capture_output=True, check=True).stdout


def test_what_openssl_made_is_read(holder):
    kind, _, _, folder = holder
    made = openssl("-encrypt", "-binary", "-aes128", "-outform", "DER", folder / "certificate.pem", text=TEXT)
    read = EnvelopedData.from_bytes(made)
    [recipient] = read.recipients
    assert (recipient.kind, recipient.wrap, recipient.bits) == EXPECTED[kind]
    assert read.cipher == "2.16.840.1.101.3.4.1.2"


def test_openssl_opens_what_we_encrypt(holder):
    _, key, certificate, folder = holder
    encrypted = encrypt(TEXT, certificate, SeededEntropy("mail"))
    files = ("-inkey", folder / "key.pem", "-recip", folder / "certificate.pem")
    assert openssl("-decrypt", "-binary", "-inform", "DER", *files, text=encrypted) == TEXT
    assert decrypt(encrypted, certificate, key) == TEXT


def test_another_key_opens_nothing(holder):
    kind, _, certificate, _ = holder
    assert decrypt(encrypt(TEXT, certificate, SeededEntropy("mail")), certificate, KEYS[kind]()) != TEXT


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x80\x00\x00", bytes.fromhex("300b06092a864886f70d010703")])
def test_what_is_no_envelope_is_malformed(data):
    with pytest.raises(Malformed):
        EnvelopedData.from_bytes(data)
