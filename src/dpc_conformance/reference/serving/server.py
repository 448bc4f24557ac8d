"""A threaded web server, on a free loopback port as a rule, whose application and clock can be swapped."""

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterable
from email.utils import format_datetime
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.serving.client_certificates import ClientCertificateEntrance
from dpc_conformance.reference.serving.connection import Entrance, Environ, HandshakeFailed, PlainEntrance, TlsEntrance

LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 5.0
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
log = logging.getLogger(__name__)


def closed_for_now(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:  # noqa: ARG001
    """The application of a server that has none yet."""
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"nothing is served here yet\n"]


class WebServer:
    """Serves one WSGI application at a time, on 127.0.0.1 unless told otherwise; a thread for each connection.

    `on_refused` is called with the TLS library's reason when a handshake fails, in the connection's thread.
    """

    def __init__(
        self,
        clock: Callable[[], RunClock],
        identity: TlsIdentity | None,
        ask_client_certificate: bool = False,
        patience: float = PATIENCE_SECONDS,
        listener: socket.socket | None = None,
    ) -> None:
        """Without `identity` plain HTTP. `patience` (seconds) bounds the handshake and each wait for a client.

        `listener` is a socket that listens already; it stays its owner's.
        """
        self.on_refused: Callable[[str], None] = lambda _: None
        self._app: WsgiApp = closed_for_now
        self._server = _Server(entrance_for(identity, ask_client_certificate), clock, patience, self, listener)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), name=f"web-{self.port}", daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.port

    def serve(self, app: WsgiApp) -> None:
        """From the next request on, `app` answers."""
        self._app = app

    def let_in(self, entrance: Entrance) -> Entrance:
        """From the next connection on, `entrance` admits clients; the one before is returned."""
        before, self._server.entrance = self._server.entrance, entrance
        return before

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request to the current application."""
        return self._app(environ, start_response)

    def hang_up(self) -> None:
        """Drop whoever is still connected and wait for the threads to end, none of them longer than `patience`."""
        self._server.drop_connections()

    def close(self) -> None:
        """Stop listening, drop whoever is still connected, and wait for the threads to end."""
        self._server.shutdown()
        self._thread.join()
        self.hang_up()


def entrance_for(identity: TlsIdentity | None, ask_client_certificate: bool) -> Entrance:
    """The entrance for these settings. ValueError when a client certificate is wanted without TLS."""
    if identity is None:
        if ask_client_certificate:
            raise ValueError("a client certificate needs TLS")
        return PlainEntrance()
    return ClientCertificateEntrance(identity) if ask_client_certificate else TlsEntrance(identity)


class _Handler(WSGIRequestHandler):
    """Quiet, without Nagle's delay, by the run's clock."""

    server: "_Server"
    disable_nagle_algorithm = True
    server_version = "dpc-reference"
    sys_version = ""

    def __init__(self, connection: Any, client_address: Any, server: "_Server", facts: Environ) -> None:
        self._facts = facts
        super().__init__(connection, client_address, server)

    def make_environ(self) -> dict[str, Any]:
        return super().make_environ() | self._facts

    def connection_dropped(self, error: BaseException, environ: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Nobody is there any more, or the application wants it to look so: no further request is waited for."""
        self.close_connection = True

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002  the run's time, always
        return format_datetime(self.server.clock().now(), usegmt=True)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nobody reads a request log: the client's side records every exchange."""


class _Server(ThreadedWSGIServer):
    """Lets each connection through its entrance in the connection's own thread, so that a silent one blocks nobody."""

    def __init__(
        self,
        entrance: Entrance,
        clock: Callable[[], RunClock],
        patience: float,
        owner: WebServer,
        listener: socket.socket | None,
    ) -> None:
        host, port = listener.getsockname()[:2] if listener else (LOOPBACK, 0)
        super().__init__(host, port, owner.answer, _Handler, fd=listener.fileno() if listener else None)
        self.clock = clock
        self._owner = owner
        self.entrance = entrance
        self._patience = patience
        self._live: dict[socket.socket, threading.Thread] = {}
        # werkzeug tells https from http by this attribute being set.
        self.ssl_context = entrance if entrance.secure else None  # type: ignore[assignment]

    def finish_request(self, request: Any, client_address: Any) -> None:
        # A second handle on the same connection: `drop_connections` may cut it while TLS is at work on the first.
        handle = request.dup()
        self._live[handle] = threading.current_thread()
        try:
            entrance = self.entrance
            connection, facts = entrance.admit(request, self._patience)
            try:
                _Handler(connection, client_address, self, facts)
            finally:
                entrance.leave(connection)
        except HandshakeFailed as refusal:
            self._owner.on_refused(str(refusal))
        finally:
            del self._live[handle]
            handle.close()

    def drop_connections(self) -> None:
        """Wake every thread that waits for its client, and wait for it to end."""
        for kept, thread in list(self._live.items()):
            with contextlib.suppress(OSError):
                kept.shutdown(socket.SHUT_RDWR)
            thread.join(self._patience)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        log.exception("a connection broke off")

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: ARG002  all of it is errors
        """What an application did not catch; the exception texts of this project carry no secrets."""
        log.error(message, *args)
