"""A whole stage on real ports: device manager, issuer, identity provider, relying party, mail, card, workstation."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import qrcode
from cryptography import x509

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference import hostile_parts, hostile_phone
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.card.personalise import certificate_on, personalise
from dpc_conformance.reference.device_manager import parts as device_manager_parts
from dpc_conformance.reference.device_manager.manager import ReferenceDeviceManager
from dpc_conformance.reference.identity_provider import parts as identity_provider_parts
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.mail import Mailer, MailServer
from dpc_conformance.reference.phone import parts as phone_parts
from dpc_conformance.reference.phone.phone import ReferencePhone
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.relying_party.application import ReferenceRelyingParty
from dpc_conformance.reference.relying_party.parts import RelyingPartyParts
from dpc_conformance.reference.relying_party.sign_in import DerivedCredentialSignIn
from dpc_conformance.reference.request_writer import KeyOnCard
from dpc_conformance.reference.serving.server import WebServer
from dpc_conformance.reference.workstation.workstation import Workstation
from dpc_conformance.roles.captions import IOS
from dpc_conformance.roles.device_manager import DerivedCredentialSetting
from dpc_conformance.roles.people import Person

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALEX = Person("acct-alex", "Alex", "Archer", "alex@agency.example", "alex.archer@agency.example")
PIN = "123456"
SECRET = "plum-orbit-42"
HOSTS = ("idp.dpc.example", "mdm.dpc.example", "issuer.dpc.example", "app.dpc.example")


def qr_picture(text):
    """A QR code as PNG, as the kiosk would show it."""
    picture = io.BytesIO()
    qrcode.make(text).save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture
def picture_of():
    return qr_picture


@pytest.fixture(scope="session")
def pki():
    return TestPki(START, machine_now(), SeededEntropy("phone-tests"), KeyPool(default_folder()))


@pytest.fixture(scope="session")
def house(pki):
    """Servers and the card's personalisation, once; `moment` holds the clock of the scenario that runs."""
    moment = SimpleNamespace(clock=RunClock(START))
    servers = {}
    for host in HOSTS:
        identity = pki.tls_identity(host)
        servers[host, 443] = WebServer(lambda: moment.clock, identity)
        servers[host, 8443] = WebServer(lambda: moment.clock, identity, ask_client_certificate=True)
    proxy, mail = WebServer(lambda: moment.clock, None), MailServer()
    yield SimpleNamespace(moment=moment, servers=servers, proxy=proxy, mail=mail)
    for server in (*servers.values(), proxy):
        server.close()
    mail.close()


@dataclass
class Stage:
    """Everyone on stage, and the longer ways through the journey that many tests begin with."""

    clock: RunClock
    recorder: Recorder
    names: Names
    manager: ReferenceDeviceManager
    issuer: ReferenceIssuer
    application: ReferenceRelyingParty
    workstation: Workstation
    phone: ReferencePhone
    status: StatusService
    new_phone: object
    hostile: object
    holder: Person = ALEX

    def enrol(self, phone=None):
        """Sign in on the phone by means of the card at the workstation."""
        phone = phone or self.phone
        phone.open_company_portal()
        phone.choose(IOS.sign_in)
        self.workstation.browse("https://idp.dpc.example/devicelogin")
        self.workstation.type_into("Code", phone.user_code())
        self.workstation.choose("Next")
        self.workstation.sign_in_with_card(PIN)
        self.workstation.choose("Continue")
        return phone.continue_enrolment()

    def target(self, issuer=None, types=("app", "e-mail"), help_url=None):
        """The administrator's part."""
        issuer = issuer or self.issuer.enrolment_address
        self.manager.configure_issuer(DerivedCredentialSetting("Example", issuer, help_url, frozenset(types)))
        self.manager.target(ALEX)

    def qr(self):
        """The picture of a QR code at the kiosk."""
        self.workstation.browse(self.issuer.kiosk_address)
        self.workstation.sign_in_with_card(PIN)
        self.workstation.choose("Request my ID")
        self.workstation.choose("I accept the subscriber obligations")
        return self.workstation.choose("Activate with a mobile credential").pictures[0]

    def to_scanner(self, phone=None):
        """From the notification to the open scanner."""
        phone = phone or self.phone
        phone.tap_notification()
        for caption in (IOS.begin, IOS.go_on, IOS.use_camera, IOS.allow_camera):
            screen = phone.choose(caption)
        return screen

    def whole_journey(self):
        """Everything up to the installed credential."""
        self.enrol()
        self.target()
        self.to_scanner()
        self.phone.scan(self.qr())
        self.phone.set_activation_secret(SECRET)
        return self.phone.finish()

    def holds_nothing(self):
        """Whether neither a credential nor a profile is on the phone."""
        phone = self.phone
        return (phone.credentials(), phone.private_keys(), phone.profiles()) == ((), 0, ())


@pytest.fixture
def ready(stage):
    """A phone with a credential, in an organisation without profiles."""
    stage.whole_journey()
    return stage


@pytest.fixture
def deploy(ready):
    """Deploys profiles, and has the phone check in."""

    def deployed(*profiles):
        for profile in profiles:
            ready.manager.deploy(profile, ready.holder)
        ready.phone.check_in()

    return deployed


@pytest.fixture
def stage(house, pki, tmp_path):
    clock, recorder, entropy, names = RunClock(START), Recorder(), SeededEntropy("stage"), Names()
    house.moment.clock = clock
    for (host, port), server in house.servers.items():
        names.add(host, port, server.port)
    names.proxy = f"http://127.0.0.1:{house.proxy.port}"
    status = StatusService(pki, clock, entropy)
    house.proxy.serve(status.app)
    opened = []

    def http(client):
        opened.append(open_client(names, pki.tls_roots, recorder, clock, client))
        return opened[-1]

    mailboxes = house.mail.open_mailboxes(recorder)
    manager = ReferenceDeviceManager(
        device_manager_parts.standard_parts(
            clock,
            entropy.branch("mdm"),
            Mailer(house.mail.port, "mdm@dpc.example", clock, entropy.branch("mdm mail")),
            lambda: open_client(names, pki.tls_roots, Recorder(), clock, "mdm"),
            "https://idp.dpc.example",
            [pki.trust_anchor],
        )
    )
    issuer = ReferenceIssuer(
        IssuerParts(
            pki, HttpStatus(http("issuer")), clock, entropy.branch("issuer"), tmp_path / "issuer.db",
            manager.statement_key, Mailer(house.mail.port, "issuer@dpc.example", clock, entropy.branch("issuer mail")),
            status.revoke,
        )
    )  # fmt: skip

    def authenticate(chain):
        answer = issuer.parts.authenticator.authenticate(chain[0] if chain else None, chain)
        return answer.account.person if isinstance(answer, Authenticated) else answer

    provider = IdentityProvider(identity_provider_parts.standard_parts(clock, entropy.branch("idp"), authenticate))
    policies = issuer.parts.settings.derived_policies
    judge = PathJudge([pki.trust_anchor], pki.intermediates(), policies, issuer.parts.status_source, clock)
    application = ReferenceRelyingParty(
        RelyingPartyParts(DerivedCredentialSignIn(judge, lambda: [ALEX]), MemoryAuditLog(clock))
    )
    house.servers["idp.dpc.example", 443].serve(provider.app)
    house.servers["idp.dpc.example", 8443].serve(provider.sign_in_app)
    house.servers["mdm.dpc.example", 443].serve(manager.app)
    house.servers["issuer.dpc.example", 443].serve(issuer.app)
    house.servers["issuer.dpc.example", 8443].serve(issuer.sign_in_app)
    house.servers["app.dpc.example", 8443].serve(application.app)

    card = personalise(pki, ALEX, clock, entropy.branch("card"), KeyPool(default_folder()))
    certificate = certificate_on(card, 0x9A)
    issuer.open_account(ALEX, certificate)
    workstation = Workstation(names, pki.tls_roots, recorder, clock)
    workstation.insert_card(card)

    def new_phone(label="phone", **options):
        parts = phone_parts.standard_parts(
            names, pki.tls_roots, recorder, clock, entropy.branch(label), lambda: mailboxes.of(ALEX.mail),
            "https://idp.dpc.example", manager.service_address, client=label, **options,
        )  # fmt: skip
        return ReferencePhone(parts, label)

    def card_key():
        piv = PivCard(card, recorder, clock)
        piv.select()
        piv.verify_pin(PIN)
        public = x509.load_der_x509_certificate(certificate).public_key()
        return KeyOnCard(public, lambda block: piv.sign_raw(0x9A, block))

    def hostile():
        def register(model, key):
            return manager.register_device(ALEX, model, key).device_id

        return hostile_phone.ReferenceHostilePhone(
            hostile_parts.standard_parts(
                http("hostile phone"), manager.service_address, register, recorder, clock, entropy.branch("hostile"),
                card_key,
            )
        )  # fmt: skip

    yield Stage(
        clock, recorder, names, manager, issuer, application, workstation, new_phone(), status, new_phone, hostile
    )
    workstation.close()
    issuer.close()
    for client in opened:
        client.close()
