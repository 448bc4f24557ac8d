"""A tester's IKE gateway: the run's device asks it for tunnels out of a network of its own, through a relay."""

import ipaddress
import socket
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import Field

from dpc_conformance.adapters.hand_over import ToldServers
from dpc_conformance.adapters.real_server import ServerInScene, ServerSettings
from dpc_conformance.adapters.real_web_application import LAST_PORT, looked_up, roots_in
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.vpn.relay import Relay
from dpc_conformance.roles.vpn_gateway import VpnAccess

IKE, NAT_TRAVERSAL = 500, 4500
"""UDP ports (RFC 7296 §2, RFC 3948)."""
Port = Annotated[int, Field(ge=1, le=LAST_PORT)]


class GatewaySettings(ServerSettings):
    """The table `roles.relying_party.vpn`. The gateway has to take IKEv2 with NAT traversal and give addresses."""

    gateway: str = Field(min_length=1)
    """Its host name or IPv4 address."""
    ports: tuple[Port, Port] = (IKE, NAT_TRAVERSAL)
    """Where it takes IKE, and IKE and ESP behind NAT."""
    server_name: str = Field(min_length=1)
    """The DNS name in its certificate."""
    page: str = Field(pattern=r"^http://[0-9.]+(:[0-9]+)?/.*$", description="an address such as http://10.1.2.3/")
    """A page that only tunnels lead to; its host is an IPv4 address, for no names are resolved there."""


@dataclass(frozen=True)
class RealGateway:
    """The settings, read and checked; `place` is the gateway's address."""

    settings: GatewaySettings
    place: str
    roots: tuple[x509.Certificate, ...]

    @classmethod
    def read(cls, settings: GatewaySettings, folder: Path, where: str, error: type[ValueError]) -> "RealGateway":
        """Look up its name and read the roots. Raises `error` with a sentence that begins with `where`."""
        try:
            ipaddress.IPv4Address(urlsplit(settings.page).hostname or "")
        except ValueError:
            raise error(f"{where}.page: {settings.page}: expected an IPv4 address in it") from None
        return cls(settings, looked_up(settings.gateway, where, error), roots_in(folder / settings.trust, where, error))

    def in_scene(self, scene: Scene, servers: ToldServers) -> "GatewayInScene":
        """The gateway, for one scenario."""
        return GatewayInScene(self.settings, self.place, self.roots, scene, servers)


@dataclass
class GatewayInScene(ServerInScene):
    """Implements roles.vpn_gateway.VpnGateway."""

    called = "the gateway"

    settings: GatewaySettings
    place: str
    roots: tuple[x509.Certificate, ...]
    scene: Scene
    servers: ToldServers

    @property
    def access(self) -> VpnAccess:
        """What a device has to know. Raises Unreachable when it cannot be told about the run, MachineLacks."""
        self.servers.tell()
        roots = tuple(root.public_bytes(Encoding.DER) for root in self.roots)
        return VpnAccess(self.settings.server_name, self._relayed_at, self.settings.page, roots)

    @cached_property
    def _relayed_at(self) -> str:
        """Where devices find it in their own network."""
        inside = self.scene.use.networks.inside()
        relay = Relay()
        self.scene.on_close.append(relay.close)
        for port, real in zip((IKE, NAT_TRAVERSAL), self.settings.ports, strict=True):
            sending = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sending.connect((self.place, real))
            relay.carry(inside.socket_at(inside.gateway, port), sending)
        return inside.gateway
