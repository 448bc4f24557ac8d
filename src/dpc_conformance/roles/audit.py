"""Audit records, in the shape every server role hands them out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AuditRecord:
    """One decision: who asked for what, when, and how it ended.

    `actor` is an account, device id or "unknown"; `action` reads like `sign-in`, `request`, `issue`, `revoke`;
    `outcome` is `accepted` or `refused`; `reason` is a Reason for a refusal, else empty.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    outcome: str
    reason: str = ""
    detail: str = ""
