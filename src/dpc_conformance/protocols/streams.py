"""Network streams for httpcore: TCP to the run's names, and any TLS library on top of it."""

import select
import socket
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Protocol

import httpcore

from dpc_conformance.evidence.records import TlsFacts
from dpc_conformance.protocols.network import Names
from dpc_conformance.roles.errors import Unreachable

TLS_FACTS = "tls_facts"
"""What a stream answers to `get_extra_info` with: TlsFacts, or None on a plain connection."""


class Channel(Protocol):
    """What a stream reads from and writes to; failures are OSError (TimeoutError for a time limit)."""

    def recv(self, count: int, /) -> bytes:
        """At most `count` bytes; empty when the peer closed."""

    def sendall(self, data: bytes, /) -> None:
        """Send all of it."""

    def close(self) -> None:
        """End the connection."""


Secure = Callable[[socket.socket, str], tuple[Channel, TlsFacts]]
"""The TLS handshake as a client of the named server. Raises ServerNotTrusted, RefusedAtTls or Unreachable."""


class NamedBackend(httpcore.NetworkBackend):
    """Connects to hosts through the run's Names and hands `secure` the sockets that need TLS."""

    def __init__(self, names: Names, secure: Secure) -> None:
        self._names, self._secure = names, secure

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """A stream to `host:port` of the run, Nagle off. Raises Unreachable."""
        address = self._names.resolve(host, port)
        try:
            connection = socket.create_connection(address, timeout)
        except TimeoutError as error:
            raise Unreachable(host, "no connection within the time limit") from error
        except OSError as error:
            raise Unreachable(host, error.strerror or type(error).__name__) from error
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Stream(connection, host, self._secure)


class _Stream(httpcore.NetworkStream):
    def __init__(self, connection: socket.socket, host: str, secure: Secure) -> None:
        self._socket, self._host, self._secure = connection, host, secure
        self._channel: Channel = connection
        self._facts: TlsFacts | None = None
        self._broken = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._socket.settimeout(timeout)
            return self._channel.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            self._broken = True
            raise httpcore.ReadError(reason_of(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        try:
            self._socket.settimeout(timeout)
            self._channel.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(reason_of(error)) from error

    def close(self) -> None:
        if self._broken:
            wait_for_the_end(self._socket)
        with suppress(OSError):
            self._channel.close()
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,  # noqa: ARG002  `secure` has its own settings
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        self._socket.settimeout(timeout)
        try:
            self._channel, self._facts = self._secure(self._socket, server_hostname or self._host)
            # Python's ssl takes over the descriptor and leaves the old socket without one.
            if isinstance(self._channel, socket.socket):
                self._socket = self._channel
        except Exception:
            # Also when it is we who give up (the card was pulled out): the server keeps a record of that.
            wait_for_the_end(self._socket)
            self._socket.close()
            raise
        except BaseException:
            self._socket.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == TLS_FACTS:
            return self._facts
        if info == "is_readable":
            # An idle connection that has something to say was closed by its peer.
            return bool(select.select([self._socket], [], [], 0)[0])
        return None


def wait_for_the_end(connection: socket.socket) -> None:
    """Say that nothing more comes and read a failed connection to its end, for a second at most.

    A server writes its audit record after the alert and before it lets go of the connection; whoever asks for the
    audit next should find it.
    """
    with suppress(OSError):
        connection.settimeout(1.0)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            continue


def reason_of(error: OSError) -> str:
    """The words for a failed connection: the TLS alert where there is one."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.lower()
    return error.strerror or str(error) or type(error).__name__
