"""A web application on a third-party web server."""

import http.client
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.protocols.network import LOOPBACK, Names
from dpc_conformance.reference.programs.ports import TCP
from dpc_conformance.reference.programs.program import Program
from dpc_conformance.reference.relying_party.program_audit import ProgramAudit
from dpc_conformance.reference.relying_party.server_parts import ServerParts
from dpc_conformance.reference.relying_party.web.site import Account, Site, WebServerSoftware
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen

HTTPS = 443
SECONDS = 10.0


@dataclass(kw_only=True)
class WebServerParts(ServerParts[WebServerSoftware]):
    """What a web application is made of."""

    host: str
    names: Names


class ThirdPartyWebServer:
    """Implements roles.web_application.WebApplication; the server runs from the first look at its address on."""

    def __init__(self, parts: WebServerParts) -> None:
        self.parts = parts
        self._accounts: list[Account] = []
        self._program: Program | None = None
        self._side_port = 0
        self._audit = ProgramAudit("sign-in", parts.clock, parts.software.decisions)

    @property
    def address(self) -> str:
        """The application's address; it asks for a client certificate. Raises MachineLacks."""
        if self._program is None:
            self._start()
        return f"https://{self.parts.host}/"

    @property
    def status_delay(self) -> timedelta:
        """What the operator says about CRLs; nothing where the responder is asked each time."""
        return self.parts.status_delay

    def follow_time(self) -> None:
        """It always does."""

    def admit(self, person: Person, certificate: bytes) -> None:
        """Have an account for that person, who will come with that certificate (DER)."""
        account = Account(person, certificate)
        if account not in self._accounts:
            self._accounts.append(account)
            self._start_again()

    def lets_in(self, screen: Screen) -> bool:
        """The page comes with OK, every other with an error."""
        return screen.status == HTTPStatus.OK

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every sign-in and refusal so far, oldest first."""
        self._look()
        return self._audit.records()

    def _start(self) -> None:
        parts = self.parts
        files = parts.files(self._start_again)
        self._program, (port, self._side_port) = parts.programs.start_on_free_ports(
            files.folder,
            (TCP, TCP),
            lambda log, ports: parts.software.plan(
                Site(parts.host, files, tuple(self._accounts), parts.ocsp, *ports), log
            ),
        )
        parts.names.add(parts.host, HTTPS, port)

    def _start_again(self) -> None:
        """With what has changed: as a reload does it, and nothing of the old configuration can be left."""
        if self._program is None:
            return
        self._look()
        self.parts.programs.stop(self._program)
        self._start()

    def _look(self) -> None:
        if self._program is None:
            return
        # It writes some lines after its answer is out; who has an answer to a later request finds them written.
        connection = http.client.HTTPConnection(LOOPBACK, self._side_port, timeout=SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        finally:
            connection.close()
        self._audit.take_over(self._program.process, self.parts.programs.listen(self._program))
