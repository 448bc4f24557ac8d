"""The browser's way into the network: a proxy on loopback that knows the run's names, and nothing else."""

import contextlib
import select
import socket
import threading

from dpc_conformance.protocols.network import LOOPBACK, Names
from dpc_conformance.roles.errors import Unreachable

LONGEST_REQUEST = 65536
PATIENCE_SECONDS = 10.0
CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
NOT_HERE = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Place = tuple[str, int]


class Gateway:
    """Opens tunnels (RFC 9110 §9.3.6) to the run's hosts; what else a browser looks for, it does not find.

    A tunnel to a place waits until the server there has seen the end of those that the browser has closed before: what
    it puts on record stands in the order in which the browser did it.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._open: dict[socket.socket, tuple[Place, socket.socket]] = {}
        self._changed = threading.Condition()
        self._listening = socket.create_server((LOOPBACK, 0))
        self._thread = threading.Thread(target=self._serve, name="gateway", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """For the browser's proxy setting."""
        return f"http://{LOOPBACK}:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Close every tunnel."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()
        with self._changed:
            for browser, (_, server) in self._open.items():
                _cut(browser)
                _cut(server)
            self._changed.wait_for(lambda: not self._open, PATIENCE_SECONDS)

    def _serve(self) -> None:
        while True:
            try:
                browser, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._admit, args=(browser,), name="gateway: a request", daemon=True).start()

    def _admit(self, browser: socket.socket) -> None:
        with browser, contextlib.suppress(OSError):
            browser.settimeout(PATIENCE_SECONDS)
            place = _wanted(browser)
            try:
                server = socket.create_connection(self._names.resolve(*place), PATIENCE_SECONDS)
            except (Unreachable, OSError, UnicodeError):
                browser.sendall(NOT_HERE)
                return
            with server:
                self._tunnel(browser, server, place)

    def _tunnel(self, browser: socket.socket, server: socket.socket, place: Place) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._ends(place), PATIENCE_SECONDS)
            self._open[browser] = place, server
        for each in (browser, server):
            each.settimeout(None)
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        browser.sendall(CONNECTED)
        back = threading.Thread(target=_carry, args=(server, browser), name="gateway: answers", daemon=True)
        back.start()
        _carry(browser, server)
        back.join(PATIENCE_SECONDS)
        with self._changed:
            del self._open[browser]
            self._changed.notify_all()

    def _ends(self, place: Place) -> bool:
        """Whether the browser has closed a tunnel to it that is still there, whatever its threads have got to."""
        return any(where == place and _is_closed(browser) for browser, (where, _) in self._open.items())


def _wanted(browser: socket.socket) -> Place:
    """Host and port that a CONNECT names; a place that is nowhere for everything else."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_REQUEST:
        part = browser.recv(4096)
        if not part:
            break
        head += part
    method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
    host, _, port = rest.partition(" ")[0].rpartition(":")
    return (host, int(port)) if method == "CONNECT" and port.isdigit() else ("", 0)


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _is_closed(browser: socket.socket) -> bool:
    """Whether the other end was closed, also where not everything that it sent was read."""
    poll = select.poll()
    poll.register(browser, select.POLLRDHUP)
    return bool(poll.poll(0))


def _cut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
