"""strongSwan's `pki` as the phone: it asks without a label, and gives the enrolment token as a password."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding


@pytest.fixture
def address(bench):
    """Where the issuer is for a client without a name service; the certificate is good for localhost, too."""
    return lambda port: f"https://localhost:{bench.port(port)}"


@pytest.fixture
def trusted(bench, client):
    """The options with which pki trusts the server and, where it looks, the authorities above the answer."""
    certificates = [bench.pki.tls_roots[0].public_bytes(Encoding.DER), *bench.authorities(Encoding.DER)]
    paths = [client.file(f"trusted-{number}.der", der) for number, der in enumerate(certificates)]
    return [word for path in paths for word in ("--cacert", path)]


@pytest.fixture
def request_of(bench, client):
    """A request that pki made for a new key of its own; pki wants a name in it."""

    def make(name="key.der"):
        key = client.file(name, client.ask("pki", "--gen", "--type", "ecdsa", "--size", "256"))
        subject = f"CN={bench.cast.cardholder.common_name}"
        made = client.ask("pki", "--req", "--in", key, "--type", "ecdsa", "--dn", subject, "--digest", "sha256")
        return key, client.file(f"{name}.req", made)

    return make


@pytest.fixture
def enrol(bench, client, address, trusted, request_of):
    """pki enrols with that password: exit code, certificate, what it said, and the key."""

    def call(password):
        key, request = request_of()
        words = ("--in", request, "--userpass", f"{bench.cast.cardholder.account}:{password}", *trusted)
        return (*client.call("pki", "--est", "--url", address(443), *words), key)

    return call


def public_keys(client, certificate, key):
    """Of the certificate and of the key (both DER), as openssl reads them."""
    read = client.public_key("x509", "-inform", "DER", "-in", certificate, "-noout", "-pubkey")
    return read, client.public_key("pkey", "-inform", "DER", "-in", key, "-pubout")


def test_pki_fetches_the_authorities(bench, client, address, trusted):
    client.ask("pki", "--estca", "--url", address(443), *trusted, "--caout", client.folder / "fetched.der", "--force")
    fetched = {path.read_bytes() for path in client.folder.glob("fetched*.der")}
    assert fetched == set(bench.authorities(Encoding.DER))


def test_pki_enrols_and_openssl_finds_its_key(bench, client, enrol):
    code, certificate, said, key = enrol(bench.token())
    assert code == 0, said
    assert [issued.certificate for issued in bench.credentials()] == [certificate]
    in_certificate, own = public_keys(client, client.file("certificate.der", certificate), key)
    assert in_certificate == own


def test_a_wrong_password_is_refused(bench, enrol):
    code, _, said, _ = enrol("guessed")
    assert code != 0
    assert "401" in said
    assert bench.refusals() == ["enrolment-token"]
    assert bench.credentials() == ()


def test_pki_rekeys_with_the_derived_credential(bench, client, address, trusted, enrol, request_of):
    _, certificate, _, key = enrol(bench.token())
    old, (new, request) = client.file("old.der", certificate), request_of("new.der")
    words = ("--in", request, "--cert", old, "--key", key, *trusted)
    rekeyed = client.ask("pki", "--est", "--url", address(8443), *words)
    assert [issued.certificate for issued in bench.credentials()] == [certificate, rekeyed]
    in_certificate, own = public_keys(client, client.file("rekeyed.der", rekeyed), new)
    assert in_certificate == own
