"""What an authentication server is configured for, whichever it is."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.relying_party.server_files import ServerFiles
from dpc_conformance.reference.relying_party.server_parts import ServerSoftware


@dataclass(frozen=True)
class RadiusSite:
    """Its files, the port on which access points ask it, and the secret it shares with them.

    `ocsp` is the address of the OCSP responder, as the organisation's servers reach it.
    """

    files: ServerFiles
    ocsp: str
    port: int
    secret: str = field(repr=False)


class RadiusSoftware(ServerSoftware, Protocol):
    """How one product is configured to take derived credentials by EAP-TLS, and what its log says about that."""

    def plan(self, site: RadiusSite, log: Path) -> Plan:
        """Write the configuration and say how to start. Raises MachineLacks where it is not installed."""
