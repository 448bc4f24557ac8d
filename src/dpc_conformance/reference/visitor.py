"""The reference's visitor: a browser and a supplicant with credentials in software."""

from collections.abc import Callable

import httpx

from dpc_conformance.protocols.http_client import ClientCertificate
from dpc_conformance.reference.phone.client_tls import software_certificate
from dpc_conformance.reference.phone.supplicant import Supplicant
from dpc_conformance.reference.phone.web_page import page
from dpc_conformance.reference.visitor_credentials import VisitorCredentials
from dpc_conformance.reference.vpn.device import TunnelDevice
from dpc_conformance.reference.wireless.eapol_test import Identity
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.vpn_gateway import VpnAccess
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile

PASSWORD = "correct horse"  # noqa: S105  nobody has set one


class ReferenceVisitor:
    """Implements roles.visitor.Visitor. `open_http` opens a client, with a certificate where one is given."""

    def __init__(
        self,
        credentials: VisitorCredentials,
        open_http: Callable[[ClientCertificate | None], httpx.Client],
        supplicant: Supplicant,
        tunnel_device: TunnelDevice,
    ) -> None:
        self._credentials, self._open_http = credentials, open_http
        self._supplicant, self._tunnel_device = supplicant, tunnel_device

    def holder(self, kind: str) -> Person:
        """To whom the credential of that kind was issued."""
        return self._credentials.holder(kind)

    def certificate(self, kind: str) -> bytes:
        """Its certificate (DER)."""
        return self._credentials.take(kind).chain[0]

    def open(self, address: str, kind: str | None) -> Screen:
        """Open a web application with it, or without any. Raises RefusedAtTls, Unreachable."""
        shown = software_certificate(self._credentials.take(kind)) if kind else None
        with self._open_http(shown) as http:
            return page(http.get(address))

    def join(self, network: WirelessProfile, kind: str | None, name: str = "") -> Joining:
        """Join a wireless network with it, or with a name and a password. Raises Unreachable, MachineLacks."""
        if kind is None:
            return self._supplicant.try_as(network, Identity(self.holder("good").upn, password=PASSWORD))
        return self._supplicant.join(network, self._credentials.take(kind), name=name)

    def tunnel(self, access: VpnAccess, kind: str | None) -> Joining:
        """Ask for a tunnel with it, or with a password, and for the page behind. Raises Unreachable, MachineLacks."""
        return self._tunnel_device.tunnel(access, self._credentials.take(kind) if kind else None)
