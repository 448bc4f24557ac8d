"""The device manager (MDM): enrols phones, holds the derived-credential setting, notifies people."""

from dataclasses import dataclass
from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.hardware import AssetRecord
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.profiles import Profile


@dataclass(frozen=True)
class DerivedCredentialSetting:
    """The tenant's one derived-credential issuer. `notification_types` holds `app` and/or `e-mail`."""

    display_name: str
    issuer_address: str
    help_url: str | None
    notification_types: frozenset[str]


@dataclass(frozen=True)
class Device:
    """A managed phone. `state` is enrolled or retired, `system` its platform with the version, empty where unknown."""

    device_id: str
    account: str
    model: str
    state: str
    system: str = ""


@dataclass(frozen=True)
class ManagedApp:
    """An app that the organisation offers in Company Portal; `address` is where it signs in with the credential."""

    name: str
    address: str


class DeviceManager(Protocol):
    """What an administrator does and what the suite may ask."""

    @property
    def service_address(self) -> str:
        """Where the app on the phone talks to the device manager."""

    def configure_issuer(self, setting: DerivedCredentialSetting) -> None:
        """Set the issuer; ValueError when another issuer is configured already (one per tenant)."""

    def setting(self) -> DerivedCredentialSetting | None:
        """The current setting."""

    def delete_issuer(self) -> None:
        """Delete the setting: what was obtained under it stops working at the next check-in of each phone.

        Raises NotSupported; LookupError without a setting.
        """

    def target(self, person: Person) -> None:
        """Assign a policy that needs a derived credential; notifies people whose phone is enrolled."""

    def deploy(self, profile: Profile, person: Person) -> None:
        """Assign a profile to a person; one of the same name is edited, which counts where anything differs.

        Notifies people whose phone is enrolled when the profile needs a derived credential. Raises NotSupported.
        """

    def offer_app(self, app: ManagedApp, person: Person) -> None:
        """Have Company Portal offer an app to a person. Raises NotSupported."""

    def devices_of(self, person: Person) -> tuple[Device, ...]:
        """The person's phones."""

    def issue_device(self, device_id: str, person: Person) -> None:
        """Have the agency's inventory say that the phone was issued to that person. Raises NotSupported."""

    def asset_of(self, device_id: str) -> AssetRecord | None:
        """What the agency's inventory says about a phone; None when it is not there. Raises NotSupported."""

    def allow_camera(self, allowed: bool) -> None:
        """Set the device policy on the camera."""

    def require_screen_lock(self) -> None:
        """Set a device policy that requires a screen lock. Raises NotSupported."""

    def enrolment_token(self) -> str:
        """The token that the organisation hands out for phones with Android Enterprise, as in its QR code.

        What the code of a product holds nobody documents; here it is the token alone. Raises NotSupported.
        """

    def retire(self, device_id: str) -> None:
        """End the management of a phone: at its next check-in it gives up what it got.

        Raises NotSupported; LookupError when there is none with that id.
        """

    def find_compliant(self, person: Person, compliant: bool) -> None:
        """Have the person's phones found to comply with the organisation's policy, or not. Raises NotSupported."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Enrolments, notifications and statements so far, oldest first."""
