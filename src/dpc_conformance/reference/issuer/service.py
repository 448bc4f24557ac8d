"""The reference issuer as a whole: two web applications, the role's verbs, and what the TLS layer reports."""

from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask

from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal
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
        parts.recheck.plan()

    @cached_property
    def app(self) -> Flask:
        """Kiosk, enrolment and EST for the ordinary port."""
        app = WebApp(__name__)
        for blueprint in (self.parts.kiosk.blueprint(), self.parts.enrolment.blueprint(), self.parts.est.blueprint()):
            app.register_blueprint(blueprint)
        return app

    @cached_property
    def sign_in_app(self) -> Flask:
        """Sign-in and renewal for the port that asks for a client certificate."""
        app = WebApp(__name__)
        app.register_blueprint(self.parts.kiosk.sign_in_blueprint())
        app.register_blueprint(self.parts.est.renewal_blueprint())
        return app

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

    def open_account(self, person: Person, piv_authentication_certificate: bytes) -> None:
        """Open the account and have a sponsor approve a derived credential for it."""
        certificate = x509.load_der_x509_certificate(piv_authentication_certificate)
        self.parts.accounts.open(person, certificate, SPONSOR)

    def terminate_account(self, person: Person) -> None:
        """End the account and revoke what was derived for it (SP 800-157 §2.4)."""
        self.parts.accounts.terminate(person.account)
        self.parts.revocations.of_account(person.account, "cessationOfOperation", "the PIV identity account has ended")

    def read_cards(self) -> None:
        """Have the kiosk read cards from now on, whatever the settings say."""
        self.parts.card_readings.wanted = True

    def credentials_of(self, person: Person) -> tuple[IssuedCredential, ...]:
        """Every derived credential of the account, oldest first."""
        return self.parts.credentials.of_account(person.account)

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every decision so far, oldest first."""
        return self.parts.audit.records()

    def published(self) -> tuple[bytes, ...]:
        """What the EST service hands out to anybody: certificates of authorities."""
        return tuple(certificate.public_bytes(Encoding.DER) for certificate in self.parts.ca_certificates())

    def close(self) -> None:
        """Close the store; afterwards the issuer cannot be used any more."""
        self.parts.store.close()
