"""Builds who takes part when the credential is at work; nothing of it before a scenario asks."""

from dataclasses import replace
from functools import cache, partial

from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.reference.phone.supplicant import Supplicant
from dpc_conformance.reference.relying_party.use_parts import RADIUS_WITH_OCSP
from dpc_conformance.reference.relying_party.wireless.network import ThirdPartyNetwork
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.status_desk import ReferenceStatusServices
from dpc_conformance.reference.visitor import ReferenceVisitor
from dpc_conformance.reference.visitor_credentials import VisitorCredentials
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.use import UseCast
from dpc_conformance.roles.web_application import WebApplication
from dpc_conformance.roles.wireless_network import WirelessNetwork

ANOTHER_DEPARTMENT = "radius.another-department.dpc.example"
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

    credentials = VisitorCredentials(
        stage.pki, scene.status, scene.clock, scene.entropy.branch(VISITOR), stage.pool.scenario(), cardholder
    )
    return UseCast(
        web_application=web_application,
        wireless_network=wireless_network,
        wrong_server=partial(_wrong_server, scene),
        visitor=ReferenceVisitor(
            credentials,
            partial(open_client, stage.names, scene.tls_roots, scene.recorder, scene.clock, VISITOR),
            Supplicant(scene.use.air, scene.recorder, scene.clock, VISITOR),
        ),
        status_services=ReferenceStatusServices(scene.status, stage.pki),
    )


def _wrong_server(scene: Scene, ssid: str, whose: str) -> None:
    stage = scene.stage
    parts = scene.use.network_parts(RADIUS_WITH_OCSP)
    identities = {
        "a stranger's": partial(stage.impostor_authority.identity, parts.server_name),
        "another department's": partial(stage.pki.tls_identity, ANOTHER_DEPARTMENT),
    }
    ThirdPartyNetwork(replace(parts, ssid=ssid, identity=identities[whose]())).come_up()
