"""Phones that do not ask for tunnels as they should."""

from dataclasses import replace

from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.vpn.device import TunnelDevice
from dpc_conformance.roles.vpn_gateway import VpnAccess
from dpc_conformance.roles.wireless_network import Joining


@fault("phone has tunnels to any gateway", {"DPC-ISS-PHISH-01"})
def phone_any_gateway(scene: Scene) -> None:
    def believe(parts: PhoneParts) -> None:
        parts.tunnel_device = scene.use.tunnel_device("phone")
        parts.tunnel_device.verify_name = False
        parts.tunnel_device.more_roots.append(scene.stage.impostor_authority.root.public_bytes(Encoding.DER))

    scene.on_phone.append(believe)


class Short(TunnelDevice):
    """Sends its own certificate, and none of those above it."""

    def tunnel(self, access: VpnAccess, key: ActivatedKey | None) -> Joining:
        """See TunnelDevice."""
        return super().tunnel(access, replace(key, chain=key.chain[:1]) if key else None)


@fault("phone does not send the gateway the certificates above its own", {"DPC-PATH-ANCHOR-01"})
def phone_without_authorities(scene: Scene) -> None:
    def shorten(parts: PhoneParts) -> None:
        parts.tunnel_device = Short(scene.use.programs, scene.use.networks, scene.recorder, scene.clock, "phone")

    scene.on_phone.append(shorten)
