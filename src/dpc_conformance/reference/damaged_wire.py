"""Somebody on the wire: a relay before a server, which changes bytes of whatever a client sends after the handshake."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from dpc_conformance.protocols.network import LOOPBACK, Names

APPLICATION_DATA = 23
HANDSHAKE_RECORDS = 3
"""Certificate, CertificateVerify and Finished of a client in TLS 1.3 look like application data, too."""
HEADER = 5


@contextmanager
def damaged_wire(names: Names, host: str, port: int) -> Iterator[None]:
    """While it lasts, connections to `host:port` run through the relay."""
    _, honest = names.resolve(host, port)
    with socket.create_server((LOOPBACK, 0)) as listener:
        threading.Thread(target=_accept, args=(listener, honest), daemon=True).start()
        names.add(host, port, listener.getsockname()[1])
        try:
            yield
        finally:
            names.add(host, port, honest)
            # Closing alone would leave the accepting thread where it waits.
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, honest: int) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_relay, args=(client, honest), daemon=True).start()


def _relay(client: socket.socket, honest: int) -> None:
    with client, socket.create_connection((LOOPBACK, honest)) as server:
        back = threading.Thread(target=_pump, args=(server, client), daemon=True)
        back.start()
        _pump_records(client, server)
        back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(16384):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def _pump_records(source: socket.socket, target: socket.socket) -> None:
    """Record by record, so that only what is encrypted application data is changed."""
    seen = 0
    try:
        with source.makefile("rb") as stream:
            while len(header := stream.read(HEADER)) == HEADER:
                body = bytearray(stream.read(int.from_bytes(header[3:], "big")))
                if header[0] == APPLICATION_DATA:
                    seen += 1
                    if seen > HANDSHAKE_RECORDS and body:
                        body[len(body) // 2] ^= 1
                target.sendall(header + body)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
