"""What happens to a credential that lives on: re-key, modification, suspension."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class MaintenanceBegan:
    """The phone begins to replace its credential in place; what `client` sends until the end belongs to it."""

    at: datetime
    client: str


@dataclass(frozen=True)
class MaintenanceEnded:
    """The phone has done so, or not: `certificate` is what its key store holds now (DER)."""

    at: datetime
    client: str
    replaced: bool
    certificate: bytes


@dataclass(frozen=True)
class WireDamaged:
    """Somebody on the wire changed what was under way; `accepted` tells whether either side went on with it."""

    at: datetime
    accepted: bool


@dataclass(frozen=True)
class SuspensionAsked:
    """The issuer was asked to suspend a certificate (DER); it documents that it suspends for `longest` at most."""

    at: datetime
    certificate: bytes
    longest: timedelta


@dataclass(frozen=True)
class CrlEntrySeen:
    """What the CRL said of a certificate (DER): nothing (None), or the reason code of its entry (0: without one)."""

    at: datetime
    certificate: bytes
    reason: int | None


MaintenanceRecord = MaintenanceBegan | MaintenanceEnded | WireDamaged | SuspensionAsked | CrlEntrySeen
