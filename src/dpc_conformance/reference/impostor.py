"""The reference's impostor: takes over a name, with a TLS certificate from a root of its own."""

from collections.abc import Callable, Iterable
from typing import Any

from dpc_conformance.clock import RunClock
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer


class ReferenceImpostor:
    """Implements roles.impostor.Impostor; `leave` gives the name back."""

    def __init__(
        self, names: Names, host: str, port: int, authority: TlsAuthority, clock: RunClock, asks: bool
    ) -> None:
        """`asks`: whether it wants a client certificate, as the port that it takes over does."""
        self._names, self._host, self._port = names, host, port
        self._received: list[str] = []
        self._honest = names.resolve(host, port)
        self._server = WebServer(lambda: clock, authority.identity(host), ask_client_certificate=asks)
        self._server.serve(self._answer)
        names.add(host, port, self._server.port)

    def received(self) -> tuple[str, ...]:
        """Method and path of every request that reached it."""
        return tuple(self._received)

    def leave(self) -> None:
        """The honest server answers again."""
        self._names.put(self._host, self._port, self._honest)
        self._server.close()

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._received.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "0")])
        return [b""]
