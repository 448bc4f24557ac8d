"""What a server role has on record: its decisions and the credentials it issued."""

from dataclasses import dataclass
from datetime import datetime

OTHER = "other"
"""The action of a record for which the suite has no word."""


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
    `key_origin` is `device` or `issuer`: who generated the key pair; `key_copy` tells that the issuer still has a copy
    of the private key, also an enveloped one, outside its key escrow; None where its records do not tell.
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
    key_copy: bool | None = None
    identity_proofed_at: datetime | None = None
    """When the holder's identity was last proofed in person or by supervised remote; None where it is not on record."""


@dataclass(frozen=True)
class CardLink:
    """How the issuer finds a derived credential from the card: `identifiers` are the card's UUIDs and FASC-N.

    `serial` is that of the derived certificate (hexadecimal); identifiers read `urn:uuid:...` or `fasc-n:<hex>`.
    """

    serial: str
    account: str
    identifiers: tuple[str, ...]


@dataclass(frozen=True)
class AuditExport:
    """The audit log as it leaves the issuer (`formats.audit_chain`), and the key that verifies its seal (SPKI, DER)."""

    content: bytes
    seal_key: bytes
