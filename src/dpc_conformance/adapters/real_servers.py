"""`adapter = "servers"` for the role relying_party: servers of the tester's, each beside its own kind of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.hand_over import HandOver, ToldServers
from dpc_conformance.adapters.real_gateway import GatewaySettings, RealGateway
from dpc_conformance.adapters.real_network import NetworkSettings, RealNetwork
from dpc_conformance.adapters.real_web_application import RealWebApplication, WebSettings
from dpc_conformance.reference.scene import Scene
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

KEY = "roles.relying_party"


class ServersSettings(BaseModel):
    """The table `roles.relying_party` of a target file. A use that is not named stays with the run's own servers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hand_over: tuple[str, ...] = ()
    """A command that tells the servers whom to trust; see `hand_over.py`."""
    web: WebSettings | None = None
    wireless: NetworkSettings | None = None
    vpn: GatewaySettings | None = None


@dataclass(frozen=True)
class RealServersAdapter:
    """Puts the tester's servers into scenes."""

    hand_over: HandOver
    web: RealWebApplication | None
    wireless: RealNetwork | None
    vpn: RealGateway | None

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "RealServersAdapter":
        """Everything that the settings name. TargetError: target file, key, problem."""
        where, folder = f"{target.file}: {KEY}", target.file.parent
        wanted = fit(settings, ServersSettings, f"{where}.", TargetError)
        if wanted.web is None and wanted.wireless is None and wanted.vpn is None:
            raise TargetError(f"{where}: expected a table {KEY}.web, {KEY}.wireless or {KEY}.vpn")
        web = RealWebApplication.read(wanted.web, folder, f"{where}.web", TargetError) if wanted.web else None
        network = (
            RealNetwork.read(wanted.wireless, folder, f"{where}.wireless", TargetError) if wanted.wireless else None
        )
        gateway = RealGateway.read(wanted.vpn, folder, f"{where}.vpn", TargetError) if wanted.vpn else None
        return cls(HandOver(wanted.hand_over, folder), web, network, gateway)

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        servers = ToldServers(self.hand_over, scene)
        if self.web is not None:
            scene.use.web_application = self.web.in_scene(scene, servers)
        if self.wireless is not None:
            network = self.wireless.in_scene(scene, servers)
            scene.use.wireless_network = lambda _kind: network
        if self.vpn is not None:
            gateway = self.vpn.in_scene(scene, servers)
            scene.use.vpn_gateway = lambda _kind: gateway


ADAPTER = Adapter(
    "relying_party",
    "servers",
    "Web and RADIUS servers and an IKE gateway of the tester's, told by a command whom to trust.",
    ServersSettings,
    RealServersAdapter.read,
)
