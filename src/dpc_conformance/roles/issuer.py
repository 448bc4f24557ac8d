"""The issuer of derived PIV credentials."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dpc_conformance.roles.audit import AuditRecord
from dpc_conformance.roles.people import Person


@dataclass(frozen=True)
class IssuedCredential:
    """A derived certificate in the records of its PIV identity account.

    `usage` is authentication, signature or key-management; `status` is delivered, signed or revoked;
    `piv_authentication_certificate` is the kept copy of the certificate that authorised it (DER).
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
    """`device` or `issuer`: who generated the key pair."""


class Issuer(Protocol):
    """Kiosk, enrolment service and records of the issuer."""

    @property
    def kiosk_address(self) -> str:
        """The kiosk's start page."""

    @property
    def enrolment_address(self) -> str:
        """What a QR code of this issuer points at, without its secret."""

    def open_account(self, person: Person, piv_authentication_certificate: bytes) -> None:
        """Have a PIV identity account for the holder of that card, approved for derivation by a sponsor."""

    def terminate_account(self, person: Person) -> None:
        """End the PIV identity account (FIPS 201-3 §2.9.4), whatever the card's certificates say."""

    def credentials_of(self, person: Person) -> tuple[IssuedCredential, ...]:
        """Every derived credential of the account, oldest first."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision so far, oldest first."""

    def published(self) -> tuple[bytes, ...]:
        """Every certificate (DER) that the issuer's public repository hands out."""
