"""Networks in which the gateway is not the only way in."""

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.vpn.networks import INSIDE, IP, NSENTER, Inside, Networks


class Open(Networks):
    """Whoever is outside knows a way to the page that needs no tunnel."""

    def inside(self) -> Inside:
        """See Networks."""
        made = super().inside()
        _, *words = self.outside(IP.find(), "route", "replace", INSIDE, "via", made.gateway)
        NSENTER.run(*words)
        return made


@fault(
    "page behind the gateway is open to everybody outside",
    {
        "DPC-LC-RP-01",
        "DPC-LC-RP-02",
        "DPC-PATH-TIME-01",
        "DPC-PATH-UNAVAIL-01",
        "DPC-PATH-POLICY-01",
        "DPC-ISS-PHISH-01",
    },
)
def open_page(scene: Scene) -> None:
    scene.use.networks = Open(scene.use.programs)
