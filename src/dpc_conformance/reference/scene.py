"""The reference of one scenario: every role built from parts that a seeded defect may swap before."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import MachineClock, RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import MailReceived
from dpc_conformance.formats import containers, oids
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.authenticator.stock import ReferenceAuthenticatorStock
from dpc_conformance.reference.card.stock import ReferenceCardStock
from dpc_conformance.reference.correspondent.parts import CorrespondentParts
from dpc_conformance.reference.correspondent.trust import MailTrust
from dpc_conformance.reference.device_counter import DeviceCounter
from dpc_conformance.reference.device_manager import parts as device_manager_parts
from dpc_conformance.reference.hostile_parts import HostileParts
from dpc_conformance.reference.identity_provider import parts as identity_provider_parts
from dpc_conformance.reference.identity_provider.authenticator_login import HomeAgency
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.mail import LocalMailAccount, Mailboxes, Mailer
from dpc_conformance.reference.phone import parts as phone_parts
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.supplicant import Supplicant
from dpc_conformance.reference.pki.keys import KeyPool
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.relying_party.parts import RelyingPartyParts
from dpc_conformance.reference.relying_party.sign_in import CertificateSignIn, DerivedCredentialSignIn
from dpc_conformance.reference.relying_party.use_parts import UseParts
from dpc_conformance.reference.stage import ReferenceStage
from dpc_conformance.reference.token.virtual_token import VirtualToken, cast_token
from dpc_conformance.roles.android import AndroidDevice
from dpc_conformance.roles.artefacts import Artefacts
from dpc_conformance.roles.captions import IOS, Captions
from dpc_conformance.roles.card import CardStock
from dpc_conformance.roles.mail_account import MailAccount
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.token import Token

IDENTITY_PROVIDER = "https://idp.dpc.example"
_numbers = itertools.count(1)


@dataclass
class Scene:
    """The parts of one scenario, made when first asked for. A seeded defect swaps parts before roles are built."""

    stage: ReferenceStage
    clock: RunClock
    recorder: Recorder
    entropy: Entropy
    people: list[Person] = field(default_factory=list)
    cards: dict[bytes, Person] = field(default_factory=dict)
    """Who holds which card, by its PIV Authentication certificate (DER)."""
    more_anchors: list[x509.Certificate] = field(default_factory=list)
    """Roots of cards that somebody else made, for the judge."""
    more_authorities: list[x509.Certificate] = field(default_factory=list)
    more_crls: list[bytes] = field(default_factory=list)
    crl_sources: list[Callable[[], bytes]] = field(default_factory=list)
    """Where the judge gets further CRLs (DER), as they are at the moment."""
    artefacts: Artefacts | None = None
    """What an issuer has in files, where nothing of it can be asked."""
    card_roots: list[x509.Certificate] = field(default_factory=list)
    """Whom a product must trust about PIV Cards, the run's own PKI unless the cards are of another one."""
    card_authorities: list[x509.Certificate] = field(default_factory=list)
    """The CAs below them."""
    own_pki: bool = True
    """Whether anybody on stage has certificates of the run's own PKI; if not, the judge believes only the others."""
    test_pki: bool = False
    """Whether the judge accepts the policies of the test arc."""
    on_issuer: list[Callable[[IssuerParts], None]] = field(default_factory=list)
    """Called with the parts of each issuer before it is built."""
    on_phone: list[Callable[[phone_parts.PhoneParts], None]] = field(default_factory=list)
    """Called with the parts of each phone before it is built."""
    on_card: list[Callable[[Person, bytes], None]] = field(default_factory=list)
    """Called with the holder and the PIV Authentication certificate (DER) of each card that is taken."""
    on_hostile_phone: list[Callable[[HostileParts], None]] = field(default_factory=list)
    """Called with the parts of each hostile phone before it is built."""
    on_token: list[Callable[[VirtualToken], None]] = field(default_factory=list)
    """Called with each token before it is handed out."""
    token_aid: bytes = containers.DERIVED_PIV_AID
    """The AID of the derived application on the reference's tokens."""
    workstation_trust: list[x509.Certificate] = field(default_factory=list)
    """The roots of web servers that the workstation trusts."""
    more_tls_roots: list[x509.Certificate] = field(default_factory=list)
    """Roots of web servers that phones and visitors trust besides the run's own."""
    on_end: list[Callable[[], object]] = field(default_factory=list)
    """Called when the scenario is over, before anything is closed."""
    on_close: list[Callable[[], object]] = field(default_factory=list)
    records: Path | None = None
    """Where issuers keep databases that outlast the scenario, named after their hosts; None for new ones."""
    players: dict[str, Callable[[], object]] = field(default_factory=dict)
    """Who plays a role in place of the reference, by the role's name; made when the roles are handed out."""
    flash_of: Callable[[str], Flash] = field(default=lambda _name: Flash())
    """The permanent memory of a phone, by the phone's name."""
    android: AndroidDevice = field(default_factory=AndroidDevice)
    """What they are where they run Android."""
    captions: Captions = IOS
    """Those of the platform that the cardholder's phones run."""
    _tokens: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.workstation_trust += self.stage.pki.tls_roots
        self.card_roots = [self.stage.pki.trust_anchor]
        self.card_authorities = self.stage.pki.intermediates()

    @cached_property
    def status(self) -> StatusService:
        """CRLs, OCSP and repository."""
        return StatusService(self.stage.pki, self.clock, self.entropy.branch("status"))

    @cached_property
    def stock(self) -> CardStock:
        """Test cards; taking one opens the account of its holder."""
        pool = self.stage.pool.scenario()
        return ReferenceCardStock(
            self.stage.pki, self.status, self.clock, self.entropy.branch("cards"), pool, self.people_register
        )

    @cached_property
    def issuer(self) -> IssuerParts:
        """The issuer's parts."""
        return self.issuer_parts(IssuerSettings())

    @cached_property
    def authenticators(self) -> ReferenceAuthenticatorStock:
        """Test authenticators."""
        return ReferenceAuthenticatorStock(self.entropy.branch("authenticators"), self.clock.now())

    def issuer_parts(self, settings: IssuerSettings) -> IssuerParts:
        """Parts of an issuer with a database of its own."""
        parts = IssuerParts(
            pki=self.stage.pki,
            status_source=HttpStatus(self.server_http()),
            run_clock=self.clock,
            entropy=self.entropy,
            store_path=self._database(settings.host),
            manager_key=self.device_manager.statements.public_key,
            send_mail=Mailer(
                self.stage.mail.port, f"no-reply@{settings.host}", self.clock, self.entropy.branch("mail")
            ),
            revoke=self.status.revoke,
            hold=partial(self.status.revoke, hold=True),
            restore=self.status.restore,
            authenticator_models=self.authenticators.listed(),
            settings=settings,
            device_roots=(self.stage.device_maker.root,),
            pool=self.pool,
        )
        for change in self.on_issuer:
            change(parts)
        return parts

    @cached_property
    def device_manager(self) -> device_manager_parts.DeviceManagerParts:
        """The device manager's parts."""
        return device_manager_parts.standard_parts(
            self.clock,
            self.entropy.branch("device-manager"),
            self.mailer("no-reply@mdm.dpc.example"),
            self.server_http,
            IDENTITY_PROVIDER,
            [self.stage.pki.trust_anchor],
        )

    @cached_property
    def identity_provider(self) -> identity_provider_parts.IdentityProviderParts:
        """The identity provider's parts: it judges cards itself."""
        judge = self.path_judge(frozenset({oids.COMMON_AUTHENTICATION}))
        sign_in = CertificateSignIn(judge, self.holder_of_card)
        parts = identity_provider_parts.standard_parts(
            self.clock, self.entropy.branch("identity-provider"), sign_in, authenticate_derived=self.derived_sign_in()
        )
        verification = f"{self.issuer.settings.origin}/authenticators/verifications"
        parts.home_agency = HomeAgency(self.server_http, verification, lambda: self.issuer.non_pki.verifier_token)
        return parts

    @cached_property
    def devices(self) -> DeviceCounter:
        """Where the agency hands out phones."""
        return DeviceCounter(self.stage.device_maker, self.stage.pki.tls_roots, self.device_manager.assets)

    @cached_property
    def relying_party(self) -> RelyingPartyParts:
        """The web application's parts."""
        return RelyingPartyParts(self.derived_sign_in(), MemoryAuditLog(self.clock))

    def derived_sign_in(self) -> DerivedCredentialSignIn:
        """Judges derived credentials for whoever signs people in with them."""
        judge = self.path_judge(frozenset({oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE}))
        return DerivedCredentialSignIn(judge, lambda: self.people)

    @cached_property
    def phone_clock(self) -> MachineClock:
        """The clock of the cardholder's phones."""
        return MachineClock(self.clock)

    @property
    def tls_roots(self) -> list[x509.Certificate]:
        """The roots of web servers that phones and visitors trust."""
        return [*self.stage.pki.tls_roots, *self.more_tls_roots]

    @cached_property
    def use(self) -> UseParts:
        """Where the credential is at work, beside the web application."""
        parts = UseParts(self.stage, self.clock, self.recorder, self.entropy.branch("use"), self.server_http)
        self.on_close.append(parts.programs.close)
        return parts

    def phone(
        self, holder: Person, name: str, flash: Flash | None = None, key_kind: str = "P-256"
    ) -> phone_parts.PhoneParts:
        """Parts of a phone that the agency issued to the holder, whose work mail is on it.

        `key_kind` is P-256, RSA-2048 or RSA-3072.
        """
        element = self.devices.hand_out(holder, self.entropy.branch(name))
        parts = phone_parts.standard_parts(
            self.stage.names,
            self.tls_roots,
            self.recorder,
            self.phone_clock,
            self.entropy.branch(name),
            partial(self._mail_on_phone, self.mailboxes, holder),
            IDENTITY_PROVIDER,
            self.device_manager.service_address,
            flash=self.flash_of(name) if flash is None else flash,
            pool=self.stage.pool.scenario(),
            key_kind=key_kind,
            client=name,
            element=element,
            supplicant=Supplicant(self.use.air, self.recorder, self.clock, name),
            captions=self.captions,
            android=self.android,
        )
        parts.tunnel_device = self.use.tunnel_device(name)
        parts.mail_account = self.mail_account(holder.mail)
        for change in self.on_phone:
            change(parts)
        return parts

    @cached_property
    def token(self) -> Token:
        """The removable token in the tester's hand."""
        return self.another_token()

    def another_token(self) -> Token:
        """A further token of the same kind, with secrets of its own."""
        self._tokens += 1
        entropy = self.entropy.branch(f"token/{self._tokens}")
        made = cast_token(self.stage.token_mould(self.token_aid), entropy, self.stage.pool.scenario())
        for change in self.on_token:
            change(made)
        return made.in_hand(self.another_token)

    @cached_property
    def mailboxes(self) -> Mailboxes:
        """The mailboxes of this scenario."""
        return self.stage.mail.open_mailboxes(self.recorder)

    @cached_property
    def mail_account(self) -> Callable[[str], MailAccount]:
        """The mail account of an address."""
        return lambda address: LocalMailAccount(address, self.mailboxes, self.stage.mail.port)

    @cached_property
    def correspondents(self) -> CorrespondentParts:
        """Those with whom the cardholder exchanges mail."""
        trust = MailTrust.of(self.stage.pki, self.server_http(), self.stage.names.proxy or "", self.clock)
        entropy = self.entropy.branch("correspondents")
        parts = CorrespondentParts(self.use.programs, self.stage.pki, trust, self.pool, entropy, self.mail_account)
        self.on_close.insert(0, parts.close)  # before the folder of its programs goes
        return parts

    @cached_property
    def pool(self) -> KeyPool:
        """RSA keys for whoever has no other source of them."""
        return self.stage.pool.scenario()

    def path_judge(self, policies: frozenset[str]) -> PathJudge:
        """Validates to the test PKI's root with status over HTTP."""
        pki = self.stage.pki
        return PathJudge([pki.trust_anchor], pki.intermediates(), policies, HttpStatus(self.server_http()), self.clock)

    def server_http(self) -> httpx.Client:
        """A client as servers use it; what servers say to each other is no evidence about the product's clients."""
        http = open_client(self.stage.names, self.stage.pki.tls_roots, Recorder(), self.clock, "server")
        self.on_close.append(http.close)
        return http

    def end(self) -> None:
        """Put back what the scenario has changed around the roles."""
        for end in self.on_end:
            end()

    def close(self) -> None:
        """Close what the scenario opened."""
        for close in self.on_close:
            close()

    def mailer(self, sender: str) -> Mailer:
        """Sends e-mail from that address."""
        return Mailer(self.stage.mail.port, sender, self.clock, self.entropy.branch(sender))

    def people_register(self, person: Person, certificate: bytes) -> None:
        """Somebody holds a card: account at the issuer, known to identity provider and web application."""
        self.people.append(person)
        self.cards[certificate] = person
        parsed = x509.load_der_x509_certificate(certificate)
        if self.records is None or self.issuer.accounts.holder_of(parsed) is None:
            self.issuer.accounts.open(person, parsed, "sponsor.office")
        for hear in self.on_card:
            hear(person, certificate)

    def holder_of_card(self, certificate: x509.Certificate) -> Person | None:
        """Who was registered with that PIV Authentication certificate; None when nobody was."""
        return self.cards.get(certificate.public_bytes(Encoding.DER))

    def _mail_on_phone(self, mailboxes: Mailboxes, holder: Person) -> tuple[MailReceived, ...]:
        """Conditional access: a phone that does not comply with the policy is shown no work mail."""
        phones = self.device_manager.register.of(holder.account)
        return mailboxes.of(holder.mail) if all(phone.compliant for phone in phones) else ()

    def _database(self, host: str) -> Path:
        if self.records is not None:
            return self.records / f"{host}.sqlite"
        return self.stage.folder / f"issuer-{next(_numbers)}.sqlite"
