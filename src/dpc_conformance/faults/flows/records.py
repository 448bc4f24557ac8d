"""Seeded defects of the issuer's records: what is missing, wrong, late or in the open."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cryptography import x509

from dpc_conformance.clock import MachineClock
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.certificate_requests import PublicKey
from dpc_conformance.reference.issuer.credentials import Credentials, Product, Reservation
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.people import Person


class CredentialsOf(Credentials):
    """The records of an issuer, as a defect changes them."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.clock, parts.settings)


class NoCopyOfTheCard(CredentialsOf):
    """Keeps no copy of the certificate that authorised a credential."""

    def of_account(self, account: str) -> tuple[IssuedCredential, ...]:
        """See Credentials."""
        return tuple(replace(each, piv_authentication_certificate=b"") for each in super().of_account(account))


@fault("record keeps no copy of the card's certificate", {"DPC-ISS-EVID-01", "DPC-ISS-PKIAUTH-07"})
def no_copy_of_the_card(scene: Scene) -> None:
    scene.issuer.credentials = NoCopyOfTheCard(scene.issuer)


class FirstOnly(CredentialsOf):
    """Keeps on record the first credential of an enrolment and forgets the others."""

    def of_account(self, account: str) -> tuple[IssuedCredential, ...]:
        """See Credentials."""
        return tuple(each for each in super().of_account(account) if each.usage != "signature")


MISSING_ENTRY = {"DPC-ISS-EVID-01", "DPC-ISS-EVID-02", "DPC-ISS-ACCOUNT-01", "DPC-ISS-TIME-01", "DPC-ISS-CLOCK-01"}


@fault(
    "record lacks an issued certificate",
    {*MISSING_ENTRY, "DPC-ISS-PKIAUTH-07", "DPC-ISS-DUP-01", "DPC-SIG-ESCROW-01", "AND-INT-10"},
)
def entry_missing(scene: Scene) -> None:
    scene.issuer.credentials = FirstOnly(scene.issuer)


class OtherAccount(CredentialsOf):
    """Books credentials to an account of the issuer's own making instead of the PIV identity account."""

    def of_account(self, account: str) -> tuple[IssuedCredential, ...]:
        """See Credentials."""
        return tuple(replace(each, account=f"mobile-{account}") for each in super().of_account(account))


@fault("credential is booked to another account", {"DPC-ISS-ACCOUNT-01", "DPC-ISS-PKIAUTH-07"})
def another_account(scene: Scene) -> None:
    scene.issuer.credentials = OtherAccount(scene.issuer)


@fault("clock of the issuer's records is five minutes fast", {"DPC-ISS-CLOCK-01"})
def fast_clock(scene: Scene) -> None:
    parts = scene.issuer
    clock = MachineClock(parts.clock)
    clock.error = timedelta(minutes=5)
    parts.credentials = Credentials(parts.store, parts.audit, clock, parts.settings)


class OldIdentity(CredentialsOf):
    """Relies on an identity verification of half a year ago."""

    def reserve(
        self, connection: sqlite3.Connection, grant: Grant, usage: str, request: str, public_key: PublicKey, uuid: UUID
    ) -> Reservation | Product:
        """See Credentials."""
        older = replace(grant, verified_at=grant.verified_at - timedelta(days=180))
        return super().reserve(connection, older, usage, request, public_key, uuid)


@fault("identity was verified half a year before issuance", {"DPC-ISS-TIME-01"})
def old_identity(scene: Scene) -> None:
    scene.issuer.credentials = OldIdentity(scene.issuer)


class WithoutSponsor(Accounts):
    """Needs nobody's approval."""

    def open(self, person: Person, certificate: x509.Certificate, sponsor: str | None) -> None:  # noqa: ARG002
        """See Accounts."""
        super().open(person, certificate, None)

    def approval(self, account: Account) -> Refusal | None:  # noqa: ARG002
        """See Accounts."""
        return None


@fault("nobody approves a credential", {"DPC-ISS-AUTHZ-01", "DPC-ISS-AUDIT-01"})
def without_sponsor(scene: Scene) -> None:
    def change(parts: IssuerParts) -> None:
        parts.accounts = WithoutSponsor(parts.store, parts.audit, parts.clock)

    scene.on_issuer.append(change)  # also after a restart, where nobody has approved anything either


class OwnSponsor(Accounts):
    """Takes the applicant's own word for an approval."""

    def open(self, person: Person, certificate: x509.Certificate, sponsor: str | None) -> None:  # noqa: ARG002
        """See Accounts."""
        super().open(person, certificate, person.account)


@fault("applicant approves the own credential", {"DPC-ISS-AUTHZ-01"})
def own_sponsor(scene: Scene) -> None:
    parts = scene.issuer
    parts.accounts = OwnSponsor(parts.store, parts.audit, parts.clock)


class Anonymous(AuditLog):
    """Does not say who issued."""

    def accept(self, connection: sqlite3.Connection, actor: str, action: str, subject: str, detail: str = "") -> None:
        """See AuditLog."""
        super().accept(connection, "unknown" if action == "issue" else actor, action, subject, detail)


@fault("audit record does not say who issued", {"DPC-ISS-AUDIT-01"})
def anonymous(scene: Scene) -> None:
    parts = scene.issuer
    parts.audit = Anonymous(parts.store, parts.clock)


class NoReceipts(CredentialsOf):
    """Takes receipts and keeps none."""

    def acknowledge(self, grant: Grant, serial: str) -> Refusal | None:  # noqa: ARG002
        """See Credentials."""
        return None


@fault("receipt of a key is not on record", {"DPC-ISS-KEY-06", "DPC-ISS-KEY-07"})
def no_receipts(scene: Scene) -> None:
    scene.issuer.credentials = NoReceipts(scene.issuer)


@fault("derived certificates are published", {"DPC-ISS-PUBLISH-01"})
def published(scene: Scene) -> None:
    parts = scene.issuer
    authorities = parts.ca_certificates

    def everything() -> list[x509.Certificate]:
        issued = [each for person in scene.people for each in parts.credentials.of_account(person.account)]
        return [*authorities(), *(x509.load_der_x509_certificate(each.certificate) for each in issued)]

    parts.ca_certificates = everything
