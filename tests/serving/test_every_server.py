"""Security basics of every server on stage, as they are served: TLS versions, HTTPS, forms, bodies, secrets."""

import ast
from datetime import UTC, datetime
from pathlib import Path
from re import compile as pattern

import pytest

import dpc_conformance.reference
from dpc_conformance.casting import Stage
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.reference.serving.safeguards import MOST_BYTES
from dpc_conformance.target import load_target

SERVERS = {
    "kiosk and enrolment": "https://issuer.dpc.example/",
    "sign-in at the kiosk": "https://issuer.dpc.example:8443/sign-in",
    "identity provider": "https://idp.dpc.example/devicelogin",
    "sign-in at the identity provider": "https://idp.dpc.example:8443/sign-in",
    "device manager": "https://mdm.dpc.example/help/derived-credentials",
    "web application": "https://app.dpc.example:8443/",
}
TAKE_A_BODY = {
    "kiosk": "https://issuer.dpc.example/revocations",
    "enrolment": "https://issuer.dpc.example/enrol/sessions",
    "sign-in at the kiosk": "https://issuer.dpc.example:8443/recovery",
    "identity provider": "https://idp.dpc.example/devicelogin",
    "device manager": "https://mdm.dpc.example/devices",
}
OWN_VISITORS_ONLY = ("sign-in at the kiosk", "sign-in at the identity provider")
SECRET = pattern(r"\b(secret|token|ticket|session|password|user_code|device_code)\b")
KEEPING_SECRETS = ("issuer", "identity_provider", "device_manager", "relying_party", "serving")


@pytest.fixture(scope="module")
def cast():
    stage = Stage(load_target(), datetime(2026, 11, 23, 9, tzinfo=UTC), "every server")
    with stage.scene(Recorder(), "every server") as cast:
        cast.reference = stage._reference
        yield cast
    stage.close()


@pytest.fixture
def http(cast):
    stage = cast.reference
    with open_client(stage.names, stage.pki.tls_roots, Recorder(), cast.clock, "visitor") as client:
        yield client


@pytest.fixture(params=SERVERS)
def server(request):
    return request.param


def test_tls_1_2_and_nothing_older(cast, server):
    address = SERVERS[server]
    assert cast.old_client.knock(address, "tls-1.2").accepted
    for older in ("tls-1.0", "tls-1.1", "plain-http"):
        assert not cast.old_client.knock(address, older).accepted


def test_tls_1_3_is_what_a_client_of_today_gets(http, server):
    assert http.get(SERVERS[server]).status_code < 500
    exchange = http._transport._recorder.timeline()[-1]
    assert exchange.tls.version == "TLSv1.3"


def test_every_answer_insists_on_https_is_kept_by_nobody_and_framed_by_nobody(http, server):
    answer = http.get(SERVERS[server])
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_form_of_another_site_is_refused(http, server):
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = http.post(SERVERS[server], data={"a": "b"}, headers=foreign)
        assert (answer.status_code, "another site" in answer.text) == (403, True)


def test_where_a_certificate_alone_decides_another_site_sends_nobody(http, server):
    answer = http.get(SERVERS[server], headers={"Sec-Fetch-Site": "cross-site"})
    assert ("Another site" in answer.text) == (server in OWN_VISITORS_ONLY)


@pytest.mark.parametrize("name", TAKE_A_BODY)
def test_a_body_without_end_is_refused_with_a_length_or_without(http, name):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (bytes(MOST_BYTES + 1), (bytes(65536) for _ in range(MOST_BYTES // 65536 + 1))):
        answer = http.post(TAKE_A_BODY[name], content=body, headers=headers)
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("package", KEEPING_SECRETS)
def test_no_secret_is_compared_byte_by_byte(package):
    """What somebody presents is looked up by its digest, or compared by hmac.compare_digest."""
    found = []
    for file in Path(dpc_conformance.reference.__path__[0], package).glob("*.py"):
        comparisons = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Compare)]
        equalities = [node for node in comparisons if isinstance(node.ops[0], ast.Eq | ast.NotEq)]
        found += [f"{file.name}: {ast.unparse(node)}" for node in equalities if SECRET.search(ast.unparse(node))]
    assert found == []
