"""The issuer of derived PIV credentials."""

from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.roles.people import Person


class Issuer(Protocol):
    """Kiosk, enrolment service and records of the issuer."""

    @property
    def kiosk_address(self) -> str:
        """The kiosk's start page."""

    @property
    def sign_in_address(self) -> str:
        """Where the kiosk's sign-in asks for a certificate."""

    @property
    def enrolment_address(self) -> str:
        """What a QR code of this issuer points at, without its secret."""

    def open_account(self, person: Person, piv_authentication_certificate: bytes) -> None:
        """Have a PIV identity account for the holder of that card, approved for derivation by a sponsor."""

    def terminate_account(self, person: Person) -> None:
        """End the PIV identity account (FIPS 201-3 §2.9.4), whatever the card's certificates say."""

    def read_cards(self) -> None:
        """Have the kiosk read the data on the card after a sign-in, and refuse a card whose data are not good.

        Raises NotSupported: what TLS shows is all that PKI-AUTH asks for.
        """

    def credentials_of(self, person: Person) -> tuple[IssuedCredential, ...]:
        """Every derived credential of the account, oldest first."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision so far, oldest first."""

    def published(self) -> tuple[bytes, ...]:
        """Every certificate (DER) that the issuer's public repository hands out."""
