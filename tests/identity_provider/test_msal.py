"""A client that we did not write completes the device sign-in: msal, over TLS, on the machine's clock."""

import threading
from http.cookiejar import CookieJar

import msal
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.identity_provider.parts import standard_parts
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings
from dpc_conformance.reference.serving.server import WebServer
from dpc_conformance.reference.workstation.browser import Browser


class MachineClock(RunClock):
    """A run clock that follows the machine: msal waits for real."""

    def now(self):
        return machine_now()

    def epoch(self):
        return int(self.now().timestamp())


def under_idp(app):
    """msal wants an authority with a path."""
    return DispatcherMiddleware(Response("not here", status=404), {"/idp": app})


@pytest.fixture
def stage(tls_authority, authenticate):
    """The provider on https://localhost:PORT/idp, with its settings made to fit the ports."""
    clock = MachineClock(machine_now())
    identity = tls_authority.identity("localhost")
    web, sign_in = WebServer(lambda: clock, identity), WebServer(lambda: clock, identity, ask_client_certificate=True)
    settings = IdentityProviderSettings(
        origin=f"https://localhost:{web.port}/idp", sign_in_origin=f"https://localhost:{sign_in.port}/idp", interval=1
    )
    provider = IdentityProvider(standard_parts(clock, SeededEntropy("msal"), authenticate, settings))
    web.serve(under_idp(provider.app))
    sign_in.serve(under_idp(provider.sign_in_app))
    names = Names()
    for server in (web, sign_in):
        names.add("localhost", server.port, server.port)
    yield provider, names, clock
    web.close()
    sign_in.close()


@pytest.fixture
def person(stage, tls_authority, recorder, card_certificate, card_key):
    """sign_in(code, caption): what a person does at the workstation."""
    provider, names, clock = stage
    key_pem = card_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate = ClientCertificate(card_certificate.public_bytes(Encoding.PEM), key_pem)

    def sign_in(code, caption):
        cookies, trust = CookieJar(), [tls_authority.root]
        with (
            open_client(names, trust, recorder, clock, "workstation", cookies=cookies) as http,
            open_client(names, trust, recorder, clock, "workstation", certificate, cookies) as with_card,
        ):
            browser = Browser(http, cookies, recorder, clock, "workstation")
            browser.open(provider.device_login_address)
            browser.fill("Code", code)
            browser.follow("Next")
            browser.open(browser.page.certificate_sign_in().address, with_card)
            browser.follow(caption)

    return sign_in


@pytest.fixture
def app(stage, tls_authority, tmp_path, monkeypatch):
    """msal as an app on a device; requests prefers REQUESTS_CA_BUNDLE over what msal hands it."""
    bundle = tmp_path / "roots.pem"
    bundle.write_bytes(tls_authority.root.public_bytes(Encoding.PEM))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    issuer = stage[0].issuer_identifier
    app = msal.PublicClientApplication("company-portal", oidc_authority=issuer, verify=str(bundle))
    yield app
    app.http_client.close()


def poll_in_a_thread(app, flow):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(app.acquire_token_by_device_flow(flow)))
    thread.start()
    return thread, answers


@pytest.mark.parametrize(("caption", "error"), [("Continue", None), ("Cancel", "access_denied")])
def test_msal_completes_the_flow(app, person, caption, error):
    flow = app.initiate_device_flow(scopes=["email"])
    assert flow["interval"] == 1
    thread, answers = poll_in_a_thread(app, flow)
    person(flow["user_code"], caption)
    thread.join(20)
    (answer,) = answers
    assert answer.get("error") == error
    if error is None:
        assert answer["id_token_claims"]["preferred_username"] == "alice@dpc.example"
        assert answer["id_token_claims"]["cnf"]["x5t#S256"]


def test_msal_is_told_that_the_code_expired(stage, app):
    provider, _, clock = stage
    flow = app.initiate_device_flow(scopes=["email"])
    store = provider.parts.requests
    store.of_user(flow["user_code"]).expires_at = clock.now()
    assert app.acquire_token_by_device_flow(flow)["error"] == "expired_token"
