"""`dpc serve --describe`: a valid document, and nothing in it but what is served."""

import json
import re

import pytest
from click.testing import CliRunner
from openapi_spec_validator import OpenAPIV31SpecValidator

from dpc_conformance import HOME
from dpc_conformance.commands.serve import serve
from dpc_conformance.reference.serving.description import METHODS

PROTOCOL = (HOME / "docs" / "reference-protocol.md").read_text("utf-8")


@pytest.fixture(scope="module")
def document():
    result = CliRunner().invoke(serve, ["--describe"])
    assert result.exit_code == 0
    return json.loads(result.stdout)


def operations(document):
    return {(path, method): found for path, item in document["paths"].items() for method, found in item.items()}


def test_the_document_is_valid(document):
    OpenAPIV31SpecValidator(document).validate()


def test_a_damaged_document_is_not(document):
    broken = {**document, "paths": {"enrol": {"post": {}}}}
    assert not OpenAPIV31SpecValidator(broken).is_valid()


@pytest.mark.parametrize(
    ("method", "path", "host"),
    [
        ("post", "/enrol/sessions", "https://issuer.dpc.example"),
        ("post", "/.well-known/est/{usage}/simpleenroll", "https://issuer.dpc.example"),
        ("post", "/.well-known/est/{usage}/simplereenroll", "https://issuer.dpc.example:8443"),
        ("post", "/recovery", "https://issuer.dpc.example:8443"),
        ("post", "/check-ins", "https://mdm.dpc.example"),
        ("post", "/device_authorization", "https://idp.dpc.example"),
        ("get", "/authorize", "https://idp.dpc.example:8443"),
    ],
)
def test_what_the_protocol_has_is_described(document, method, path, host):
    found = operations(document)[path, method]
    assert {"url": host} in found["servers"]
    assert ("security" in found) == host.endswith(":8443")


def test_what_the_protocol_s_page_asks_for_is_served(document):
    asked = re.findall(r"(GET|POST) (https://[a-z.:0-9]+)(/[^\s`?#]*)", PROTOCOL)
    assert len(asked) > 12
    for method, host, path in asked:
        assert {"url": host} in operations(document)[path, method.lower()]["servers"], (method, host, path)


def test_what_two_hosts_serve_names_both(document):
    servers = operations(document)["/sign-in", "get"]["servers"]
    assert {each["url"] for each in servers} == {"https://idp.dpc.example:8443", "https://issuer.dpc.example:8443"}


def test_every_route_is_described_and_nothing_else(document, system):
    routes = {
        (each.address, rule.rule, method)
        for each in system.applications
        for rule in each.app.url_map.iter_rules()
        for method in METHODS
        if method.upper() in rule.methods
    }
    described = {
        (server["url"], path.replace("{", "<").replace("}", ">"), method)
        for (path, method), found in operations(document).items()
        for server in found["servers"]
    }
    assert described == routes
    assert len(routes) > 50
