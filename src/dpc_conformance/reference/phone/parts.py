"""The collaborators of the reference phone; each can be swapped for another that does its job differently."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.card_tls import open_card_client
from dpc_conformance.protocols.device_grant import DeviceGrant
from dpc_conformance.protocols.device_management import DeviceManagementClient
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.key_envelope import open_key_envelope
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.phone.activation import SecretRules
from dpc_conformance.reference.phone.app_access import AppAccess
from dpc_conformance.reference.phone.backups import Backups
from dpc_conformance.reference.phone.camera import Camera, CodePolicy, zbar_reader
from dpc_conformance.reference.phone.check_in import CheckIn
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.enrolment import Enrolment
from dpc_conformance.reference.phone.finger_sensor import FingerSensor
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.hardware_keys import HardwareKeys
from dpc_conformance.reference.phone.housekeeping import Housekeeping
from dpc_conformance.reference.phone.inbox import Inbox, Mailbox
from dpc_conformance.reference.phone.installation import InstallationCheck
from dpc_conformance.reference.phone.installed_apps import InstalledApps
from dpc_conformance.reference.phone.keys import DeviceKeys
from dpc_conformance.reference.phone.keystore import KeyStore, PrivateKey
from dpc_conformance.reference.phone.mail_writer import MailWriter
from dpc_conformance.reference.phone.module_key import ModuleCertificate
from dpc_conformance.reference.phone.profiles import Profiles
from dpc_conformance.reference.phone.received_key import belongs
from dpc_conformance.reference.phone.sealing import ScryptSealing
from dpc_conformance.reference.phone.secure_element import SecureElement, new_element
from dpc_conformance.reference.phone.sign_in import SignIn
from dpc_conformance.reference.phone.supplicant import Supplicant
from dpc_conformance.reference.phone.tls_offer import TlsOffer
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.reference.phone.wire import EnrolmentWire, ReferenceRenewal, ReferenceWire, RenewalWire
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.reference.pki.keys import KeyPool
from dpc_conformance.reference.vpn.device import TunnelDevice
from dpc_conformance.reference.wireless.air import Air
from dpc_conformance.roles.android import AndroidDevice
from dpc_conformance.roles.captions import ANDROID, IOS, Captions
from dpc_conformance.roles.mail_account import MailAccount
from dpc_conformance.roles.screens import Screen

MODEL = "Reference phone"
Certificate = ClientCertificate | ModuleCertificate
OpenKey = Callable[[bytes, ec.EllipticCurvePrivateKey, Sequence[x509.Certificate]], PrivateKey]
STARTS = "starts"


def no_picture(_screen: Screen) -> None:
    """The phone has no pixels, and nobody draws."""


@dataclass
class PhoneParts:
    """What a phone is made of.

    `trust` are its TLS roots; `open_http` opens a client, with a derived credential where one is given.
    """

    clock: RunClock
    recorder: Recorder
    entropy: Entropy
    service_address: str
    trust: list[x509.Certificate]
    passcode: str = field(repr=False)
    open_http: Callable[[Certificate | None], httpx.Client]
    management: DeviceManagementClient
    device_key: ec.EllipticCurvePrivateKey = field(repr=False)
    sign_in: SignIn
    inbox: Inbox
    camera: Camera
    code_policy: CodePolicy
    secret_rules: SecretRules
    keys: DeviceKeys
    keystore: KeyStore
    hardware: HardwareKeys
    check: InstallationCheck
    waiting: WaitingKey
    backups: Backups
    tls: TlsOffer
    supplicant: Supplicant
    profiles: Profiles
    apps: InstalledApps
    app_access: AppAccess
    managed: CheckIn
    flash: Flash
    mail_writer: MailWriter
    finger_sensor: FingerSensor
    captions: Captions
    android: AndroidDevice
    tunnel_device: TunnelDevice | None = None
    """What has tunnels; none where no gateway is in reach."""
    mail_account: MailAccount | None = None
    """The work account of the phone's user."""
    housekeeping: Housekeeping = field(default_factory=Housekeeping)
    wire: Callable[[httpx.Client], EnrolmentWire] = ReferenceWire
    """How requests reach the issuer."""
    renewal: Callable[[str], RenewalWire] = ReferenceRenewal
    """How a credential fetches its successor from the issuer at an address."""
    open_key: OpenKey = open_key_envelope
    """Opens what a recovered key comes in."""
    belongs: Callable[[x509.Certificate, PrivateKey], bool] = belongs
    """Whether a recovered key is that of its certificate."""
    picture_of: Callable[[Screen], bytes | None] = no_picture
    """A drawing (PNG) of a screen for those who read the report."""

    @property
    def stores(self) -> CredentialStores:
        """Key store and secure element as one, with the parts as they are now."""
        return CredentialStores(self.keystore, self.hardware)

    def new_enrolment(self) -> Enrolment:
        """Work for one scanned code, with the parts as they are now."""
        return Enrolment(
            self.wire(self.open_http(None)),
            self.keys,
            self.keystore,
            self.hardware,
            self.check,
            self.recorder,
            self.clock,
            self.entropy,
            self.trust,
        )


def standard_parts(
    names: Names,
    trust: list[x509.Certificate],
    recorder: Recorder,
    clock: RunClock,
    entropy: Entropy,
    mailbox: Mailbox,
    identity_provider: str,
    service_address: str,
    flash: Flash | None = None,
    pool: KeyPool | None = None,
    key_kind: str = "P-256",
    client_id: str = "company-portal",
    passcode: str = "271828",
    client: str = "phone",
    element: SecureElement | None = None,
    supplicant: Supplicant | None = None,
    captions: Captions = IOS,
    android: AndroidDevice | None = None,
) -> PhoneParts:
    """The parts of an honest phone, new for a scenario.

    `trust` are the TLS roots; `mailbox` reads the user's work mail; `identity_provider` and `service_address` are where
    the app signs in and is managed. The same `flash` again is the same phone after a restart. `element` is its secure
    element; the default comes from a maker that nobody knows. Without a `supplicant` there is no wireless network in
    reach. `captions` are those of the platform; `android` says more of a phone with Android Enterprise.
    """
    flash = flash if flash is not None else Flash()
    # After a restart other numbers come: a repeated nonce or request identifier would be a defect.
    starts = int(flash.read(STARTS) or 0) + 1
    flash.write(STARTS, starts)
    entropy = entropy.branch(f"start {starts}")

    android = android or AndroidDevice()
    offer = TlsOffer()

    def open_http(certificate: Certificate | None = None) -> httpx.Client:
        if isinstance(certificate, ModuleCertificate):
            chain, sign = list(certificate.chain), certificate.key.sign_digest
            return open_card_client(names, trust, recorder, clock, client, chain, sign)
        return open_client(names, trust, recorder, clock, client, certificate, newest_tls=offer.version)

    http = open_http()
    keys = DeviceKeys(entropy.branch("keys"), pool, key_kind)
    device_key = keys.device_key(flash)
    element = element or new_element(DeviceMaker(clock.now(), entropy.branch("maker")), trust, entropy)
    requests = entropy.branch("management")
    management = DeviceManagementClient(http, service_address, device_key, clock, requests, element.serial)

    def start_grant() -> DeviceGrant:
        return DeviceGrant(http, identity_provider, client_id, recorder)

    system = f"Android {android.version}" if captions is ANDROID else "iOS"
    sign_in = SignIn(start_grant, management, flash, clock, MODEL, system)
    profiles, apps = Profiles(flash), InstalledApps(flash)

    return PhoneParts(
        clock=clock,
        recorder=recorder,
        entropy=entropy.branch("enrolment"),
        service_address=service_address,
        trust=trust,
        passcode=passcode,
        open_http=open_http,
        management=management,
        device_key=device_key,
        sign_in=sign_in,
        inbox=Inbox(management, mailbox, recorder),
        camera=Camera(second=zbar_reader()),
        code_policy=CodePolicy(),
        secret_rules=SecretRules(),
        keys=keys,
        keystore=KeyStore(flash, ScryptSealing(entropy.branch("sealing")), recorder),
        hardware=HardwareKeys(flash, element, recorder),
        check=InstallationCheck(clock),
        waiting=WaitingKey(clock),
        backups=Backups(flash),
        tls=offer,
        supplicant=supplicant or Supplicant(Air(), recorder, clock, client),
        profiles=profiles,
        apps=apps,
        app_access=AppAccess(profiles),
        managed=CheckIn(management, sign_in, profiles, apps),
        flash=flash,
        mail_writer=MailWriter(entropy.branch("mail")),
        finger_sensor=FingerSensor(flash, ScryptSealing(entropy.branch("finger sensor")), clock),
        captions=captions,
        android=android,
    )
