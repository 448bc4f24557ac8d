"""Gateways that let in whom they must not let in, or nobody."""

from datetime import timedelta

from dpc_conformance.faults.flows.status_lifetimes import hold_ocsp_responses
from dpc_conformance.faults.lenient_verifier import dateless_gateway
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.relying_party.use_parts import GATEWAY_WITH_CRLS, GATEWAY_WITH_OCSP
from dpc_conformance.reference.relying_party.vpn.strongswan import StrongSwan
from dpc_conformance.reference.scene import Scene

EACH_USE, INVALIDATED, NO_STATUS = "DPC-LC-RP-01", "DPC-LC-RP-02", "DPC-PATH-UNAVAIL-01"


@fault("gateway reads no CRLs", {EACH_USE, INVALIDATED, NO_STATUS})
def without_crls(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_CRLS] = StrongSwan(strict=False)


@fault("gateway asks no responder", {EACH_USE, INVALIDATED, NO_STATUS})
def without_ocsp(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_OCSP] = StrongSwan(strict=False)


@fault("gateway lets in whose status nobody tells", {EACH_USE, NO_STATUS})
def fails_open(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_OCSP] = StrongSwan(ocsp=True, strict=False)


@fault("gateway keeps what a responder says for a week", {EACH_USE, INVALIDATED})
def kept_for_a_week(scene: Scene) -> None:
    hold_ocsp_responses(scene, timedelta(days=7))


@fault("gateways are told to trust another root", {"DPC-PATH-ANCHOR-01"})
def another_root(scene: Scene) -> None:
    scene.use.anchor = scene.stage.pki.foreign_authority.certificate


@fault("gateway does not look at dates", {EACH_USE, "DPC-PATH-TIME-01"})
def any_time(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_OCSP] = StrongSwan(ocsp=True, preload=dateless_gateway(scene))


@fault("gateway lets in whoever has a password", {EACH_USE})
def passwords(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_CRLS] = StrongSwan(crls=True, passwords=True)


@fault("gateway accepts any policy", {"DPC-PATH-POLICY-01"})
def any_policy(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_CRLS] = StrongSwan(crls=True, policies=())


@fault("gateway demands a policy of PIV Cards", {"DPC-PATH-POLICY-01"})
def policy_of_cards(scene: Scene) -> None:
    scene.use.gateway_software[GATEWAY_WITH_OCSP] = StrongSwan(ocsp=True, policies=(oids.COMMON_AUTHENTICATION,))
