"""A tester's wireless network, reached through its authentication server: eapol_test stands in for the access point."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import Field

from dpc_conformance.adapters.hand_over import ToldServers
from dpc_conformance.adapters.real_server import ServerInScene, ServerSettings
from dpc_conformance.adapters.real_web_application import PLACE, host_and_port, looked_up, roots_in
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.wireless.air import AccessPoint
from dpc_conformance.roles.wireless_network import WirelessProfile


class NetworkSettings(ServerSettings):
    """The table `roles.relying_party.wireless`."""

    ssid: str = Field(min_length=1, max_length=32)
    radius: str = Field(pattern=PLACE, description="host and port, such as radius.agency.example:1812")
    secret_file: Path | None = None
    """A file that holds the secret which access points share with that server, and nothing else."""
    secret_variable: str | None = None
    """The environment variable that holds it."""
    server_name: str = Field(min_length=1)
    """The DNS name in its certificate."""


@dataclass(frozen=True)
class RealNetwork:
    """The settings, read and checked."""

    settings: NetworkSettings
    access_point: AccessPoint
    roots: tuple[x509.Certificate, ...]

    @classmethod
    def read(cls, settings: NetworkSettings, folder: Path, where: str, error: type[ValueError]) -> "RealNetwork":
        """Look up its name, read secret and roots. Raises `error` with a sentence that begins with `where`."""
        host, port = host_and_port(settings.radius, f"{where}.radius", error)
        secret = _secret(settings, folder, where, error)
        access_point = AccessPoint(looked_up(host, where, error), port, secret)
        return cls(settings, access_point, roots_in(folder / settings.trust, where, error))

    def in_scene(self, scene: Scene, servers: ToldServers) -> "NetworkInScene":
        """The network, for one scenario."""
        scene.recorder.keep_secret(self.access_point.secret)
        scene.use.air.come_up(self.settings.ssid, self.access_point)
        return NetworkInScene(self.settings, self.roots, servers)


@dataclass
class NetworkInScene(ServerInScene):
    """Implements roles.wireless_network.WirelessNetwork."""

    called = "the wireless network"

    settings: NetworkSettings
    roots: tuple[x509.Certificate, ...]
    servers: ToldServers

    @property
    def profile(self) -> WirelessProfile:
        """What a device has to know. Raises Unreachable when the server cannot be told about the run."""
        self.servers.tell()
        roots = tuple(root.public_bytes(Encoding.DER) for root in self.roots)
        return WirelessProfile(self.settings.ssid, self.settings.server_name, roots)


def _secret(settings: NetworkSettings, folder: Path, where: str, error: type[ValueError]) -> str:
    if (settings.secret_file is None) == (settings.secret_variable is None):
        raise error(f"{where}: expected either secret_file or secret_variable, which names an environment variable")
    if settings.secret_file is not None:
        try:
            text, source = (folder / settings.secret_file).read_text("utf-8").strip(), str(settings.secret_file)
        except (OSError, UnicodeDecodeError):
            raise error(f"{where}.secret_file: {settings.secret_file}: expected a file that can be read") from None
    else:
        text, source = os.environ.get(settings.secret_variable or "", ""), str(settings.secret_variable)
    if not text:
        raise error(f"{where}: {source}: expected the shared secret in it")
    return text
