"""A device manager, and phones that speak to it without a network."""

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from example_tenant import ALEX, BOTH, FIRST, IDP, ISSUER, MDM, START
from joserfc import jwt
from joserfc.jwk import ECKey

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.protocols.device_management import DeviceManagementClient, public_jwk
from dpc_conformance.reference.device_manager.manager import ReferenceDeviceManager
from dpc_conformance.reference.device_manager.parts import standard_parts
from dpc_conformance.reference.pki.keys import ec_key


@pytest.fixture
def clock():
    return RunClock(START)


@pytest.fixture
def sent():
    return []


@pytest.fixture
def provider_key():
    return ec_key(SeededEntropy("provider"), ec.SECP256R1())


@pytest.fixture
def provider(provider_key):
    """The identity provider's metadata and keys."""
    answers = {
        "/.well-known/openid-configuration": {"issuer": IDP, "jwks_uri": f"{IDP}/jwks"},
        "/jwks": {"keys": [public_jwk(provider_key) | {"kid": "1"}]},
    }
    return httpx.MockTransport(lambda request: httpx.Response(200, json=answers[request.url.path]))


@pytest.fixture
def manager(clock, sent, provider):
    def send_mail(*mail):
        sent.append(mail)

    entropy = SeededEntropy("mdm")
    return ReferenceDeviceManager(
        standard_parts(clock, entropy, send_mail, lambda: httpx.Client(transport=provider), IDP, [])
    )


@pytest.fixture
def id_token(clock, provider_key):
    def make(key=provider_key, **changes):
        claims = {
            "iss": IDP,
            "aud": "company-portal",
            "sub": ALEX.account,
            "name": "Alex Archer",
            "preferred_username": ALEX.upn,
            "email": ALEX.mail,
            "iat": clock.epoch(),
            "exp": clock.epoch() + 3600,
        } | changes
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": "1"}, present, ECKey.import_key(key))

    return make


@pytest.fixture
def http(manager):
    with httpx.Client(transport=httpx.WSGITransport(manager.app)) as client:
        yield client


@pytest.fixture
def phone(http, clock):
    def make(label="phone", module=""):
        key = ec_key(SeededEntropy(label), ec.SECP256R1())
        return DeviceManagementClient(http, MDM, key, clock, SeededEntropy(f"{label} requests"), module)

    return make


@pytest.fixture
def enrolled(manager, phone, id_token):
    """A phone of a tenant that has an issuer and no profile."""
    manager.configure_issuer(BOTH)
    device = phone()
    device.enrol(id_token(), "Model 1")
    return device


@pytest.fixture
def holding(manager, enrolled):
    """The same phone, with a credential that was obtained from the issuer."""
    manager.target(ALEX)
    enrolled.statement(ISSUER)
    enrolled.check_in(FIRST)
    return enrolled
