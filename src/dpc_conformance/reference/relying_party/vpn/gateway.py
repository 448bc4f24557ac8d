"""A gateway to a network that nobody else reaches, with third-party software."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.relying_party.crl_keeper import CrlKeeper
from dpc_conformance.reference.relying_party.program_audit import ProgramAudit
from dpc_conformance.reference.relying_party.vpn.page import PAGE, STATUS_PROXY, start_page
from dpc_conformance.reference.relying_party.vpn.strongswan import StrongSwan
from dpc_conformance.reference.vpn.charon import Charon, Inquiries
from dpc_conformance.reference.vpn.networks import Inside, Networks
from dpc_conformance.roles.vpn_gateway import VpnAccess


@dataclass
class GatewayParts:
    """What a gateway is made of; `name` and `tls_roots` are for the devices, which send the CAs below `anchor`.

    `keeper` brings CRLs to one that reads them, `status_path` is where the responder listens that another asks.
    """

    software: StrongSwan
    name: str
    tls_roots: list[x509.Certificate]
    identity: TlsIdentity
    anchor: x509.Certificate
    keeper: CrlKeeper
    status_path: Path
    published_delay: timedelta
    networks: Networks
    programs: Programs
    clock: RunClock


class ThirdPartyGateway:
    """Implements roles.vpn_gateway.VpnGateway; it is up from the first look at what devices have to know on."""

    def __init__(self, parts: GatewayParts) -> None:
        self.parts = parts
        self._charon: Charon | None = None
        self._audit = ProgramAudit("tunnel", parts.clock, parts.software.decisions)

    @property
    def access(self) -> VpnAccess:
        """What a device manager would send to devices. Raises MachineLacks."""
        if self._charon is None:
            start_page(self.parts.programs, self._inside, self.parts.status_path)
            if self.parts.software.crls:
                self.parts.keeper.renewed = self._start_again
            self._start()
        roots = tuple(root.public_bytes(Encoding.DER) for root in self.parts.tls_roots)
        return VpnAccess(self.parts.name, self._inside.gateway, PAGE, roots)

    @property
    def status_delay(self) -> timedelta:
        """What the operator says about CRLs, or about responses, each of which it keeps until it ends."""
        return self.parts.published_delay

    def follow_time(self) -> None:
        """It always does."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision so far, oldest first."""
        if self._charon is not None:
            self._audit.take_over(self._charon.program.process, self._charon.said())
        return self._audit.records()

    def give_way(self, identity: TlsIdentity) -> None:
        """Somebody else's gateway takes its place, with another certificate."""
        self.parts.identity = identity
        self._start_again()

    @cached_property
    def _inside(self) -> Inside:
        return self.parts.networks.inside()

    def _start(self) -> None:
        parts, software = self.parts, self.parts.software
        inquiries = Inquiries(software.ocsp, software.crls, STATUS_PROXY)
        self._charon = Charon(parts.programs, software.name, self._inside.place, inquiries, software.preload)
        crls = parts.keeper.pem() if software.crls else b""
        with self._charon.session() as session:
            software.load(session, self._inside.gateway, parts.identity, parts.anchor, crls)

    def _start_again(self) -> None:
        """With the CRLs that came, and nothing that was kept from before."""
        if self._charon is None:
            return
        self.audit()
        self._charon.stop()
        self._start()
