"""`adapter = "http"` for the role device manager: one whose administration is reachable over HTTPS."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.over_http.connection import Access
from dpc_conformance.adapters.over_http.player import Player
from dpc_conformance.adapters.over_http.product import Product, described, keeping
from dpc_conformance.adapters.over_http.settings import DeviceManagerSettings
from dpc_conformance.casting_players import Absent
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.device_manager import DeviceManager
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

ROLE, PHONE = "device_manager", "phone"
UNSEEN = "a product manages the phones: nobody saw what passes between them"


@dataclass(frozen=True)
class HttpDeviceManager:
    """Puts the product into the role. Its phones are its own: the reference's phone speaks another protocol.

    Who has one in hand is an adapter for the role phone; without one, what needs a phone is BLOCKED. `alone` says that
    nobody else on stage is a product: then nothing that the suite sees is the product's.
    """

    product: Product
    settings: DeviceManagerSettings
    alone: bool

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "HttpDeviceManager":
        """Read and check everything that the table names. TargetError: target file, key, problem."""
        wanted = fit(settings, DeviceManagerSettings, f"{target.file}: roles.{ROLE}.", TargetError)
        wrong = keeping(TargetError, target.file, ROLE)
        urls = (wanted.service_address,) if wanted.service_address else ()
        access = Access.read(wanted, target.file.parent, urls, wrong)
        product = described(ROLE, DeviceManager, wanted, access, wrong)
        access.expect_there(wrong)
        return cls(product, wanted, target.products == {ROLE})

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        connection = self.product.take_part(scene)
        more = {"service_address": self.settings.service_address} if self.settings.service_address else {}
        player = Player(ROLE.replace("_", " "), connection, self.product.verbs, more)
        scene.players[ROLE] = lambda: player
        scene.players.setdefault(PHONE, lambda: Absent("phone of that device manager"))
        if self.alone:
            scene.recorder.see_only((), UNSEEN)


ADAPTER = Adapter(
    ROLE,
    "http",
    "A device manager whose requests the target describes.",
    DeviceManagerSettings,
    HttpDeviceManager.read,
)
