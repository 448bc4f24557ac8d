"""What an authentication server is configured for, whichever it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.relying_party.server_files import ServerFiles


@dataclass(frozen=True)
class RadiusSite:
    """Its files, the port on which access points ask it, and the secret it shares with them.

    `ocsp` is the address of the OCSP responder, as the organisation's servers reach it.
    """

    files: ServerFiles
    ocsp: str
    port: int
    secret: str = field(repr=False)


class RadiusSoftware(Protocol):
    """How one product is configured to take derived credentials by EAP-TLS, and what its log says about that."""

    @property
    def name(self) -> str:
        """The program's."""

    @property
    def reads_crls(self) -> bool:
        """Whether it reads CRLs from a file, rather than asking somebody else."""

    def plan(self, site: RadiusSite, log: Path) -> Plan:
        """Write the configuration and say how to start. Raises MachineLacks where it is not installed."""

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """What stands in its log."""
