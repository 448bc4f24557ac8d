"""Records about the issuer's audit log: its export, attempts on it, and refusals that it has to know of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AuditLogExported:
    """The issuer handed out its audit log (`formats.audit_chain`); `seal_key` verifies its seal (SPKI, DER)."""

    at: datetime
    content: bytes
    seal_key: bytes


@dataclass(frozen=True)
class AuditLogTampered:
    """Somebody changed the log behind the issuer's back; `number` is the first record that cannot fit any more.

    `how` is altered, removed or swapped (in the issuer's records), or what was done to an export.
    """

    at: datetime
    how: str
    number: int


@dataclass(frozen=True)
class AttemptRefused:
    """The issuer refused somebody; `action` is what was tried: sign-in, request, redeem or issue."""

    at: datetime
    action: str


AuditLogRecord = AuditLogExported | AuditLogTampered | AttemptRefused
