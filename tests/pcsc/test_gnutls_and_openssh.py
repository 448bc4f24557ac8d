"""GnuTLS and OpenSSH reach the card through OpenSC's PKCS#11 module."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

SSH = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
NAMES = ("PIV Authentication", "Digital Signature", "Key Management", "Card Authentication")


@pytest.fixture
def p11tool(in_reader, client, module):
    """Calls p11tool with the PIN."""
    return lambda *words: client.ask("p11tool", "--provider", module, "--login", *words, GNUTLS_PIN=in_reader.pin)


def test_p11tool_lists_the_certificates(p11tool):
    labels = [line.strip() for line in p11tool("--list-all-certs", "pkcs11:").splitlines() if "Label:" in line]
    assert labels == [f"Label: Certificate for {name}" for name in NAMES]


def test_p11tool_signs_and_verifies(p11tool, in_reader):
    hashed = "SHA384" if in_reader.algorithm == "P-384" else "SHA256"
    [token] = [line for line in p11tool("--list-token-urls").splitlines() if "piv_II" in line]
    said = p11tool("--test-sign", "--hash", hashed, f"{token};id=%01;type=private")
    assert said.count("... ok\n") == 3
    assert "Verifying against public key in the token... ok" in said


def test_ssh_keygen_finds_the_public_keys(in_reader, client, module):
    said = client.ask("ssh-keygen", "-D", module)
    expected = [
        x509.load_pem_x509_certificate(in_reader.certificate(reference)).public_key().public_bytes(*SSH).decode()
        for reference in (0x9A, 0x9C, 0x9D, 0x9E)
    ]
    assert [" ".join(line.split()[:2]) for line in said.splitlines()] == expected
