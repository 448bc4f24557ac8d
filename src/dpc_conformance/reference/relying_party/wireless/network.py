"""A wireless network with a third-party authentication server."""

from dataclasses import dataclass, field
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.protocols.network import LOOPBACK
from dpc_conformance.reference.programs.ports import UDP
from dpc_conformance.reference.programs.program import Program
from dpc_conformance.reference.relying_party.program_audit import ProgramAudit
from dpc_conformance.reference.relying_party.server_parts import ServerParts
from dpc_conformance.reference.relying_party.wireless.radius import RadiusSite, RadiusSoftware
from dpc_conformance.reference.wireless.air import AccessPoint, Air
from dpc_conformance.roles.wireless_network import WirelessProfile


@dataclass(kw_only=True)
class NetworkParts(ServerParts[RadiusSoftware]):
    """What a wireless network is made of; `server_name` and `tls_roots` are for the devices that join.

    `secret` is shared with the access points.
    """

    ssid: str
    server_name: str
    tls_roots: list[x509.Certificate]
    air: Air
    secret: str = field(repr=False)


class ThirdPartyNetwork:
    """Implements roles.wireless_network.WirelessNetwork; it is up from the first look at its profile on."""

    def __init__(self, parts: NetworkParts) -> None:
        self.parts = parts
        self._program: Program | None = None
        self._access_point: AccessPoint | None = None
        self._audit = ProgramAudit("join", parts.clock, parts.software.decisions)

    @property
    def profile(self) -> WirelessProfile:
        """What a device manager would send to devices. Raises MachineLacks."""
        self.come_up()
        parts = self.parts
        roots = tuple(root.public_bytes(Encoding.DER) for root in parts.tls_roots)
        return WirelessProfile(parts.ssid, parts.server_name, roots)

    @property
    def status_delay(self) -> timedelta:
        """What the operator says about CRLs; nothing where the responder is asked each time."""
        return self.parts.status_delay

    def follow_time(self) -> None:
        """It always does."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision of the authentication server so far, oldest first."""
        self._look()
        return self._audit.records()

    def come_up(self) -> None:
        """Start the authentication server, and have an access point in front of it. Raises MachineLacks."""
        if self._program is not None:
            return
        parts = self.parts
        files = parts.files(self._start_again)
        self._program, (port,) = parts.programs.start_on_free_ports(
            files.folder,
            (UDP,),
            lambda log, ports: parts.software.plan(RadiusSite(files, parts.ocsp, ports[0], parts.secret), log),
        )
        self._access_point = AccessPoint(LOOPBACK, port, parts.secret)
        parts.air.come_up(parts.ssid, self._access_point)

    def _start_again(self) -> None:
        """With the CRLs that came: it reads them when it starts."""
        if self._program is None or self._access_point is None:
            return
        self._look()
        self.parts.programs.stop(self._program)
        self.parts.air.go_down(self.parts.ssid, self._access_point)
        self._program = None
        self.come_up()

    def _look(self) -> None:
        if self._program is not None:
            self._audit.take_over(self._program.process, self.parts.programs.listen(self._program))
