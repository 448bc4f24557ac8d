"""What a web server is configured for, whichever it is."""

import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Protocol

from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.relying_party.server_files import ServerFiles
from dpc_conformance.reference.relying_party.server_parts import ServerSoftware
from dpc_conformance.roles.people import Person

DERIVED, NOT_SIGNED_IN = "Example Agency Application", "You are not signed in"


@dataclass(frozen=True)
class Account:
    """An account of the application, and the certificate (DER) that was registered for it."""

    person: Person
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-1 of the certificate: what web servers call it by; it protects nothing."""
        return hashlib.sha1(self.certificate, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Site:
    """A site at `host`; `ocsp` is the address of the OCSP responder, as the organisation's servers reach it.

    It is served on `port`; on `side_port` an answer without TLS and without a log line says that earlier ones are done.
    """

    host: str
    files: ServerFiles
    accounts: tuple[Account, ...]
    ocsp: str
    port: int
    side_port: int


class WebServerSoftware(ServerSoftware, Protocol):
    """How one product is configured to take derived credentials, and what its log says about that."""

    def plan(self, site: Site, log: Path) -> Plan:
        """Write the configuration and say how to start. Raises MachineLacks where it is not installed."""


def welcome(person: str) -> str:
    """The page for somebody who is signed in; `person` is the name or what the server puts in its place."""
    return _page(DERIVED, f"Welcome, {person}.")


def refusal() -> str:
    """The page for somebody whom the application does not know."""
    return _page(NOT_SIGNED_IN, "Nobody is known here under this mobile smart card.")


def _page(title: str, text: str) -> str:
    return f"<!doctype html><html lang='en'><title>{title}</title><p>{text}</p></html>"


def safe(text: str) -> str:
    """A name as it may stand in HTML and between double quotes of a configuration, where $ and % mean something."""
    kept = escape(text)
    for character in "$%\\\n{}":
        kept = kept.replace(character, f"&#{ord(character)};")
    return kept
