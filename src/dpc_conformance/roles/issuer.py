"""The issuer of derived PIV credentials."""

from datetime import datetime, timedelta
from typing import Protocol

from dpc_conformance.evidence.agencies import ServedAgency
from dpc_conformance.evidence.decisions import AuditExport, AuditRecord, CardLink, IssuedCredential
from dpc_conformance.evidence.documents import MaintenancePractice, ProcessDocument
from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.evidence.no_card import NoCardEvent
from dpc_conformance.roles.escrow import Escrow
from dpc_conformance.roles.hardware_records import HardwareRecords
from dpc_conformance.roles.non_pki import NonPkiRecords
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

    @property
    def escrow(self) -> Escrow:
        """The key escrow and the recovery of keys. Raises NotSupported."""

    @property
    def hardware(self) -> HardwareRecords:
        """The records about hardware credentials. Raises NotSupported."""

    @property
    def non_pki(self) -> NonPkiRecords:
        """Derived credentials that are no certificates. Raises NotSupported."""

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

    def audit_export(self) -> AuditExport:
        """The audit log for an auditor elsewhere, in the format of `formats.audit_chain`.

        Raises NotSupported where the log cannot leave the product, or not in that format.
        """

    def tamper_with_audit(self, how: str) -> int:
        """Have somebody with access to the records change the log: `altered`, `removed` or `swapped`, in the middle.

        Returns the number (from 1) of the first record that cannot fit any more. Raises NotSupported where nobody
        can be asked to do that.
        """

    def served_agencies(self) -> tuple[ServedAgency, ...]:
        """The agencies for whose cardholders it derives, as configured. Raises NotSupported."""

    def most_credentials(self) -> int | None:
        """How many derived authentication credentials one account may have active; None for any number.

        Raises NotSupported.
        """

    def documents(self) -> tuple[ProcessDocument, ...]:
        """The register of documents that it lays before a reviewer. Raises NotSupported."""

    def maintenance_practice(self) -> MaintenancePractice:
        """What it is configured to do about issued certificates, whatever its documents say. Raises NotSupported."""

    def published(self) -> tuple[bytes, ...]:
        """Every certificate (DER) that the issuer's public repository hands out."""

    def lose_eligibility(self, person: Person) -> None:
        """The agency no longer holds the person eligible for a PIV credential; what was issued is not revoked yet.

        Raises NotSupported where the tester cannot cause it.
        """

    def change_name(self, person: Person) -> None:
        """The PIV identity account of `person` has that person's name from now on. Raises NotSupported."""

    def record_proofing(self, person: Person, at: datetime) -> None:
        """The identity was last proofed in person, or by supervised remote, at that moment. Raises NotSupported."""

    def suspend(self, person: Person) -> None:
        """Put the person's derived credentials on hold. Raises NotSupported."""

    def longest_suspension(self) -> timedelta:
        """The maximum that the issuer documents (Common Policy CP §4.9.16). Raises NotSupported."""

    @property
    def restoration_page(self) -> str:
        """The page from which a holder signs in to end the suspension of a credential. Raises NotSupported."""

    @property
    def restoration_address(self) -> str:
        """Where that sign-in asks for a certificate. Raises NotSupported."""

    def agency_tells(self, notice: AgencyNotice) -> None:
        """Have the agency's back-end send this notice to the issuer, by whatever way they are connected.

        Raises NotSupported where the tester cannot cause it.
        """

    def no_card_events(self, person: Person) -> tuple[NoCardEvent, ...]:
        """What is on record about issuances to the person without a card, oldest first. Raises NotSupported."""

    def card_links(self, person: Person) -> tuple[CardLink, ...]:
        """For each derived credential of the account, the card to which the issuer links it. Raises NotSupported."""

    def close_reviews(self, person: Person, officer: str, confirmed: bool) -> None:
        """A security officer decides every open review of the person's credentials: confirmed, or revoked.

        Raises NotSupported.
        """
