"""Loopback ports that nobody uses at the moment."""

import socket

from dpc_conformance.protocols.network import LOOPBACK

TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM


def free_port(kind: socket.SocketKind) -> int:
    """A free port on the loopback address; whoever binds it next has it, so be prepared for PortTaken."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
