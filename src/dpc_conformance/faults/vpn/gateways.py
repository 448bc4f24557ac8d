"""Gateways that let in whom they must not let in, or nobody."""

from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.relying_party.vpn.strongswan import StrongSwan
from dpc_conformance.reference.scene import Scene

EACH_USE, INVALIDATED, NO_STATUS = "DPC-LC-RP-01", "DPC-LC-RP-02", "DPC-PATH-UNAVAIL-01"


@fault("gateway reads no CRLs", {EACH_USE, INVALIDATED, NO_STATUS})
def without_crls(scene: Scene) -> None:
    scene.use.gateway_software = StrongSwan(crls=False, strict=False)


@fault("gateway lets in whose status nobody tells", {EACH_USE, NO_STATUS})
def fails_open(scene: Scene) -> None:
    scene.use.gateway_software = StrongSwan(strict=False)


@fault("gateway lets in whoever has a password", {EACH_USE})
def passwords(scene: Scene) -> None:
    scene.use.gateway_software = StrongSwan(passwords=True)


@fault("gateway accepts any policy", {"DPC-PATH-POLICY-01"})
def any_policy(scene: Scene) -> None:
    scene.use.gateway_software = StrongSwan(policies=())


@fault("gateway demands a policy of PIV Cards", {"DPC-PATH-POLICY-01"})
def policy_of_cards(scene: Scene) -> None:
    scene.use.gateway_software = StrongSwan(policies=(oids.COMMON_AUTHENTICATION,))
