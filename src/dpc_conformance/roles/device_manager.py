"""The device manager (MDM): enrols phones, holds the derived-credential setting, notifies people."""

from dataclasses import dataclass
from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.roles.people import Person


@dataclass(frozen=True)
class DerivedCredentialSetting:
    """The tenant's one derived-credential issuer. `notification_types` holds `app` and/or `e-mail`."""

    display_name: str
    issuer_address: str
    help_url: str | None
    notification_types: frozenset[str]


@dataclass(frozen=True)
class Device:
    """A managed phone. `state` is enrolled or retired."""

    device_id: str
    account: str
    model: str
    state: str


class DeviceManager(Protocol):
    """What an administrator does and what the suite may ask."""

    @property
    def service_address(self) -> str:
        """Where the app on the phone talks to the device manager."""

    def configure_issuer(self, setting: DerivedCredentialSetting) -> None:
        """Set the issuer; ValueError when another issuer is configured already (one per tenant)."""

    def setting(self) -> DerivedCredentialSetting | None:
        """The current setting."""

    def target(self, person: Person) -> None:
        """Assign a policy that needs a derived credential; notifies people whose phone is enrolled."""

    def devices_of(self, person: Person) -> tuple[Device, ...]:
        """The person's phones."""

    def allow_camera(self, allowed: bool) -> None:
        """Set the device policy on the camera."""

    def find_compliant(self, person: Person, compliant: bool) -> None:
        """Have the person's phones found to comply with the organisation's policy, or not. Raises NotSupported."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Enrolments, notifications and statements so far, oldest first."""
