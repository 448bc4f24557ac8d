"""An identity provider on real ports, a browser in front of it, and a device that wants to sign in."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.device_grant import DeviceGrant
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.identity_provider.parts import standard_parts
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings
from dpc_conformance.reference.pki.naming import directory_name
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer
from dpc_conformance.reference.workstation.browser import Browser
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

HOST = "idp.dpc.example"
ALICE = Person("alice", "Alice", "Example", "alice@dpc.example", "alice@dpc.example")


@dataclass(frozen=True)
class Refusal:
    reason: Reason
    detail: str = ""
    message: str = "Your card was not accepted."


def certificate_of(key, start):
    """A certificate that expired years ago by the machine's clock."""
    return (
        x509.CertificateBuilder()
        .serial_number(7)
        .issuer_name(directory_name("Example PIV CA"))
        .subject_name(directory_name("Alice Example"))
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365))
        .public_key(key.public_key())
        .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    )


@pytest.fixture
def card_key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def clock():
    return RunClock(datetime(2020, 2, 29, 12, 0, tzinfo=UTC))


@pytest.fixture
def card_certificate(card_key, clock):
    return certificate_of(card_key, clock.now())


@pytest.fixture
def authenticate(card_certificate):
    """Knows one card; everybody else is refused, each for a reason."""
    known = card_certificate.public_bytes(Encoding.DER)

    def judge(chain):
        if not chain:
            return Refusal(Reason.NO_CERTIFICATE)
        return ALICE if chain[0] == known else Refusal(Reason.PATH, "not ours")

    return judge


@pytest.fixture(scope="session")
def tls_authority():
    return TlsAuthority(machine_now(), SeededEntropy("tls"))


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def parts(clock, authenticate):
    return standard_parts(clock, SeededEntropy("identity provider"), authenticate)


@pytest.fixture
def stage(clock, tls_authority, recorder, parts, card_key, card_certificate):
    """provider, grant (a device), browser(), card_client: everything over TLS under the run's names."""
    names, opened = Names(), []
    provider = IdentityProvider(parts)
    identity, trust = tls_authority.identity(HOST), [tls_authority.root]
    servers = [WebServer(lambda: clock, identity), WebServer(lambda: clock, identity, ask_client_certificate=True)]
    servers[0].serve(provider.app)
    servers[1].serve(provider.sign_in_app)
    servers[1].on_refused = provider.on_tls_refused
    names.add(HOST, 443, servers[0].port)
    names.add(HOST, 8443, servers[1].port)

    def client(who, cookies=None, certificate=None):
        opened.append(open_client(names, trust, recorder, clock, who, certificate, cookies))
        return opened[-1]

    key_pem = card_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    own = ClientCertificate(card_certificate.public_bytes(Encoding.PEM), key_pem)
    stranger_key = ec.generate_private_key(ec.SECP256R1())
    stranger = ClientCertificate(
        certificate_of(stranger_key, clock.now()).public_bytes(Encoding.PEM),
        stranger_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )

    def browser():
        cookies = CookieJar()
        window = Browser(client("workstation", cookies), cookies, recorder, clock, "workstation")
        window.open(provider.device_login_address)
        return window

    def enter(code, window=None):
        window = window or browser()
        window.fill("Code", code)
        window.follow("Next")
        return window

    def sign_in(window, certificate=own):
        address = window.absolute(window.page.certificate_sign_in().address)
        return window.open(address, client("workstation", window.cookies, certificate))

    def device():
        return DeviceGrant(client("phone"), provider.issuer_identifier, "company-portal", recorder)

    yield SimpleNamespace(
        provider=provider,
        device=device,
        browser=browser,
        enter=enter,
        sign_in=sign_in,
        stranger=stranger,
        client=client,
    )
    for one in opened:
        one.close()
    for server in servers:
        server.close()


@pytest.fixture
def settings():
    return lambda **changes: replace(IdentityProviderSettings(), **changes)
