"""pkcs11-tool uses the card's keys through OpenSC; openssl says whether what comes out is right."""

import re

import pytest

PIV_AUTHENTICATION, SIGNATURE, KEY_MANAGEMENT = "01", "02", "03"
REFERENCE = {PIV_AUTHENTICATION: 0x9A, SIGNATURE: 0x9C, KEY_MANAGEMENT: 0x9D}
MESSAGE = b"something worth signing\n"
PSS = ("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest")
CURVES = {"P-256": "prime256v1", "P-384": "secp384r1"}
rsa_card = pytest.mark.parametrize("inserted", ["RSA-2048"], indirect=True, scope="session")
ec_card = pytest.mark.parametrize("inserted", list(CURVES), indirect=True, scope="session")


@pytest.fixture
def tool(in_reader, client, module):
    """Calls pkcs11-tool with a PIN."""
    return lambda *words, rc=0, pin=in_reader.pin: client.ask(
        "pkcs11-tool", "--module", module, "--login", "--pin", pin, *words, rc=rc
    )


@pytest.fixture
def public_key(in_reader, client):
    """The file with the public key of a key number, from its certificate, by openssl."""

    def extract(number):
        certificate = client.file(f"{number}.pem", in_reader.certificate(REFERENCE[number]))
        return client.file(
            f"{number}.pub", client.ask("openssl", "x509", "-in", certificate, "-pubkey", "-noout").encode()
        )

    return extract


@pytest.fixture
def signs(client, tool, public_key):
    """Has pkcs11-tool sign and openssl verify; then the same signature must not fit another message."""

    def sign(number, mechanism, *options, hashed="sha256", openssl=()):
        message, signature = client.file("message", MESSAGE), client.file("signature")
        tool("--sign", "--mechanism", mechanism, "--id", number, "-i", message, "-o", signature, *options)
        verify = ("openssl", "dgst", f"-{hashed}", "-verify", public_key(number), "-signature", signature, *openssl)
        assert client.ask(*verify, message) == "Verified OK\n"
        assert "Verification failure\n" in client.ask(*verify, client.file("other", MESSAGE[::-1]), rc=1)

    return sign


@rsa_card
@pytest.mark.parametrize("number", [PIV_AUTHENTICATION, SIGNATURE])
def test_pkcs1_signature(signs, number):
    signs(number, "SHA256-RSA-PKCS")


@rsa_card
def test_pss_signature(signs):
    signs(PIV_AUTHENTICATION, "SHA256-RSA-PKCS-PSS", openssl=PSS)


@ec_card
@pytest.mark.parametrize("number", [PIV_AUTHENTICATION, SIGNATURE])
def test_ecdsa_signature(signs, in_reader, number):
    hashed = {"P-256": "sha256", "P-384": "sha384"}[in_reader.algorithm]
    signs(number, f"ECDSA-{hashed.upper()}", "--signature-format", "openssl", hashed=hashed)


@rsa_card
def test_decryption(client, tool, public_key):
    secret = bytes(range(32))
    encrypted = client.file("encrypted")
    client.ask(
        "openssl", "pkeyutl", "-encrypt", "-pubin", "-inkey", public_key(KEY_MANAGEMENT),
        "-in", client.file("secret", secret), "-out", encrypted,
    )  # fmt: skip
    decrypted = client.file("decrypted")
    tool("--decrypt", "--mechanism", "RSA-PKCS", "--id", KEY_MANAGEMENT, "-i", encrypted, "-o", decrypted)
    assert decrypted.read_bytes() == secret


@ec_card
def test_key_agreement(client, tool, public_key, in_reader):
    ours, point = client.file("ours.pem"), client.file("ours.der")
    client.ask("openssl", "ecparam", "-name", CURVES[in_reader.algorithm], "-genkey", "-noout", "-out", ours)
    client.ask("openssl", "pkey", "-in", ours, "-pubout", "-outform", "DER", "-out", point)
    by_openssl, by_card = client.file("by-openssl"), client.file("by-card")
    client.ask(
        "openssl", "pkeyutl", "-derive", "-inkey", ours, "-peerkey", public_key(KEY_MANAGEMENT), "-out", by_openssl
    )  # fmt: skip
    tool("--derive", "--mechanism", "ECDH1-DERIVE", "--id", KEY_MANAGEMENT, "-i", point, "-o", by_card)
    assert by_card.read_bytes() == by_openssl.read_bytes()


@rsa_card
def test_its_own_test_of_everything_finds_nothing_wrong(tool):
    said = tool("--test")
    # The one thing that no PIV Card does: to give random numbers.
    assert re.findall("ERR: (.*)|([0-9]+ errors)", said) == [
        ("C_GenerateRandom failed: CKR_FUNCTION_NOT_SUPPORTED (0x54)", ""),
        ("", "1 errors"),
    ]
    for mechanism in ("SHA256-RSA-PKCS", "RSA-X-509", "RSA-PKCS-OAEP"):
        assert re.search(rf"^ +{mechanism}: (OK|mgf not set.*\nOK)$", said, re.M)


def test_a_wrong_pin_is_said_to_be_wrong_and_costs_one_attempt(tool, in_reader):
    said = tool("--list-objects", pin="135790", rc=1)
    assert "CKR_PIN_INCORRECT" in said
    in_reader.card.transmit(bytes.fromhex("00A4040009A0000003080000100000"))
    assert in_reader.card.transmit(bytes.fromhex("00200080")).hex().upper() == "63C2"
    assert "Private Key Object" in tool("--list-objects")
