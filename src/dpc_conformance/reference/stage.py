"""Everything of the reference that lives as long as a worker: PKI, web servers, mail server, names."""

import socket
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.help_desk import organisation_help
from dpc_conformance.reference.mail import MailServer
from dpc_conformance.reference.pki import naming
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import UNIX, WebServer, WsgiApp, listening_on
from dpc_conformance.reference.token.mould import Mould, mould

HTTP, HTTPS, SIGN_IN = 80, 443, 8443
STATUS_HOST = naming.CRL_HOST
"""One server answers for the three hosts of the status services; this is the one by which its port is named."""
HELP_HOST = "help.dpc.example"
ORDINARY_HOSTS = ("idp.dpc.example", "mdm.dpc.example", "issuer.dpc.example", "other-issuer.dpc.example", HELP_HOST)
SIGN_IN_HOSTS = ("idp.dpc.example", "issuer.dpc.example", "other-issuer.dpc.example", "app.dpc.example")


class ReferenceStage:
    """Servers on free loopback ports under the run's names; each scenario brings its own applications and clock."""

    def __init__(
        self,
        start: datetime,
        machine: datetime,
        entropy: Entropy,
        folder: Path | None = None,
        ports: Mapping[tuple[str, int], int] | None = None,
    ) -> None:
        """`start` is the run's clock at the start, `machine` the machine's (for TLS certificates).

        What is in `folder` outlasts the stage, RSA keys included. `ports` are the loopback ports of hosts, by name and
        port; the others get free ones. OSError when one is taken.
        """
        self.start, self.entropy = start, entropy
        self.clock = RunClock(start)
        self._kept, self._ports = folder, ports or {}
        self._folder = tempfile.TemporaryDirectory(prefix="dpc-")
        self.pool = KeyPool(self._key_folder())
        self.pki = TestPki(start, machine, entropy.branch("pki"), self.pool)
        self.device_maker = DeviceMaker(start, entropy.branch("device-maker"))
        self.impostor_authority = TlsAuthority(machine, entropy.branch("impostor"))
        self.names = Names()
        self.on_close: list[Callable[[], object]] = []
        """Called first when the stage closes: what adapters keep for all scenarios of the worker."""
        self.mail = MailServer()
        self._moulds: dict[bytes, Mould] = {}
        self._opened_later: list[WebServer] = []
        self._listeners: list[socket.socket] = []
        self.status = WebServer(self._now, None, listener=self._listener(STATUS_HOST, HTTP))
        self.names.proxy = f"http://127.0.0.1:{self.status.port}"
        self.ordinary = {host: self._open(host, HTTPS) for host in ORDINARY_HOSTS}
        self.ordinary[HELP_HOST].serve(organisation_help())
        self.sign_in = {host: self._open(host, SIGN_IN) for host in SIGN_IN_HOSTS}

    @property
    def folder(self) -> Path:
        """Where scenarios keep their databases; gone when the stage closes."""
        return Path(self._folder.name)

    @cached_property
    def status_path(self) -> Path:
        """Where the status services listen for programs in networks of their own."""
        path = self.folder / "status"
        server = WebServer(self._now, None, place=f"{UNIX}{path}")
        server.serve(self.status.answer)
        self._opened_later.append(server)
        return path

    def serve(self, host: str, app: WsgiApp) -> None:
        """Put an application behind the ordinary port of a host."""
        self.ordinary[host].serve(app)

    def serve_sign_in(self, host: str, app: WsgiApp, refused: Callable[[str], None]) -> None:
        """Put an application behind the port that asks for a certificate; `refused` hears of failed handshakes."""
        self.sign_in[host].serve(app)
        self.sign_in[host].on_refused = refused

    def token_mould(self, aid: bytes) -> Mould:
        """What the tokens with that AID share; it is made once."""
        if aid not in self._moulds:
            entropy = self.entropy.branch("token")
            self._moulds[aid] = mould(self.pki, self.start, entropy, self.pool.scenario(), aid)
        return self._moulds[aid]

    def hang_up(self) -> None:
        """End what is still under way at any server: no request of a scenario reaches into the next one."""
        for server in self._servers():
            server.hang_up()

    def close(self) -> None:
        """Stop every server and remove what scenarios left."""
        for close in self.on_close:
            close()
        for server in self._servers():
            server.close()
        for listener in self._listeners:
            listener.close()
        self.mail.close()
        self._folder.cleanup()

    def _servers(self) -> tuple[WebServer, ...]:
        return (self.status, *self.ordinary.values(), *self.sign_in.values(), *self._opened_later)

    def _key_folder(self) -> Path:
        """The machine's pool of RSA keys; where the user has no place for one, keys live as long as the stage."""
        if self._kept is not None:
            return self._kept / "rsa"
        try:
            default_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return self.folder / "rsa"
        return default_folder()

    def _listener(self, host: str, port: int) -> socket.socket | None:
        chosen = self._ports.get((host, port))
        if chosen is None:
            return None
        self._listeners.append(listening_on(chosen))
        return self._listeners[-1]

    def _now(self) -> RunClock:
        return self.clock

    def _open(self, host: str, port: int) -> WebServer:
        identity, listener = self.pki.tls_identity(host), self._listener(host, port)
        server = WebServer(self._now, identity, ask_client_certificate=port == SIGN_IN, listener=listener)
        self.names.add(host, port, server.port)
        return server
