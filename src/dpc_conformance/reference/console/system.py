"""What the console is shown of a system that runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography import x509

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.roles.cast import Cast


@dataclass(frozen=True)
class RoleShown:
    """A role in the table: its name, the address people use, and the loopback port behind it."""

    name: str
    address: str
    port: int


@dataclass(frozen=True)
class System:
    """`move` moves the clock forward, `token` is what the console's own forms carry."""

    cast: Cast
    roles: Sequence[RoleShown]
    authorities: Sequence[x509.Certificate]
    move: Callable[[timedelta], None]
    token: str = field(repr=False)

    def logs(self) -> Mapping[str, tuple[AuditRecord, ...]]:
        """The audit log of each role that keeps one, oldest first."""
        cast = self.cast
        return {
            "identity provider": cast.identity_provider.audit(),
            "issuer": cast.issuer.audit(),
            "device manager": cast.device_manager.audit(),
            "web application": cast.relying_party.audit(),
        }
