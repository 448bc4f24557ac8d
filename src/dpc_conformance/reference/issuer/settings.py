"""What an issuer is configured to do."""

from dataclasses import dataclass
from datetime import timedelta

from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.kinds import INTERCEDE, IssuerKind

AUTHENTICATION, SIGNATURE, KEY_MANAGEMENT = "authentication", "signature", "key-management"
DEVICE, ISSUER = "device", "issuer"


@dataclass(frozen=True)
class CredentialProfile:
    """A choice at the kiosk. `credentials` lists (usage, who makes the key); none means that no phone is involved.

    Keys of a `hardware` profile are made in a module of the device and certified under the hardware policy.
    """

    caption: str
    credentials: tuple[tuple[str, str], ...]
    hardware: bool = False

    @property
    def mobile(self) -> bool:
        """Whether it is activated with a mobile credential, so that a QR code is shown."""
        return bool(self.credentials)


MOBILE_PROFILE = CredentialProfile(
    "Activate with a mobile credential", ((AUTHENTICATION, DEVICE), (SIGNATURE, DEVICE), (KEY_MANAGEMENT, ISSUER))
)
HARDWARE_PROFILE = CredentialProfile("Activate with a hardware credential", ((AUTHENTICATION, DEVICE),), hardware=True)
COUNTER_PROFILE = CredentialProfile("Collect a smart card at the counter", ())
RESET_PROFILE = CredentialProfile("Reset the activation secret of my phone", ())
"""What a code is for that brings no credential, but another activation secret for those on the phone."""


@dataclass(frozen=True)
class IssuerSettings:
    """Addresses, policies and limits. `host` serves https on 443 and the certificate sign-in on 8443."""

    host: str = "issuer.dpc.example"
    display_name: str = "Example Agency Credential Issuer"
    device_manager: str = "https://mdm.dpc.example"
    card_policies: frozenset[str] = frozenset({oids.COMMON_AUTHENTICATION})
    """Policies that a card's certificate may assert: id-fpki-common-authentication (FIPS 201-3 §6.2.3.1)."""
    derived_policies: frozenset[str] = frozenset({oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE})
    operator_policies: frozenset[str] = frozenset(
        {oids.COMMON_HARDWARE, oids.COMMON_AUTHENTICATION, oids.COMMON_HIGH, oids.DERIVED_PIV_AUTH_HARDWARE}
    )
    """Policies of certificates in hardware, with which registration operators log on (CP §6.2.1)."""
    reads_card: bool = False
    """Whether the kiosk has its workstation read the card's data objects after the sign-in, and judges them."""
    content_signing_policies: frozenset[str] = frozenset({oids.COMMON_PIV_CONTENT_SIGNING})
    """Policies that the certificate of a card's content signer may assert (FIPS 201-3 §4.2.1)."""
    profiles: tuple[CredentialProfile, ...] = (MOBILE_PROFILE, HARDWARE_PROFILE, COUNTER_PROFILE)
    kind: IssuerKind = INTERCEDE
    """Whose pages it has, and what a request takes there."""
    secret_bytes: int = 20
    secret_lifetime: timedelta = timedelta(minutes=10)
    """The longest that a binding code may live (SP 800-63B-4)."""
    most_wrong_secrets: int = 20
    """Unknown binding secrets from one address within the lifetime of a secret, until it is not listened to."""
    most_wrong_passwords: int = 5
    """Passwords that may be tried for one code, until it is worth nothing."""
    most_wrong_tokens: int = 100
    """The same for tokens, which nobody can guess."""
    sign_in_lifetime: timedelta = timedelta(minutes=15)
    ticket_lifetime: timedelta = timedelta(minutes=1)
    token_lifetime: timedelta = timedelta(minutes=10)
    identity_lifetime: timedelta = timedelta(days=90)
    """From verification of the identity to issuance, at most (CP §4.2.3)."""
    resets_secrets: bool = True
    """Whether the issuer keeps unblocking keys, by which a phone resets its activation secret."""
    recheck_after: timedelta = timedelta(days=7)
    longest_suspension: timedelta = timedelta(days=30)
    """After that a suspended credential is revoked (CP §4.9.16)."""
    modification_deadline: timedelta = timedelta(days=30)
    """A credential whose data no longer hold is revoked when it was not replaced by then."""
    most_credentials: int = 3
    """Derived authentication credentials that one account may have active at the same time."""

    @property
    def origin(self) -> str:
        """The ordinary https origin."""
        return f"https://{self.host}"

    @property
    def sign_in_origin(self) -> str:
        """The origin that asks for a client certificate."""
        return f"https://{self.host}:8443"

    @property
    def enrolment_address(self) -> str:
        """What a QR code points at, without its secret."""
        return f"{self.origin}/enrol"

    def profile_of(self, caption: str) -> CredentialProfile:
        """The profile of a code, by its caption."""
        return next(profile for profile in (*self.profiles, RESET_PROFILE) if profile.caption == caption)
