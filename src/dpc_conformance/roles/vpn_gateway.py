"""A gateway to the organisation's network, where the derived credential is used by IKEv2."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord


@dataclass(frozen=True)
class VpnAccess:
    """What a device has to know before it asks for a tunnel.

    `name` is the DNS name that the gateway's certificate must carry, `roots` (DER) are whom to trust for it; `address`
    is where the gateway is (IPv4), `page` the address of a page behind it, whose host is an IPv4 address, too.
    """

    name: str
    address: str
    page: str
    roots: tuple[bytes, ...]


class VpnGateway(Protocol):
    """The gateway, and a page behind it that nobody else reaches."""

    @property
    def access(self) -> VpnAccess:
        """What a device manager would send to devices. Raises MachineLacks."""

    @property
    def status_delay(self) -> timedelta:
        """How long a revocation may take to reach it, as its operator publishes."""

    def follow_time(self) -> None:
        """The run's clock is about to move by hours or years, and the gateway's with it."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision of the gateway so far, oldest first."""
