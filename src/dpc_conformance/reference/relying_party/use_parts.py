"""The collaborators of the credential at work; a seeded defect swaps a server's software or configures it anew."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import oids
from dpc_conformance.protocols.network import LOOPBACK
from dpc_conformance.reference.pki.ocsp_answerer import LIFETIME
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.relying_party.crl_keeper import CrlKeeper
from dpc_conformance.reference.relying_party.vpn.gateway import GatewayParts, ThirdPartyGateway
from dpc_conformance.reference.relying_party.vpn.strongswan import StrongSwan
from dpc_conformance.reference.relying_party.web.httpd import Httpd
from dpc_conformance.reference.relying_party.web.nginx import Nginx
from dpc_conformance.reference.relying_party.web.server import ThirdPartyWebServer, WebServerParts
from dpc_conformance.reference.relying_party.web.site import WebServerSoftware
from dpc_conformance.reference.relying_party.wireless.freeradius import FreeRadius
from dpc_conformance.reference.relying_party.wireless.hostapd import Hostapd
from dpc_conformance.reference.relying_party.wireless.network import NetworkParts, ThirdPartyNetwork
from dpc_conformance.reference.relying_party.wireless.radius import RadiusSoftware
from dpc_conformance.reference.stage import ReferenceStage
from dpc_conformance.reference.vpn.device import TunnelDevice
from dpc_conformance.reference.vpn.networks import Networks
from dpc_conformance.reference.wireless.air import Air
from dpc_conformance.roles.vpn_gateway import VpnGateway
from dpc_conformance.roles.web_application import WebApplication
from dpc_conformance.roles.wireless_network import WirelessNetwork

NGINX_WITH_CRLS, NGINX_WITH_OCSP, HTTPD = "nginx with CRLs", "nginx with OCSP", "Apache httpd with OCSP"
HTTPD_AAL2, HTTPD_AAL3 = "Apache httpd for AAL2", "Apache httpd for AAL3"
RADIUS_WITH_CRLS, RADIUS_WITH_OCSP, HOSTAPD = "FreeRADIUS with CRLs", "FreeRADIUS with OCSP", "hostapd with CRLs"
GATEWAY_WITH_CRLS, GATEWAY_WITH_OCSP = "strongSwan with CRLs", "strongSwan with OCSP"
RADIUS_HOST = "radius.dpc.example"
GATEWAY_NAME = "vpn.dpc.example"
FETCH_EVERY = timedelta(hours=6)
"""How often servers fetch CRLs; the CA issues one at least every 18 hours (Common Policy CP §4.9.7)."""


class UseParts:
    """What the relying parties of one scenario are made of; no program runs before one of them is used."""

    def __init__(
        self,
        stage: ReferenceStage,
        clock: RunClock,
        recorder: Recorder,
        entropy: Entropy,
        http: Callable[[], httpx.Client],
    ) -> None:
        """`http` opens a client as servers use it."""
        self._stage, self._clock, self._recorder, self._entropy, self._http = stage, clock, recorder, entropy, http
        self.programs = Programs(clock, recorder)
        self.air = Air()
        self.networks = Networks(self.programs)
        self.fetch_every = FETCH_EVERY
        self.anchor = stage.pki.trust_anchor
        self.ocsp = f"http://{LOOPBACK}:{stage.status.port}/ocsp"
        """The OCSP responder, as programs reach it that do not know the run's names."""
        self.web_software: dict[str, WebServerSoftware] = {
            NGINX_WITH_CRLS: Nginx(crls=True),
            NGINX_WITH_OCSP: Nginx(ocsp=True),
            HTTPD: Httpd(),
            HTTPD_AAL2: Httpd(),
            HTTPD_AAL3: Httpd(policies=(oids.DERIVED_PIV_AUTH_HARDWARE,)),
        }
        self.radius_software: dict[str, RadiusSoftware] = {
            RADIUS_WITH_CRLS: FreeRadius(crls=True),
            RADIUS_WITH_OCSP: FreeRadius(ocsp=True),
            HOSTAPD: Hostapd(),
        }
        self.gateway_software = {
            GATEWAY_WITH_CRLS: StrongSwan(crls=True),
            GATEWAY_WITH_OCSP: StrongSwan(ocsp=True),
        }
        self.web_application: Callable[[str], WebApplication] = lambda kind: ThirdPartyWebServer(self.web_parts(kind))
        self.wireless_network: Callable[[str], WirelessNetwork] = lambda kind: ThirdPartyNetwork(
            self.network_parts(kind)
        )
        self.vpn_gateway: Callable[[str], VpnGateway] = lambda kind: ThirdPartyGateway(self.gateway_parts(kind))

    def web_parts(self, kind: str) -> WebServerParts:
        """Parts of a web application on that kind of server. KeyError for another kind."""
        pki, host = self._stage.pki, f"{_slug(kind)}.dpc.example"
        return WebServerParts(
            software=self.web_software[kind],
            host=host,
            identity=pki.tls_identity(host),
            anchor=self.anchor,
            authorities=pki.intermediates(),
            ocsp=self.ocsp,
            keeper=self._keeper(),
            published_delay=FETCH_EVERY,
            names=self._stage.names,
            programs=self.programs,
            clock=self._clock,
        )

    def network_parts(self, kind: str) -> NetworkParts:
        """Parts of a wireless network with that kind of authentication server. KeyError for another kind."""
        pki = self._stage.pki
        secret = self._entropy.branch(f"access points/{kind}").bytes(16).hex()
        self._recorder.keep_secret(secret)
        return NetworkParts(
            software=self.radius_software[kind],
            ssid=f"Agency {kind}",
            server_name=RADIUS_HOST,
            tls_roots=pki.tls_roots,
            identity=pki.tls_identity(RADIUS_HOST),
            anchor=self.anchor,
            authorities=pki.intermediates(),
            ocsp=self.ocsp,
            keeper=self._keeper(),
            published_delay=FETCH_EVERY,
            air=self.air,
            programs=self.programs,
            clock=self._clock,
            secret=secret,
        )

    def gateway_parts(self, kind: str) -> GatewayParts:
        """Parts of a gateway with that kind of software. KeyError for another kind."""
        pki, software = self._stage.pki, self.gateway_software[kind]
        return GatewayParts(
            software=software,
            name=GATEWAY_NAME,
            tls_roots=pki.tls_roots,
            identity=pki.tls_identity(GATEWAY_NAME),
            anchor=self.anchor,
            keeper=self._keeper(),
            status_path=self._stage.status_path,
            published_delay=FETCH_EVERY if software.crls else LIFETIME,
            networks=self.networks,
            programs=self.programs,
            clock=self._clock,
        )

    def tunnel_device(self, device: str) -> TunnelDevice:
        """What asks gateways for tunnels; `device` names who it is."""
        return TunnelDevice(self.programs, self.networks, self._recorder, self._clock, device)

    def _keeper(self) -> CrlKeeper:
        pki = self._stage.pki
        chain = (pki.root, pki.intermediate, pki.derived_authority)
        return CrlKeeper(self._http, [each.crl_url for each in chain], self._clock, self.fetch_every)


def _slug(kind: str) -> str:
    return kind.lower().replace(" ", "-")
