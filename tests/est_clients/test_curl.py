"""curl and openssl as the phone: they redeem the code, enrol, acknowledge and re-key over the issuer's real sockets."""

import base64
import json
import re

import pytest

from dpc_conformance.formats import oids

EST = "/.well-known/est"
PKCS10 = ("--header", "Content-Type: application/pkcs10", "--data-binary", "@-")
JSON = ("--header", "Content-Type: application/json", "--data-binary", "@-")


@pytest.fixture
def request_of(client):
    """A PKCS #10 request made by openssl, as EST sends it."""

    def make(key, subject="/"):
        der = client.ask("openssl", "req", "-new", "-key", key, "-subj", subject, "-outform", "DER")
        return base64.encodebytes(der)

    return make


@pytest.fixture
def certificates_in(client):
    """The certificates of an EST answer as PEM, taken out by openssl."""

    def read(body):
        words = ("openssl", "pkcs7", "-inform", "DER", "-print_certs")
        said = client.ask(*words, stdin=base64.b64decode(body)).decode()
        return re.findall("-----BEGIN CERTIFICATE-----\n.*?-----END CERTIFICATE-----\n", said, re.DOTALL)

    return read


def bearer(token):
    return "--header", f"Authorization: Bearer {token}"


@pytest.fixture
def enrolled(bench, client, curl, request_of, certificates_in):
    """Token, key and certificate after an enrolment in which curl sent everything."""
    answer = curl("/enrol/sessions", *JSON, stdin=json.dumps(bench.session_body(bench.code())).encode())
    assert answer.status == 200
    token, key = json.loads(answer.body)["token"], client.openssl_key()
    answer = curl(f"{EST}/authentication/simpleenroll", *bearer(token), *PKCS10, stdin=request_of(key))
    assert answer.status == 200
    [certificate] = certificates_in(answer.body)
    return token, key, client.file("certificate.pem", certificate.encode())


def test_curl_fetches_the_authorities_without_any_authentication(bench, curl, certificates_in):
    answer = curl(f"{EST}/cacerts")
    assert answer.status == 200
    assert set(certificates_in(answer.body)) == {pem.decode() for pem in bench.authorities()}


def test_curl_enrols_and_openssl_finds_its_key_and_the_path(bench, client, enrolled):
    _, key, certificate = enrolled
    in_certificate = client.public_key("x509", "-in", certificate, "-noout", "-pubkey")
    assert in_certificate == client.public_key("pkey", "-in", key, "-pubout")
    issuing, intermediate, root = bench.authorities()
    anchor, others = client.file("root.pem", root), client.file("others.pem", issuing + intermediate)
    words = ("-policy_check", "-explicit_policy", "-policy", oids.DERIVED_PIV_AUTH)
    client.ask("openssl", "verify", "-CAfile", anchor, "-untrusted", others, *words, certificate)
    [issued] = bench.credentials()
    assert client.ask("openssl", "x509", "-in", certificate, "-outform", "DER") == issued.certificate


def test_curl_acknowledges(bench, client, curl, enrolled):
    token, _, certificate = enrolled
    said = client.ask("openssl", "x509", "-in", certificate, "-noout", "-serial").decode()
    body = {"token": token, "serial": str(int(said.strip().partition("=")[2], 16))}
    assert curl("/enrol/receipts", *JSON, stdin=json.dumps(body).encode()).status == 200
    assert [credential.status for credential in bench.credentials()] == ["delivered"]


def test_curl_rekeys_with_the_derived_credential_in_the_tls_layer(bench, client, curl, enrolled, request_of):
    _, key, certificate = enrolled
    new = client.openssl_key("new.pem")
    words = ("--cert", certificate, "--key", key, *PKCS10)
    answer = curl(f"{EST}/authentication/simplereenroll", *words, port=8443, stdin=request_of(new))
    assert answer.status == 200
    _, rekeyed = bench.credentials()
    der = client.file("rekeyed.der", rekeyed.certificate)
    in_certificate = client.public_key("x509", "-inform", "DER", "-in", der, "-noout", "-pubkey")
    assert in_certificate == client.public_key("pkey", "-in", new, "-pubout")


def test_a_wrong_binding_secret_is_refused(bench, curl):
    body = bench.session_body(bench.code())
    body["secret"] = body["secret"][:-4] + ("AAAA" if body["secret"][-4:] != "AAAA" else "BBBB")
    answer = curl("/enrol/sessions", *JSON, stdin=json.dumps(body).encode())
    assert (answer.status, json.loads(answer.body)["error"]) == (403, "secret-unknown")
    assert bench.refusals() == ["secret-unknown"]


@pytest.mark.parametrize("words", [(), bearer("guessed"), ("--user", "grace.goode:guessed")])
def test_without_the_right_token_nothing_is_issued(bench, client, curl, request_of, words):
    request = request_of(client.openssl_key())
    answer = curl(f"{EST}/authentication/simpleenroll", *words, *PKCS10, stdin=request)
    assert (answer.status, json.loads(answer.body)["error"]) == (401, "enrolment-token")
    assert bench.refusals() == ["enrolment-token"]
    assert bench.credentials() == ()


def test_a_name_that_is_not_the_cardholders_is_refused(bench, client, curl, request_of):
    request = request_of(client.openssl_key(), "/CN=Milo Meddler")
    words = (*bearer(bench.token()), *PKCS10)
    answer = curl(f"{EST}/authentication/simpleenroll", *words, stdin=request)
    assert (answer.status, json.loads(answer.body)["error"]) == (400, "request-subject")
    assert bench.credentials() == ()
