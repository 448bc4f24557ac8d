"""The reference issuer as a whole: two web applications, the role's verbs, and what the TLS layer reports."""

from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask, request
from flask.typing import ResponseReturnValue

from dpc_conformance.evidence.agencies import ServedAgency
from dpc_conformance.evidence.decisions import AuditExport, AuditRecord, CardLink, IssuedCredential
from dpc_conformance.evidence.documents import MaintenancePractice, ProcessDocument
from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.evidence.no_card import NoCardEvent
from dpc_conformance.reference.issuer.audit_export import tamper
from dpc_conformance.reference.issuer.escrow_office import EscrowOffice
from dpc_conformance.reference.issuer.hardware_records import HardwareRecords
from dpc_conformance.reference.issuer.non_pki_office import NonPkiOffice
from dpc_conformance.reference.issuer.pages import refusal_page
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.serving.web_app import WebApp
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

SPONSOR = "sponsor.office"


class ReferenceIssuer:
    """Implements roles.issuer.Issuer. `app` belongs on the ordinary https port, `sign_in_app` on the one that asks
    for a client certificate; `on_tls_refused` wants to hear of failed handshakes there.

    Built again over the same store, it goes on where an earlier process ended.
    """

    def __init__(self, parts: IssuerParts) -> None:
        self.parts = parts
        parts.notifier.issued()
        parts.maintenance.plan()
        parts.non_pki.plan()

    @cached_property
    def app(self) -> Flask:
        """Kiosk, enrolment and EST for the ordinary port."""
        app = WebApp(__name__)
        app.register_error_handler(Refused, self._refuse)
        for part in (
            self.parts.kiosk,
            self.parts.enrolment,
            self.parts.est,
            self.parts.maintenance.revocation_desk,
            self.parts.maintenance.restoration_desk,
            self.parts.non_pki.verification,
        ):
            app.register_blueprint(part.blueprint())
        return app

    @cached_property
    def sign_in_app(self) -> Flask:
        """Sign-in and renewal for the port that asks for a client certificate."""
        app = WebApp(__name__, own_visitors_only=True)
        app.register_error_handler(Refused, self._refuse)
        app.register_blueprint(self.parts.kiosk.sign_in_blueprint())
        app.register_blueprint(self.parts.est.renewal_blueprint())
        app.register_blueprint(self.parts.maintenance.rekey_desk.blueprint())
        app.register_blueprint(self.parts.key_escrow.service.blueprint())
        app.register_blueprint(self.parts.maintenance.restoration_desk.sign_in_blueprint())
        app.register_blueprint(self.parts.hardware.desk.blueprint())
        app.register_blueprint(self.parts.hardware.module_desk.blueprint())
        app.register_blueprint(self.parts.no_card.desk.blueprint())
        return app

    def _refuse(self, error: Refused) -> ResponseReturnValue:
        """What a page could not do, such as put something on record where there is no room."""
        self.parts.audit.refused(f"{request.method} {request.path}", error)
        return refusal_page(self.parts.settings.display_name, error.refusal, self.kiosk_address)

    def on_tls_refused(self, reason: str) -> None:
        """A handshake failed on the sign-in port: nobody proved possession of anything."""
        self.parts.audit.refuse("sign-in", Refusal(Reason.PROOF_OF_POSSESSION, reason))

    @property
    def kiosk_address(self) -> str:
        """The kiosk's start page."""
        return f"{self.parts.settings.origin}/"

    @property
    def sign_in_address(self) -> str:
        """Where the kiosk's sign-in asks for a certificate."""
        return f"{self.parts.settings.sign_in_origin}/sign-in"

    @property
    def enrolment_address(self) -> str:
        """What a QR code of this issuer points at, without its secret."""
        return self.parts.settings.enrolment_address

    @cached_property
    def escrow(self) -> EscrowOffice:
        """The key escrow and the recovery of keys."""
        return EscrowOffice(self.parts)

    @cached_property
    def hardware(self) -> HardwareRecords:
        """What is on record about hardware credentials."""
        return HardwareRecords(self.parts)

    @cached_property
    def non_pki(self) -> NonPkiOffice:
        """Derived credentials that are no certificates."""
        return NonPkiOffice(self.parts)

    def open_account(self, person: Person, piv_authentication_certificate: bytes) -> None:
        """Open the account and have a sponsor approve a derived credential for it."""
        certificate = x509.load_der_x509_certificate(piv_authentication_certificate)
        self.parts.accounts.open(person, certificate, SPONSOR)

    def terminate_account(self, person: Person) -> None:
        """End the account and revoke what was derived for it (SP 800-157 §2.4)."""
        self.parts.accounts.terminate(person.account)
        self.parts.revocations.of_account(person.account, "cessationOfOperation", "the PIV identity account has ended")

    def lose_eligibility(self, person: Person) -> None:
        """The account ends now; what was derived for it is revoked when the agency's feed is read the next time."""
        account = person.account
        self.parts.accounts.terminate(account)
        self.agency_tells(AgencyNotice(self.parts.clock.now(), "account-terminated", account, account))

    def change_name(self, person: Person) -> None:
        """The account has that person's name from now on."""
        self.parts.maintenance.modifications.change_name(person)

    def record_proofing(self, person: Person, at: datetime) -> None:
        """The identity was last proofed at that moment."""
        self.parts.holder_records.proofed(person.account, at)

    def suspend(self, person: Person) -> None:
        """Put the person's derived credentials on hold."""
        self.parts.maintenance.suspensions.suspend(person.account)

    def most_credentials(self) -> int | None:
        """The configured limit."""
        return self.parts.settings.most_credentials

    def longest_suspension(self) -> timedelta:
        """The documented maximum."""
        return self.parts.settings.longest_suspension

    @property
    def restoration_page(self) -> str:
        """The page from which a holder signs in to end the suspension of a credential."""
        return f"{self.parts.settings.origin}/restoration"

    @property
    def restoration_address(self) -> str:
        """Where that sign-in asks for a certificate."""
        return f"{self.parts.settings.sign_in_origin}/restore"

    def read_cards(self) -> None:
        """Have the kiosk read cards from now on, whatever the settings say."""
        self.parts.card_reading.readings.wanted = True

    def credentials_of(self, person: Person) -> tuple[IssuedCredential, ...]:
        """Every derived credential of the account, oldest first."""
        return self.parts.credentials.of_account(person.account)

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision so far, oldest first."""
        return self.parts.audit.records()

    def audit_export(self) -> AuditExport:
        """The audit log as a chain under a signed seal."""
        return self.parts.audit_exporter.export()

    def tamper_with_audit(self, how: str) -> int:
        """Change the audit log behind the issuer's back; the number of the first record that cannot fit any more."""
        return tamper(self.parts.store, how)

    def served_agencies(self) -> tuple[ServedAgency, ...]:
        """The list by which the kiosk lets people in."""
        return self.parts.agencies.agencies

    def documents(self) -> tuple[ProcessDocument, ...]:
        """Documents of this repository."""
        return self.parts.documents.documents()

    def maintenance_practice(self) -> MaintenancePractice:
        """The settings of this issuer."""
        return self.parts.configuration.practice()

    def published(self) -> tuple[bytes, ...]:
        """What the EST service hands out to anybody: certificates of authorities."""
        return tuple(certificate.public_bytes(Encoding.DER) for certificate in self.parts.ca_certificates())

    def agency_tells(self, notice: AgencyNotice) -> None:
        """The agency's back-end puts a notice on its feed; the issuer reads it in its own time."""
        self.parts.backend.announce(notice)

    def no_card_events(self, person: Person) -> tuple[NoCardEvent, ...]:
        """Every decision about the account."""
        return self.parts.no_card.events.of_account(person.account)

    def card_links(self, person: Person) -> tuple[CardLink, ...]:
        """For each derived credential of the account, the card that authorised it."""
        return self.parts.credentials.links(person.account)

    def close_reviews(self, person: Person, officer: str, confirmed: bool) -> None:
        """A security officer decides every open review of the person's credentials."""
        self.parts.maintenance.reviews.close(person.account, officer, confirmed)

    def close(self) -> None:
        """The process ends: nothing that it planned happens any more, and its records are closed."""
        self.parts.clock.stop()
        self.parts.key_escrow.escrow.close()
        self.parts.hardware.archive.close()
        self.parts.store.close()
