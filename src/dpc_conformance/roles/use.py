"""The roles of the credential at work: where it is used, who comes there, and who can say that it is good."""

from collections.abc import Callable
from dataclasses import dataclass

from dpc_conformance.roles.status_services import StatusServices
from dpc_conformance.roles.visitor import Visitor
from dpc_conformance.roles.vpn_gateway import VpnGateway
from dpc_conformance.roles.web_application import WebApplication
from dpc_conformance.roles.wireless_network import WirelessNetwork


@dataclass(frozen=True)
class UseCast:
    """Everyone is built when first asked for. Raises MachineLacks where the machine lacks a program for it."""

    web_application: Callable[[str], WebApplication]
    """By the server that it runs on: `nginx with CRLs`, `nginx with OCSP`, `Apache httpd with OCSP`.

    `Apache httpd for AAL2` and `Apache httpd for AAL3` demand these levels. Where the target names a web application,
    it is that one, whatever the server; its part for AAL3 is named, too, or there is none.
    """
    wireless_network: Callable[[str], WirelessNetwork]
    """By its authentication server: `FreeRADIUS with CRLs`, `FreeRADIUS with OCSP`, `hostapd with CRLs`."""
    wrong_server: Callable[[str, str], None]
    """Somebody's access point takes the place of a network's: its SSID, and whose authentication server is behind it.

    `a stranger's` has a certificate from nobody whom devices trust, `another department's` one for another name.
    """
    vpn_gateway: Callable[[str], VpnGateway]
    """By its software: `strongSwan with CRLs`, `strongSwan with OCSP`."""
    wrong_gateway: Callable[[str, str], None]
    """Another gateway takes the place of that one; whose it is reads as for `wrong_server`."""
    visitor: Visitor
    status_services: StatusServices
