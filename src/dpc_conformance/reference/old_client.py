"""The reference's old client: one TLS version at a time through tlslite, or none at all."""

import socket
from urllib.parse import urlsplit

from tlslite.api import HandshakeSettings, TLSConnection
from tlslite.errors import BaseTLSException

from dpc_conformance.protocols.network import Names
from dpc_conformance.roles.hostile_phone import Attempt

VERSIONS = {"tls-1.0": (3, 1), "tls-1.1": (3, 2), "tls-1.2": (3, 3)}
PLAIN = "plain-http"
SECONDS = 5.0


class ReferenceOldClient:
    """Implements roles.old_client.OldClient."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def knock(self, address: str, how: str) -> Attempt:
        """One connection. ValueError for a language that it does not speak; Unreachable."""
        if how != PLAIN and how not in VERSIONS:
            raise ValueError(f"an old client does not speak {how}")
        parts = urlsplit(address)
        host = parts.hostname or ""
        with socket.create_connection(self._names.resolve(host, parts.port or 443), SECONDS) as connection:
            try:
                return _plainly(connection, host) if how == PLAIN else _handshake(connection, host, VERSIONS[how])
            except (BaseTLSException, OSError) as error:
                return Attempt(False, 0, str(error) or type(error).__name__)


def _handshake(connection: socket.socket, host: str, version: tuple[int, int]) -> Attempt:
    settings = HandshakeSettings()
    settings.minVersion = settings.maxVersion = version
    tls = TLSConnection(connection)
    tls.handshakeClientCert(settings=settings, serverName=host)
    return Attempt(True, 0, tls.session.getCipherName() or "")


def _plainly(connection: socket.socket, host: str) -> Attempt:
    connection.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    words = connection.recv(1024).split()
    status = int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else 0
    # A refusal, or the way to https, is no answer to the request.
    return Attempt(200 <= status < 300, status, "")
