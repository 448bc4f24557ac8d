"""Servers under the run's names, and keys that only a callable may use, as on a card."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.pki.naming import directory_name
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer

HOST = "app.dpc.example"
RUN_START = datetime(2020, 2, 29, 12, 0, tzinfo=UTC)


class SoftCard:
    """A key behind a callable that counts its signatures; its certificate expired long ago by the machine's clock."""

    def __init__(self, key, certified_key=None):
        self.key = key
        self.signatures = 0
        public = (certified_key or key).public_key()
        start = RUN_START - timedelta(days=30)
        self.der = (
            x509.CertificateBuilder()
            .serial_number(7)
            .issuer_name(directory_name("Example PIV CA"))
            .subject_name(directory_name("Alice Example"))
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=365))
            .public_key(public)
            .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
            .public_bytes(Encoding.DER)
        )

    def sign(self, block):
        self.signatures += 1
        if isinstance(self.key, rsa.RSAPrivateKey):
            numbers = self.key.private_numbers()
            size = self.key.key_size // 8
            assert len(block) == size
            return pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n).to_bytes(size, "big")
        digest = {32: hashes.SHA256(), 48: hashes.SHA384()}[len(block)]
        assert len(block) * 8 == self.key.key_size
        return self.key.sign(block, ec.ECDSA(utils.Prehashed(digest)))


@pytest.fixture(scope="session")
def keys():
    return {
        "RSA-2048": rsa.generate_private_key(65537, 2048),
        "P-256": ec.generate_private_key(ec.SECP256R1()),
        "RSA-2048 of another": rsa.generate_private_key(65537, 2048),
        "P-256 of another": ec.generate_private_key(ec.SECP256R1()),
        "P-384": ec.generate_private_key(ec.SECP384R1()),
    }


@pytest.fixture
def soft_card(keys):
    return lambda kind, certified=None: SoftCard(keys[kind], keys[certified] if certified else None)


@pytest.fixture(scope="session")
def tls_authority():
    return TlsAuthority(machine_now(), SeededEntropy("tls"))


@pytest.fixture
def clock():
    return RunClock(RUN_START)


@pytest.fixture
def names():
    return Names()


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def serve(tls_authority, names, clock):
    """serve(app, host, port, ask): a server that is reachable under a name of the run."""
    servers = []

    def start(app, host=HOST, port=443, ask=False, identity_of=None, plain=False):
        identity = None if plain else tls_authority.identity(identity_of or host)
        servers.append(WebServer(lambda: clock, identity, ask))
        servers[-1].serve(app)
        names.add(host, port, servers[-1].port)
        return servers[-1]

    yield start
    for server in servers:
        server.close()
