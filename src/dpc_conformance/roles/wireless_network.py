"""A wireless network of the organisation, where the derived credential is used by EAP-TLS."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord


@dataclass(frozen=True)
class WirelessProfile:
    """What a device has to know before it joins.

    `server_name` is the DNS name that the authentication server's certificate must carry, `roots` (DER) are whom to
    trust for it: without both a device would show its certificate to anybody (RFC 5216 §5.3).
    """

    ssid: str
    server_name: str
    roots: tuple[bytes, ...]


class Joining(StrEnum):
    """How an attempt to join ended."""

    JOINED = "joined"
    REFUSED = "refused"
    SERVER_NOT_TRUSTED = "server-not-trusted"
    """The device ended it: by EAP-TLS before it showed its certificate, by IKEv2 before it sent anything through."""


class WirelessNetwork(Protocol):
    """Access point and authentication server."""

    @property
    def profile(self) -> WirelessProfile:
        """What a device manager would send to devices."""

    @property
    def status_delay(self) -> timedelta:
        """How long a revocation may take to reach it, as its operator publishes."""

    def follow_time(self) -> None:
        """The run's clock is about to move by hours or years, and the server's with it.

        Raises NotSupported where that one lives by the machine's.
        """

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision of the authentication server so far, oldest first; none where nobody can read its log."""
