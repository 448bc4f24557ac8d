"""Builds who takes part when the credential is at work; nothing of it before a scenario asks."""

from dataclasses import replace
from functools import cache, partial

from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.reference.phone.supplicant import Supplicant
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.relying_party.use_parts import RADIUS_WITH_OCSP
from dpc_conformance.reference.relying_party.vpn.gateway import ThirdPartyGateway
from dpc_conformance.reference.relying_party.wireless.network import ThirdPartyNetwork
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.status_desk import ReferenceStatusServices
from dpc_conformance.reference.visitor import ReferenceVisitor
from dpc_conformance.reference.visitor_credentials import VisitorCredentials
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.use import UseCast
from dpc_conformance.roles.vpn_gateway import VpnGateway
from dpc_conformance.roles.web_application import WebApplication
from dpc_conformance.roles.wireless_network import WirelessNetwork

ANOTHER_DEPARTMENT = "server.another-department.dpc.example"
VISITOR = "visitor"


def use_cast(scene: Scene, cardholder: Person) -> UseCast:
    """Relying parties by the software they run on, a visitor, and the status services under a tester's hand."""
    stage = scene.stage

    @cache
    def web_application(kind: str) -> WebApplication:
        return scene.use.web_application(kind)

    @cache
    def wireless_network(kind: str) -> WirelessNetwork:
        return scene.use.wireless_network(kind)

    @cache
    def vpn_gateway(kind: str) -> VpnGateway:
        return scene.use.vpn_gateway(kind)

    def wrong_gateway(kind: str, whose: str) -> None:
        gateway = vpn_gateway(kind)
        if not isinstance(gateway, ThirdPartyGateway):
            raise NotSupported("the gateway", "give way to another one")
        gateway.give_way(_wrong_identity(scene, gateway.parts.name, whose))

    credentials = VisitorCredentials(
        stage.pki, scene.status, scene.clock, scene.entropy.branch(VISITOR), stage.pool.scenario(), cardholder
    )
    return UseCast(
        web_application=web_application,
        wireless_network=wireless_network,
        wrong_server=partial(_wrong_server, scene),
        vpn_gateway=vpn_gateway,
        wrong_gateway=wrong_gateway,
        visitor=ReferenceVisitor(
            credentials,
            partial(open_client, stage.names, scene.tls_roots, scene.recorder, scene.clock, VISITOR),
            Supplicant(scene.use.air, scene.recorder, scene.clock, VISITOR),
            scene.use.tunnel_device(VISITOR),
        ),
        status_services=ReferenceStatusServices(scene.status, stage.pki),
    )


def _wrong_server(scene: Scene, ssid: str, whose: str) -> None:
    parts = scene.use.network_parts(RADIUS_WITH_OCSP)
    identity = _wrong_identity(scene, parts.server_name, whose)
    ThirdPartyNetwork(replace(parts, ssid=ssid, identity=identity)).come_up()


def _wrong_identity(scene: Scene, name: str, whose: str) -> TlsIdentity:
    identities = {
        "a stranger's": partial(scene.stage.impostor_authority.identity, name),
        "another department's": partial(scene.stage.pki.tls_identity, ANOTHER_DEPARTMENT),
    }
    return identities[whose]()
