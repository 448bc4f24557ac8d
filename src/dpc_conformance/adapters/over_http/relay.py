"""Carries the messages of a program made by others to a product, over the phone's own client and onto the record."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import httpx

from dpc_conformance.protocols.network import LOOPBACK

CARRIED = ("content-type", "accept")


class Relay:
    """While it is open, a server on the loopback interface hands every request on to a URL of the product.

    So the program needs to know neither the run's names nor the product's roots, and nothing escapes the record.
    """

    def __init__(self, http: httpx.Client, url: str) -> None:
        """What stands after the relay's own address goes behind `url`."""
        self._server = _Server(http, url)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "Relay":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where it listens, such as 127.0.0.1:40000."""
        return f"{LOOPBACK}:{self._server.server_address[1]}"

    def expect_carried(self) -> None:
        """Raises what kept a message from the product: Unreachable, ServerNotTrusted, RefusedAtTls."""
        if self._server.problem is not None:
            raise self._server.problem

    @property
    def status(self) -> int:
        """The status of the product's last answer; 0 before the first."""
        return self._server.status


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, http: httpx.Client, url: str) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.http, self.url = http, url
        self.problem: Exception | None = None
        self.status = 0


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        self._carry(None)

    def do_POST(self) -> None:
        self._carry(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _carry(self, body: bytes | None) -> None:
        headers = {name: self.headers[name] for name in CARRIED if name in self.headers}
        try:
            answer = self.server.http.request(
                self.command, f"{self.server.url}{self.path}", content=body, headers=headers
            )
        except Exception as problem:  # it belongs to whoever started the program
            self.server.problem = problem
            self.send_error(502)
            return
        self.server.status = answer.status_code
        self.send_response(answer.status_code)
        if kind := answer.headers.get("content-type"):
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *args: object) -> None:
        """The client's record says everything."""
