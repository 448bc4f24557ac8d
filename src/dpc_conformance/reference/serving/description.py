"""OpenAPI 3.1 of web applications, drawn from their routes: what is not served cannot be described, and the reverse."""

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from dpc_conformance import __version__
from dpc_conformance.reference.serving.described_body import Body

METHODS = ("get", "put", "post", "delete", "patch")
CERTIFICATE = "clientCertificate"
ABOUT = (
    "The wire of the reference, drawn from its routes. Headers and reasons of refusals are in "
    "docs/reference-protocol.md. Requests come without cookies where a program makes them; a browser gets pages."
)


@dataclass(frozen=True)
class Described:
    """An application behind a host. `asks` tells that its port asks for a client certificate."""

    name: str
    address: str
    app: Flask
    asks: bool


def describe(applications: Iterable[Described], bodies: Mapping[tuple[str, str], Body]) -> dict[str, Any]:
    """The document, with `bodies` by method and path; what has none has a page for an answer.

    Where two hosts serve the same path, the operation names both as its servers.
    """
    paths: dict[str, dict[str, Any]] = {}
    described = tuple(applications)
    for each in described:
        for rule in each.app.url_map.iter_rules():
            path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
            for method in (known for known in METHODS if known.upper() in (rule.methods or ())):
                operation = _operation(each, rule, method) | bodies.get((method, path), Body()).described()
                before = paths.setdefault(path, {}).get(method)
                paths[path][method] = _joined(before, operation) if before else operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "The reference enrolment protocol", "version": __version__, "description": ABOUT},
        "servers": [{"url": each.address, "description": each.name} for each in described],
        "paths": dict(sorted(paths.items())),
        "components": {"securitySchemes": {CERTIFICATE: {"type": "mutualTLS"}}},
    }


def _operation(each: Described, rule: Rule, method: str) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": re.sub(r"[^a-z0-9]+", "-", f"{each.name} {method} {rule.rule}".lower()).strip("-"),
        "summary": _summary(each.app, rule.endpoint),
        "tags": [each.name],
        "servers": [{"url": each.address}],
    }
    if rule.arguments:
        operation["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in sorted(rule.arguments)
        ]
    if each.asks:
        operation["security"] = [{CERTIFICATE: []}]
    return operation


def _summary(app: Flask, endpoint: str) -> str:
    said = inspect.getdoc(app.view_functions[endpoint])
    words = endpoint.rpartition(".")[2].replace("_", " ").replace("-", " ").strip()
    return said.splitlines()[0] if said else f"{words.capitalize()}."


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    both = {name: [*first[name], *second[name]] for name in ("tags", "servers")}
    return {**first, **both, "summary": f"{first['summary']} / {second['summary']}"}
