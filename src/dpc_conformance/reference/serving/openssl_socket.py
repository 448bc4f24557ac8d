"""A pyOpenSSL connection with the face of a socket: blocking calls with a time limit, for werkzeug's handler."""

import io
import select
import socket
import time
from collections.abc import Callable
from typing import Any, TypeVar

from cryptography import x509
from OpenSSL import SSL

Some = TypeVar("Some")


def reason_of(error: Exception) -> str:
    """Why OpenSSL gave up, in its own words, such as `bad signature`."""
    if isinstance(error, SSL.SysCallError):
        return str(error.args[-1]).lower()
    if isinstance(error, SSL.Error) and error.args and error.args[0]:
        reasons = [(library, reason) for library, _, reason in error.args[0] if reason]
        own = [reason for library, reason in reasons if library == "SSL routines"]
        return "; ".join(own or [reason for _, reason in reasons])
    if isinstance(error, SSL.ZeroReturnError):
        return "the client closed the connection"
    return str(error) or type(error).__name__


class OpenSslSocket:
    """One TLS connection. Each call waits at most `seconds` for the client, then raises TimeoutError."""

    def __init__(self, context: SSL.Context, accepted: socket.socket, seconds: float) -> None:
        accepted.setblocking(False)
        self._socket = accepted
        self._seconds = seconds
        self._tls = SSL.Connection(context, accepted)
        self._tls.set_accept_state()

    def handshake(self) -> None:
        """Complete the handshake within the time limit. Raises SSL.Error, OSError."""
        self._patiently(self._tls.do_handshake)

    def peer_certificates(self) -> tuple[x509.Certificate | None, list[x509.Certificate]]:
        """The client's certificate and what else it sent."""
        own = self._tls.get_peer_certificate(as_cryptography=True)
        return own, self._tls.get_peer_cert_chain(as_cryptography=True) or []

    def recv(self, count: int) -> bytes:
        """Up to `count` bytes; none at the end. Raises ConnectionError, TimeoutError."""
        try:
            return self._patiently(lambda: self._tls.recv(count))
        except SSL.ZeroReturnError:
            return b""
        except SSL.Error as error:
            raise ConnectionResetError(reason_of(error)) from error

    def sendall(self, data: bytes | memoryview) -> None:
        """Send everything. Raises ConnectionError, TimeoutError."""
        rest = memoryview(data).cast("B")
        try:
            while rest:
                # A record at a time, in bytes of its own: OpenSSL wants the same buffer again after "want write".
                part = bytes(rest[:16384])
                rest = rest[self._patiently(lambda part=part: self._tls.send(part)) :]  # type: ignore[misc]
        except SSL.Error as error:
            raise ConnectionResetError(reason_of(error)) from error

    def makefile(self, mode: str = "rb", buffering: int = -1) -> io.BufferedReader:  # noqa: ARG002
        """A buffered reader over the connection; writing goes through `sendall`."""
        return io.BufferedReader(_Reader(self), max(buffering, io.DEFAULT_BUFFER_SIZE))

    def settimeout(self, seconds: float) -> None:
        """From now on wait at most `seconds` for the client."""
        self._seconds = seconds

    def setsockopt(self, *option: Any) -> None:
        """Set an option of the TCP socket."""
        self._socket.setsockopt(*option)

    def fileno(self) -> int:
        """The TCP socket's descriptor, for selectors."""
        return self._socket.fileno()

    def shutdown(self, how: int) -> None:  # noqa: ARG002  TLS has one way to end
        """Tell the client that nothing more comes."""
        try:
            self._tls.shutdown()
            self._socket.shutdown(socket.SHUT_WR)
        except (SSL.Error, OSError):
            return

    def close(self) -> None:
        """End TLS without waiting for the client's answer, and free the socket."""
        self.shutdown(socket.SHUT_WR)
        self._socket.close()

    def _patiently(self, attempt: Callable[[], Some]) -> Some:
        # The machine's clock on purpose: this bounds a real wait for a real peer, not something of the run.
        deadline = time.monotonic() + self._seconds
        while True:
            try:
                return attempt()
            except SSL.WantReadError:
                wanted: tuple[list[socket.socket], list[socket.socket]] = ([self._socket], [])
            except SSL.WantWriteError:
                wanted = ([], [self._socket])
            left = deadline - time.monotonic()
            if left <= 0 or not any(select.select(*wanted, [], left)):
                raise TimeoutError("the client was silent for too long")


class _Reader(io.RawIOBase):
    """The reading half as a raw file."""

    def __init__(self, connection: OpenSslSocket) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._connection.recv(len(buffer))
        buffer[: len(data)] = data
        return len(data)
