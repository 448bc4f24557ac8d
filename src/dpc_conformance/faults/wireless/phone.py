"""Phones that do not join networks as they should."""

from dataclasses import replace

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.supplicant import Supplicant
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile


@fault("phone shows its certificate to any authentication server", {"DPC-ISS-PHISH-01"})
def any_server(scene: Scene) -> None:
    def believe(parts: PhoneParts) -> None:
        parts.supplicant.verify_server = False

    scene.on_phone.append(believe)


class Short(Supplicant):
    """Sends its own certificate, and none of those above it."""

    def join(self, network: WirelessProfile, key: ActivatedKey, newest_tls: str = "TLSv1.3", name: str = "") -> Joining:
        """See Supplicant."""
        return super().join(network, replace(key, chain=key.chain[:1]), newest_tls, name)


@fault("phone does not send the certificates above its own", {"DPC-PATH-ANCHOR-01"})
def without_authorities(scene: Scene) -> None:
    def shorten(parts: PhoneParts) -> None:
        parts.supplicant = Short(scene.use.air, scene.recorder, scene.clock, "phone")

    scene.on_phone.append(shorten)
