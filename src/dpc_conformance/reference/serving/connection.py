"""What happens to a connection before its first request: nothing, ordinary TLS, or TLS with a client certificate."""

import contextlib
import socket
import ssl
import tempfile
from typing import Protocol

from dpc_conformance.reference.pki.tls import TlsIdentity

Environ = dict[str, object]


class HandshakeFailed(Exception):
    """The TLS handshake did not succeed; the text is the TLS library's reason."""


class Connection(Protocol):
    """What werkzeug's request handler needs of a socket, and what it is allowed to know about the client."""

    def close(self) -> None:
        """Free the socket."""


class Entrance(Protocol):
    """Turns an accepted TCP socket into a connection that requests can be read from."""

    secure: bool

    def admit(self, accepted: socket.socket, seconds: float) -> tuple[Connection, Environ]:
        """The connection, and what the WSGI environment learns from it.

        The handshake may take `seconds`; so may each later wait for the client. Raises HandshakeFailed.
        """

    def leave(self, connection: Connection) -> None:
        """Say good-bye without waiting for an answer, and free the socket."""


class PlainEntrance:
    """Plain HTTP."""

    secure = False

    def admit(self, accepted: socket.socket, seconds: float) -> tuple[Connection, Environ]:
        accepted.settimeout(seconds)
        return accepted, {}

    def leave(self, connection: Connection) -> None:
        connection.close()


class TlsEntrance:
    """TLS 1.2 and 1.3 with a server certificate, through Python's `ssl`."""

    secure = True

    def __init__(self, identity: TlsIdentity) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.configure(self._context)
        # `ssl` reads certificates from files only; this one is private to us and gone at the end of the block.
        with tempfile.NamedTemporaryFile() as file:
            file.write(identity.chain_pem + identity.key_pem)
            file.flush()
            self._context.load_cert_chain(file.name)

    def configure(self, context: ssl.SSLContext) -> None:
        """Set versions and cipher suites."""
        context.minimum_version = ssl.TLSVersion.TLSv1_2

    def admit(self, accepted: socket.socket, seconds: float) -> tuple[Connection, Environ]:
        accepted.settimeout(seconds)
        try:
            secured = self._context.wrap_socket(accepted, server_side=True)
        except OSError as error:
            raise HandshakeFailed(getattr(error, "reason", None) or str(error)) from error
        return secured, {}

    def leave(self, connection: Connection) -> None:
        if isinstance(connection, ssl.SSLSocket):
            connection.settimeout(0)
            with contextlib.suppress(OSError):
                connection.unwrap()
        connection.close()
