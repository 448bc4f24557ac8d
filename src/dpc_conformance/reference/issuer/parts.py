"""The issuer's collaborators: each is made from the others when first asked for, unless one was put in its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import MachineClock, RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.agencies import ServedAgencies
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.audit_export import AuditExporter
from dpc_conformance.reference.issuer.authenticator_models import Listed
from dpc_conformance.reference.issuer.backend import Backend
from dpc_conformance.reference.issuer.binding_passwords import BindingPasswords
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets
from dpc_conformance.reference.issuer.card_page import CardPage
from dpc_conformance.reference.issuer.card_reading_parts import CardReadingParts
from dpc_conformance.reference.issuer.certificate_requests import CertificateRequests
from dpc_conformance.reference.issuer.configuration import Configuration
from dpc_conformance.reference.issuer.credentials import Credentials
from dpc_conformance.reference.issuer.device_statements import DeviceStatements
from dpc_conformance.reference.issuer.documents import DocumentRegister
from dpc_conformance.reference.issuer.enrolment import Enrolment
from dpc_conformance.reference.issuer.escrow_parts import EscrowParts
from dpc_conformance.reference.issuer.est_service import EstService
from dpc_conformance.reference.issuer.grants import Grants
from dpc_conformance.reference.issuer.hardware_issuance import ByAssurance
from dpc_conformance.reference.issuer.hardware_parts import HardwareParts
from dpc_conformance.reference.issuer.holder_records import HolderRecords
from dpc_conformance.reference.issuer.identity_names import IdentityNames
from dpc_conformance.reference.issuer.issuance import Issuance
from dpc_conformance.reference.issuer.key_checks import KeyChecks
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.kiosk import Kiosk
from dpc_conformance.reference.issuer.maintenance_parts import MaintenanceParts
from dpc_conformance.reference.issuer.no_card_parts import NoCardParts
from dpc_conformance.reference.issuer.non_pki_parts import NonPkiParts
from dpc_conformance.reference.issuer.notice_sender import NoticeSender
from dpc_conformance.reference.issuer.notifier import Notifier
from dpc_conformance.reference.issuer.path_judge import CertificateJudge, PathJudge
from dpc_conformance.reference.issuer.patience import Patience
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.rekey import Rekey
from dpc_conformance.reference.issuer.renewals import DerivedHolders
from dpc_conformance.reference.issuer.reset_page import ResetPage
from dpc_conformance.reference.issuer.revocations import Revocations, Revoke
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIns
from dpc_conformance.reference.issuer.signing import CertificateSigner
from dpc_conformance.reference.issuer.status_source import StatusSource
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.issuer.suspension import Change, cannot_hold
from dpc_conformance.reference.issuer.unblocking import UnblockingKeys
from dpc_conformance.reference.mail import SendMail
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, ec_key


@dataclass
class IssuerParts:
    """What the issuer is given, and what it makes of it.

    To swap a part, assign it before the issuer is built: `parts.judge = AlwaysGood()`. What depends on it then gets
    the new one. To wrap one: `parts.judge = Forgiving(parts.judge)`.
    """

    pki: TestPki
    status_source: StatusSource
    run_clock: RunClock
    entropy: Entropy
    store_path: Path
    manager_key: Mapping[str, Any]
    """The device manager's public key as a JWK (EC, P-256)."""
    send_mail: SendMail
    revoke: Revoke
    """Has the authority put a derived certificate on its CRL."""
    settings: IssuerSettings = field(default_factory=IssuerSettings)
    backend: Backend = field(default_factory=Backend)
    """The agency's own feed of what happens to accounts, cards and devices."""
    hold: Change = cannot_hold
    """Has the authority put it on its CRL until further notice."""
    restore: Change = cannot_hold
    """Has the authority take it off its CRL after a hold."""
    device_roots: Sequence[x509.Certificate] = ()
    """The roots of device makers whose hardware modules are believed."""
    pool: KeyPool | None = None
    """Where RSA keys come from that testers ask for."""
    authenticator_models: Listed = field(default_factory=dict)
    """The authenticators that may be bound, by model."""

    @cached_property
    def clock(self) -> MachineClock:
        """The clock of the issuer's machine."""
        return MachineClock(self.run_clock)

    @cached_property
    def store(self) -> Store:
        """Records in SQLite."""
        return Store(self.store_path)

    @cached_property
    def randomness(self) -> Entropy:
        """The issuer's own source, another one after each restart."""
        return self.entropy.branch(f"issuer {self.settings.host} {self.store.starts}")

    @cached_property
    def audit(self) -> AuditLog:
        """Every decision."""
        return AuditLog(self.store, self.clock)

    @cached_property
    def audit_exporter(self) -> AuditExporter:
        """The audit log as it leaves the issuer; its seal has a key of its own, the same after a restart."""
        key = ec_key(self.entropy.branch(f"audit seal {self.settings.host}"), ec.SECP256R1())
        return AuditExporter(self.store, self.clock, key)

    @cached_property
    def accounts(self) -> Accounts:
        """PIV identity accounts."""
        return Accounts(self.store, self.audit, self.clock)

    @cached_property
    def judge(self) -> CertificateJudge:
        """Judges the certificates of PIV Cards: at sign-in, at issuance, seven days later."""
        return self.path_judge(self.settings.card_policies)

    @cached_property
    def renewal_judge(self) -> CertificateJudge:
        """Judges derived certificates that ask for their renewal."""
        return self.path_judge(self.settings.derived_policies)

    @cached_property
    def card_reading(self) -> CardReadingParts:
        """Reading of cards at the kiosk."""
        return CardReadingParts(self.store, self.audit, self.path_judge, self.clock, self.settings)

    @cached_property
    def authenticator(self) -> PkiAuthenticator:
        """PKI-AUTH at the kiosk."""
        return PkiAuthenticator(self.judge, self.accounts, self.clock)

    @cached_property
    def sign_ins(self) -> SignIns:
        """Sessions at the kiosk."""
        return SignIns(self.store, self.audit, self.clock, self.randomness.branch("sign-ins"), self.settings)

    @cached_property
    def secrets(self) -> BindingSecrets:
        """Binding secrets in QR codes."""
        return BindingSecrets(self.store, self.audit, self.clock, self.randomness.branch("secrets"), self.settings)

    @cached_property
    def passwords(self) -> BindingPasswords:
        """Passwords under QR codes."""
        return BindingPasswords(self.store, self.randomness.branch("passwords"), self.settings)

    @cached_property
    def identity_names(self) -> IdentityNames:
        """What people call their credentials."""
        return IdentityNames(self.store)

    @cached_property
    def statements(self) -> DeviceStatements:
        """Verifies what the device manager and the phone say."""
        address = self.settings.enrolment_address
        return DeviceStatements(self.settings.device_manager, self.manager_key, address, self.clock)

    @cached_property
    def grants(self) -> Grants:
        """Enrolment tokens."""
        return Grants(self.store, self.clock, self.settings)

    @cached_property
    def key_checks(self) -> KeyChecks:
        """Judges public keys."""
        return KeyChecks(self.clock, self.credentials.moduli)

    @cached_property
    def requests(self) -> CertificateRequests:
        """Reads certificate requests."""
        return CertificateRequests(self.key_checks)

    @cached_property
    def credentials(self) -> Credentials:
        """Derived credentials in the records."""
        return Credentials(self.store, self.audit, self.clock, self.settings)

    @cached_property
    def signer(self) -> CertificateSigner:
        """The way to the certification authority."""
        return CertificateSigner(self.pki.derived_authority, self.clock, self.randomness.branch("certificates"))

    @cached_property
    def key_delivery(self) -> KeyDelivery:
        """Makes and envelopes key-management keys."""
        server = self.pki.tls_identity(self.settings.host)
        return KeyDelivery.of_server(server, self.randomness.branch("keys"))

    @cached_property
    def key_escrow(self) -> EscrowParts:
        """Escrow and recovery of key-management keys."""
        subscribers = PkiAuthenticator(self.renewal_judge, DerivedHolders(self.grants, self.accounts), self.clock)
        return EscrowParts(
            self.store, self.store_path, self.audit, self.accounts, subscribers, self.requests, self.key_delivery,
            self.notice_sender, self.clock, self.randomness.branch("escrow"), self.hardware.recipients,
        )  # fmt: skip

    @cached_property
    def notice_sender(self) -> NoticeSender:
        """Sends what the issuer has to tell subscribers."""
        return NoticeSender(self.store, self.audit, self.send_mail, self.clock, self.settings)

    @cached_property
    def notifier(self) -> Notifier:
        """Mail to cardholders."""
        return Notifier(self.store, self.accounts, self.notice_sender, self.clock)

    @cached_property
    def revocations(self) -> Revocations:
        """Revokes derived credentials."""
        return Revocations(self.store, self.audit, self.notifier, self.revoke, self.clock)

    @cached_property
    def holder_records(self) -> HolderRecords:
        """Names, present cards and identity proofings."""
        return HolderRecords(self.store, self.audit)

    @cached_property
    def maintenance(self) -> MaintenanceParts:
        """What looks after credentials that were issued."""
        return MaintenanceParts(self)

    @cached_property
    def hardware(self) -> HardwareParts:
        """Credentials whose keys are in hardware modules."""
        return HardwareParts(self)

    @cached_property
    def no_card(self) -> NoCardParts:
        """Issuance to people without their card."""
        return NoCardParts(self)

    @cached_property
    def non_pki(self) -> NonPkiParts:
        """Derived credentials that are no certificates."""
        return NonPkiParts(self)

    @cached_property
    def rekey(self) -> Issuance:
        """Issues in place of a credential that the holder has."""
        return Rekey(**vars(self.issuance))

    @cached_property
    def ca_certificates(self) -> Callable[[], Sequence[x509.Certificate]]:
        """What the public repository holds."""
        authority, chain = self.pki.derived_authority.certificate, (self.pki.intermediate, self.pki.root)
        return lambda: (authority, *(above.certificate for above in chain))

    @cached_property
    def issuance(self) -> Issuance:
        """From grant and request to certificate."""
        return Issuance(
            self.store, self.accounts, self.judge, self.requests, self.credentials, self.signer, self.key_delivery,
            self.notifier, self.maintenance.recheck, self.clock, self.randomness.branch("uuids"), self.settings,
            self.holder_records, self.key_escrow.desk, self.revocations,
        )  # fmt: skip

    @cached_property
    def unblocking(self) -> UnblockingKeys:
        """What resets activation secrets; the master key is the same after a restart."""
        master = self.entropy.branch(f"unblocking {self.settings.host}")
        return UnblockingKeys(self.store, self.audit, master, self.settings)

    @cached_property
    def reset_page(self) -> ResetPage:
        """Where a forgotten activation secret is reset, or its credential given up."""
        return ResetPage(
            self.store, self.audit, self.accounts, self.card_reading.readings, self.secrets, self.credentials,
            self.revocations, self.settings,
        )  # fmt: skip

    @cached_property
    def agencies(self) -> ServedAgencies:
        """For whose cardholders credentials are derived."""
        return ServedAgencies()

    @cached_property
    def documents(self) -> DocumentRegister:
        """What is laid before a reviewer."""
        return DocumentRegister()

    @cached_property
    def configuration(self) -> Configuration:
        """What it is configured to do about issued certificates."""
        return Configuration(self.settings)

    @cached_property
    def kiosk(self) -> Kiosk:
        """The pages for cardholders."""
        return Kiosk(
            self.store, self.audit, self.accounts, self.authenticator, self.sign_ins, self.secrets, self.credentials,
            self.clock, self.settings, CardPage(self.card_reading.readings, self.settings),
            self.maintenance.holder_desk, self.reset_page, self.hardware.registrations, self.agencies,
            self.non_pki.pages, self.passwords, self.identity_names,
        )  # fmt: skip

    @cached_property
    def patience(self) -> Patience:
        """With those who guess."""
        return Patience(self.clock, self.settings)

    @cached_property
    def enrolment(self) -> Enrolment:
        """The enrolment address."""
        return Enrolment(
            self.store, self.audit, self.accounts, self.secrets, self.statements, self.grants, self.credentials,
            self.clock, self.randomness.branch("tokens"), self.settings, self.maintenance.replacements,
            self.unblocking, self.hardware.devices, self.patience, self.passwords,
        )  # fmt: skip

    @cached_property
    def est(self) -> EstService:
        """The EST server."""
        return EstService(
            self.audit, self.grants, ByAssurance(self.issuance, self.hardware.issuance),
            self.maintenance.rekey_authenticator, self.ca_certificates, self.randomness.branch("boundaries"),
            ByAssurance(self.rekey, self.hardware.rekey), self.patience,
        )  # fmt: skip

    def path_judge(self, policies: frozenset[str]) -> PathJudge:
        """Judges certificates with one of those policies."""
        return PathJudge([self.pki.trust_anchor], self.pki.intermediates(), policies, self.status_source, self.clock)
