"""What every third-party server that takes derived credentials is made of, whatever it serves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.relying_party.crl_keeper import CrlKeeper
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.relying_party.server_files import ServerFiles


class ServerSoftware(Protocol):
    """One product."""

    @property
    def name(self) -> str:
        """The program's."""

    @property
    def reads_crls(self) -> bool:
        """Whether it reads CRLs from a file, rather than asking somebody else."""

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """What stands in its log about those who came."""


Software = TypeVar("Software", bound=ServerSoftware)


@dataclass(kw_only=True)
class ServerParts(Generic[Software]):
    """`anchor` and `authorities` are the CAs that the server trusts.

    `keeper` brings CRLs to one that reads them, `ocsp` is the address of the responder that another asks.
    """

    software: Software
    identity: TlsIdentity
    anchor: x509.Certificate
    authorities: list[x509.Certificate]
    ocsp: str
    keeper: CrlKeeper
    published_delay: timedelta
    programs: Programs
    clock: RunClock

    @property
    def status_delay(self) -> timedelta:
        """What the operator says about CRLs; nothing where the responder is asked each time."""
        return self.published_delay if self.software.reads_crls else timedelta()

    def files(self, renewed: Callable[[], None]) -> ServerFiles:
        """The files of a server that is about to start; `renewed` is called when other CRLs are there."""
        files = ServerFiles(self.programs.folder(self.software.name))
        files.write(self.identity, self.anchor, self.authorities)
        if self.software.reads_crls:
            files.write_crls(self.keeper.pem())
            self.keeper.renewed = renewed
        return files
