"""curl and openssl sign in with the card where a cardholder does: at the issuer's kiosk and the identity provider."""

import json
import re
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.identity_provider.settings import COMPANY_PORTAL

KIOSK, IDENTITY_PROVIDER = "issuer.dpc.example", "idp.dpc.example"
CERTIFICATE = "pkcs11:id=%01;type=cert"
KEY = "pkcs11:id=%01;type=private;pin-value="
SIGNATURES = {"RSA-2048": "RSA+SHA256:RSA-PSS+SHA256", "P-256": "ECDSA+SHA256", "P-384": "ECDSA+SHA384"}
"""What SP 800-78-5 signs with these keys. Left alone, OpenSSL takes SHA-256 for a P-384 key in TLS 1.2."""
CONFIGURATION = """
openssl_conf = start
[start]
engines = engines
ssl_conf = tls
[engines]
pkcs11 = engine
[engine]
engine_id = pkcs11
MODULE_PATH = {module}
init = 0
[tls]
system_default = client
[client]
ClientSignatureAlgorithms = {signatures}
"""
REQUEST = """GET /sign-in HTTP/1.1
Host: {host}:8443
Cookie: {cookies}
Connection: close

"""
tls_versions = pytest.mark.parametrize("version", ["1.2", "1.3"])


@pytest.fixture
def names(stage, in_reader):
    """Where the hosts of the scene really listen; the card is in the reader of the same scene."""
    return stage._reference.names


@pytest.fixture
def root(client, stage):
    """The file with what TLS clients of this run trust."""
    pems = [each.public_bytes(Encoding.PEM) for each in stage._reference.pki.tls_roots]
    return client.file("root.pem", b"".join(pems))


@pytest.fixture
def configuration(client, module, in_reader):
    """How OpenSSL reaches the card; an environment variable that names the file."""
    text = CONFIGURATION.format(module=module, signatures=SIGNATURES[in_reader.algorithm])
    return {"OPENSSL_CONF": str(client.file("openssl.cnf", text.encode()))}


@pytest.fixture
def curl(client, names, root, configuration):
    """Calls curl with the run's names, roots and a cookie jar."""
    ports = [(host, port, *names.resolve(host, port)) for host in (KIOSK, IDENTITY_PROVIDER) for port in (443, 8443)]
    known = [word for each in ports for word in ("--connect-to", ":".join(map(str, each)))]
    jar = client.file("cookies")
    return lambda *words, rc=0: client.ask(
        "curl", "--silent", "--show-error", "--cacert", root, *known, "--cookie", jar, "--cookie-jar", jar, *words,
        rc=rc, **configuration,
    )  # fmt: skip


@pytest.fixture
def with_card(in_reader):
    """What makes curl use the card."""
    return "--engine", "pkcs11", "--cert", CERTIFICATE, "--key", KEY + in_reader.pin


@pytest.fixture
def s_client(client, names, root, configuration, in_reader):
    """Has `openssl s_client` ask for the sign-in page, with the card's key behind its PKCS#11 engine."""
    certificate = client.file("card.pem", in_reader.certificate(0x9A))

    def get(host, version, pin=in_reader.pin, cookies="", rc=0):
        address, port = names.resolve(host, 8443)
        return client.ask(
            "openssl", "s_client", "-connect", f"{address}:{port}", "-servername", host, "-CAfile", root,
            "-verify_return_error", "-verify_hostname", host, f"-tls{version.replace('.', '_')}", "-ign_eof",
            "-engine", "pkcs11", "-keyform", "engine", "-key", KEY + pin, "-cert", certificate,
            stdin=REQUEST.format(host=host, cookies=cookies).replace("\n", "\r\n").encode(), rc=rc, **configuration,
        )  # fmt: skip

    return get


@tls_versions
def test_curl_signs_in_at_the_kiosk(curl, with_card, in_reader, version):
    said = curl("--location", f"--tlsv{version}", "--tls-max", version, *with_card, f"https://{KIOSK}:8443/sign-in")
    assert in_reader.cast.cardholder.common_name in said
    recorded = in_reader.cast.issuer.audit()[-1]
    assert (recorded.actor, recorded.action) == (in_reader.cast.cardholder.account, "sign-in")


def test_curl_is_turned_away_from_the_kiosk_without_the_card(curl):
    said = curl("--write-out", "%{http_code}", f"https://{KIOSK}:8443/sign-in")
    assert said.endswith("403")


@pytest.fixture
def device_waits(curl, client):
    """A device asked for a sign-in, and its code was typed in; returns the cookies of that browser session."""
    origin = f"https://{IDENTITY_PROVIDER}"
    metadata = json.loads(curl(f"{origin}/.well-known/openid-configuration"))
    wanted = urlencode({"client_id": COMPANY_PORTAL, "scope": "openid"})
    asked = json.loads(curl("--data", wanted, metadata["device_authorization_endpoint"]))
    curl("--data", urlencode({"user_code": asked["user_code"]}), asked["verification_uri"])
    lines = [line.split("\t") for line in client.file("cookies").read_text().splitlines() if "\t" in line]
    return "; ".join(f"{line[5]}={line[6]}" for line in lines)


@tls_versions
@pytest.mark.usefixtures("device_waits")
def test_curl_signs_a_device_in_at_the_identity_provider(curl, with_card, in_reader, version):
    address = f"https://{IDENTITY_PROVIDER}:8443/sign-in"
    said = curl("--location", f"--tlsv{version}", "--tls-max", version, *with_card, address)
    assert f"Signed in as {in_reader.cast.cardholder.upn}" in said


@tls_versions
def test_openssl_signs_in_at_the_kiosk(s_client, version):
    said = s_client(KIOSK, version)
    assert f"New, TLSv{version}" in said
    assert "Verification: OK" in said
    assert re.search(r"^HTTP/1.1 303 ", said, re.M)
    assert "__Host-ticket=" in said


@tls_versions
def test_openssl_signs_a_device_in_at_the_identity_provider(s_client, device_waits, version):
    said = s_client(IDENTITY_PROVIDER, version, cookies=device_waits)
    assert re.search(r"^HTTP/1.1 303 ", said, re.M)
    assert f"Location: https://{IDENTITY_PROVIDER}/confirm" in said


def test_without_its_pin_the_card_signs_nothing(s_client):
    said = s_client(KIOSK, "1.3", pin="135790", rc=1)
    assert "HTTP/1.1" not in said
