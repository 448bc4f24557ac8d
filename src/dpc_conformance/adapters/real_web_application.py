"""A tester's web application: its address, and what can be seen of it from outside."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from pydantic import Field

from dpc_conformance.adapters.card_trust import TrustError, read_trust
from dpc_conformance.adapters.hand_over import ToldServers
from dpc_conformance.adapters.real_server import ServerInScene, ServerSettings
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.records import HandshakeRefused, HttpExchange
from dpc_conformance.reference.relying_party.use_parts import HTTPD_AAL3
from dpc_conformance.reference.relying_party.web.site import Account
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.web_application import WebApplication

HTTPS, LAST_PORT = 443, 65535
PLACE = r"^[^:]+:[0-9]{1,9}$"
ERROR = 400
"""Status codes from here on are errors (RFC 9110 §15.5)."""


class WebSettings(ServerSettings):
    """The table `roles.relying_party.web`."""

    address: str = Field(
        pattern=r"^https://[^/:@\[\]]+(:[0-9]{1,9})?/", description="an address such as https://app.agency.example/"
    )
    higher_level: str | None = None
    """The address of a part of it that demands AAL3 (SP 800-157r1 §3.1.1), below `address`."""
    connect: str | None = Field(None, pattern=PLACE, description="host and port, such as 192.0.2.7:8443")
    """Where that is; without it the name is looked up."""
    welcome: str = Field(min_length=1)
    """Words of the page that whoever is let in gets, or of the address to which it is redirected; of no other.

    Redirections are not followed: the answer to the first request counts.
    """
    reasons: dict[Reason, str] = {}
    """Words in its other answers, or in the alert by which it ends a handshake, that tell why it refuses."""


@dataclass(frozen=True)
class RealWebApplication:
    """The settings, read and checked."""

    settings: WebSettings
    place: tuple[str, int]
    roots: tuple[x509.Certificate, ...]

    @classmethod
    def read(cls, settings: WebSettings, folder: Path, where: str, error: type[ValueError]) -> "RealWebApplication":
        """Look up its name and read the roots. Raises `error` with a sentence that begins with `where`."""
        host, port = host_and_port(urlsplit(settings.address).netloc, f"{where}.address", error)
        if settings.higher_level and not settings.higher_level.startswith(settings.address):
            raise error(f"{where}.higher_level: expected an address below {settings.address}")
        if settings.connect:
            host, port = host_and_port(settings.connect, f"{where}.connect", error)
        return cls(settings, (looked_up(host, where, error), port), roots_in(folder / settings.trust, where, error))

    def in_scene(self, scene: Scene, servers: ToldServers) -> Callable[[str], WebApplication]:
        """The application, for one scenario, whatever its server is; or its part that demands the higher level."""
        parts = urlsplit(self.settings.address)
        address, port = self.place
        scene.stage.names.add(parts.hostname or "", parts.port or HTTPS, port, address)
        scene.more_tls_roots += self.roots
        ordinary = WebApplicationInScene(self.settings, scene, servers)

        def application(kind: str) -> WebApplication:
            if kind != HTTPD_AAL3:
                return ordinary
            if self.settings.higher_level is None:
                raise NotSupported("the web application", "demand the assurance level AAL3")
            higher = self.settings.model_copy(update={"address": self.settings.higher_level})
            return replace(ordinary, settings=higher)

        return application


@dataclass
class WebApplicationInScene(ServerInScene):
    """Implements roles.web_application.WebApplication."""

    called = "the web application"

    settings: WebSettings
    scene: Scene
    servers: ToldServers

    @property
    def address(self) -> str:
        """The application's address. Raises Unreachable when it cannot be told about the run."""
        self.servers.tell()
        return self.settings.address

    def admit(self, person: Person, certificate: bytes) -> None:
        """Have an account for that person."""
        self.servers.admit(Account(person, certificate))

    def lets_in(self, screen: Screen) -> bool:
        """Whether the answer that brought that page has the words by which it welcomes people."""
        return bool(screen.address) and self.audit()[-1].outcome == "accepted"

    def audit(self) -> tuple[AuditRecord, ...]:
        """What its answers say: nobody can read its log."""
        return tuple(
            self._record(each)
            for each in self.scene.recorder.timeline()
            if isinstance(each, HttpExchange | HandshakeRefused) and each.url.startswith(self.settings.address)
        )

    def _record(self, seen: HttpExchange | HandshakeRefused) -> AuditRecord:
        said = _said_by(seen) if isinstance(seen, HttpExchange) else seen.reason
        if isinstance(seen, HttpExchange) and seen.status < ERROR and self.settings.welcome in said:
            return AuditRecord(seen.at, "unknown", "sign-in", "", "accepted")
        reasons = (reason for reason, words in self.settings.reasons.items() if words in said)
        return AuditRecord(seen.at, "unknown", "sign-in", "", "refused", next(reasons, ""), said[:200])


def _said_by(answer: HttpExchange) -> str:
    """Where it leads, for a redirection, and the page."""
    return "\n".join(filter(None, (answer.response_headers.get("location"), answer.response_body)))


def host_and_port(place: str, where: str, error: type[ValueError]) -> tuple[str, int]:
    """Both of a place, which may leave out the port of HTTPS. Raises `error`."""
    host, _, port = place.partition(":")
    if port and not 0 < int(port) <= LAST_PORT:
        raise error(f"{where}: {place}: expected a port from 1 to {LAST_PORT}")
    return host, int(port or HTTPS)


def looked_up(host: str, where: str, error: type[ValueError]) -> str:
    """The IPv4 address of a host. Raises `error`."""
    try:
        return socket.gethostbyname(host)
    except (OSError, UnicodeError) as problem:
        raise error(f"{where}: expected a host that can be looked up: {host}: {problem}") from None


def roots_in(folder: Path, where: str, error: type[ValueError]) -> tuple[x509.Certificate, ...]:
    """The certificates in a folder that signed themselves. Raises `error`."""
    try:
        anchors = tuple(read_trust(folder, None, frozenset()).anchors)
    except TrustError as problem:
        raise error(f"{where}.trust: {problem}") from None
    if not anchors:
        raise error(f"{where}.trust: {folder}: expected a root certificate in it")
    return anchors
