"""yubico-piv-tool drives the card by commands of its own: no PKCS#11, no PKCS#15."""

import re

import pytest
from cryptography import x509

HASH = {"RSA-2048": "SHA256", "P-256": "SHA256", "P-384": "SHA384"}


@pytest.fixture
def tool(in_reader, client):
    """Calls yubico-piv-tool; left to itself it looks for readers of its own maker only."""
    return lambda *words, rc=0: client.ask("yubico-piv-tool", "--reader", in_reader.reader, *words, rc=rc)


@pytest.fixture
def certificate(tool, client):
    """The file with the certificate of a key, as the tool read it."""

    def read(slot):
        path = client.file(f"{slot}.pem")
        tool("--action", "read-certificate", "--slot", slot, "--output", path)
        return path

    return read


def test_status_names_the_four_certificates(tool, in_reader):
    said = tool("--action", "status")
    assert re.findall(r"^Slot (..):", said, re.M) == ["9a", "9c", "9d", "9e"]
    assert re.search(r"^PIN tries left:\s+3$", said, re.M)
    assert said.count(f"CN={in_reader.cast.cardholder.common_name}\n") == 3


def test_certificates_are_read(certificate, in_reader):
    for slot in ("9a", "9c", "9d", "9e"):
        read = x509.load_pem_x509_certificate(certificate(slot).read_bytes())
        assert read == x509.load_pem_x509_certificate(in_reader.certificate(int(slot, 16)))


def test_a_wrong_pin_leaves_two_attempts(tool, in_reader):
    said = tool("--action", "verify-pin", "--pin", "135790", rc=1)
    assert "2 tries left" in said
    assert "Successfully verified PIN" in tool("--action", "verify-pin", "--pin", in_reader.pin)


@pytest.mark.parametrize("slot", ["9a", "9c"])
def test_a_signature_after_the_pin(tool, certificate, in_reader, slot):
    use = ("--action", "test-signature", "--slot", slot, "--input", certificate(slot))
    hashed = ("--hash", HASH[in_reader.algorithm])
    assert "Failed signing" in tool(*use, *hashed, rc=1)
    said = tool("--action", "verify-pin", "--pin", in_reader.pin, *use, *hashed)
    assert re.search("Successful (RSA|ECDSA) verification", said)


def test_the_card_authentication_key_signs_without_the_pin(tool, certificate):
    said = tool("--action", "test-signature", "--slot", "9e", "--input", certificate("9e"))
    assert "Successful ECDSA verification" in said


def test_the_key_management_key_deciphers(tool, certificate, in_reader):
    use = ("--action", "test-decipher", "--slot", "9d", "--input", certificate("9d"))
    said = tool("--action", "verify-pin", "--pin", in_reader.pin, *use)
    assert re.search("Successfully performed (RSA decryption|ECDH exchange)", said)
