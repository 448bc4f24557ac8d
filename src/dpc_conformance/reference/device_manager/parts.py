"""The collaborators of the reference device manager; each can be swapped for another that does its job differently."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import httpx
from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.device_manager.announcements import Announcements
from dpc_conformance.reference.device_manager.app_catalogue import AppCatalogue
from dpc_conformance.reference.device_manager.assets import AssetRegister
from dpc_conformance.reference.device_manager.check_ins import CheckIns
from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.identity import IdTokenVerifier, SignedInUser
from dpc_conformance.reference.device_manager.notifier import Notifier
from dpc_conformance.reference.device_manager.profiles import ProfileRegister
from dpc_conformance.reference.device_manager.register import DeviceRegister
from dpc_conformance.reference.device_manager.renewal_watch import RenewalWatch
from dpc_conformance.reference.device_manager.sessions import DeviceSessions
from dpc_conformance.reference.device_manager.statements import StatementSigner
from dpc_conformance.reference.device_manager.tenant import (
    CameraPolicy,
    EnrolmentTokens,
    IssuerSetting,
    ScreenLockPolicy,
    Targeting,
)
from dpc_conformance.reference.mail import SendMail
from dpc_conformance.reference.serving.guesses import Guesses

SERVICE_ADDRESS = "https://mdm.dpc.example"
MOST_WRONG_SIGNATURES, LISTENS_AGAIN = 100, timedelta(minutes=10)
"""Requests without the signature of a known phone, from one address, before none from there is looked at."""


class Identity(Protocol):
    """Tells who signed in."""

    def verify(self, id_token: str) -> SignedInUser:
        """The person named in the token. Raises refusals.Refused."""


@dataclass
class DeviceManagerParts:
    """What a device manager is made of. `deployed_roots` is the trusted root certificate profile."""

    service_address: str
    identity: Identity
    register: DeviceRegister
    sessions: DeviceSessions
    setting: IssuerSetting
    targeting: Targeting
    profiles: ProfileRegister
    held: HeldCredentials
    check_ins: CheckIns
    announcements: Announcements
    notifier: Notifier
    statements: StatementSigner
    audit: MemoryAuditLog
    deployed_roots: list[x509.Certificate]
    assets: AssetRegister
    guesses: Guesses
    """Wrong signatures, by where they came from."""
    enrolment: EnrolmentTokens
    camera: CameraPolicy = field(default_factory=CameraPolicy)
    screen_lock: ScreenLockPolicy = field(default_factory=ScreenLockPolicy)
    apps: AppCatalogue = field(default_factory=AppCatalogue)


def standard_parts(
    clock: RunClock,
    entropy: Entropy,
    send_mail: SendMail,
    open_http: Callable[[], httpx.Client],
    identity_provider: str,
    deployed_roots: list[x509.Certificate],
    client_id: str = "company-portal",
    service_address: str = SERVICE_ADDRESS,
) -> DeviceManagerParts:
    """The parts of an honest device manager, new for a scenario.

    `open_http` opens the client with which it reads the identity provider's keys; `identity_provider` is the
    OpenID Connect issuer, `client_id` the audience of id_tokens.
    """
    register, setting, profiles = DeviceRegister(entropy.branch("devices")), IssuerSetting(), ProfileRegister()
    targeting, audit, held = Targeting(profiles), MemoryAuditLog(clock), HeldCredentials()
    assets = AssetRegister(clock)
    notifier = Notifier(setting, targeting, register, audit, clock, send_mail, service_address)
    return DeviceManagerParts(
        service_address=service_address,
        identity=IdTokenVerifier(open_http, identity_provider, client_id, clock),
        register=register,
        sessions=DeviceSessions(register, service_address, clock),
        setting=setting,
        targeting=targeting,
        profiles=profiles,
        held=held,
        check_ins=CheckIns(setting, profiles, held, RenewalWatch(held, notifier, clock)),
        announcements=Announcements(setting, register, held, notifier),
        notifier=notifier,
        statements=StatementSigner(service_address, clock, entropy.branch("statements"), assets),
        audit=audit,
        deployed_roots=deployed_roots,
        assets=assets,
        guesses=Guesses(clock, MOST_WRONG_SIGNATURES, LISTENS_AGAIN),
        enrolment=EnrolmentTokens(entropy.branch("enrolment token")),
    )
