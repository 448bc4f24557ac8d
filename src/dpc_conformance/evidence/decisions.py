"""What a server role has on record: its decisions and the credentials it issued."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AuditRecord:
    """One decision: who asked for what, when, and how it ended.

    `actor` is an account, device id or "unknown"; `action` reads like `sign-in`, `request`, `issue`, `revoke`;
    `outcome` is `accepted` or `refused`; `reason` is one of roles.reasons.Reason for a refusal, else empty.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    outcome: str
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True)
class IssuedCredential:
    """A derived certificate in the records of its PIV identity account.

    `usage` is authentication, signature or key-management; `status` is signed, delivered or revoked;
    `piv_authentication_certificate` is the kept copy of the certificate that authorised it (DER);
    `key_origin` is `device` or `issuer`: who generated the key pair.
    """

    account: str
    device_id: str
    usage: str
    certificate: bytes
    issued_at: datetime
    identity_verified_at: datetime
    status: str
    piv_authentication_certificate: bytes
    key_origin: str
