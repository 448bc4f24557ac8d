"""The reference device manager as the suite drives it."""

from collections.abc import Callable
from typing import Any

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.hardware import AssetRecord
from dpc_conformance.reference.device_manager.app import build_app
from dpc_conformance.reference.device_manager.parts import DeviceManagerParts
from dpc_conformance.roles.device_manager import DerivedCredentialSetting, Device, ManagedApp
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.profiles import Profile

ADMINISTRATOR = "administrator"


class ReferenceDeviceManager:
    """Implements roles.device_manager.DeviceManager over its parts; `app` is what the web server serves."""

    def __init__(self, parts: DeviceManagerParts) -> None:
        self.parts = parts
        self.app: Callable[..., Any] = build_app(parts)

    @property
    def service_address(self) -> str:
        """Where the app on the phone talks to the device manager."""
        return self.parts.service_address

    @property
    def statement_key(self) -> dict[str, Any]:
        """The public key (JWK, P-256) with which issuers verify device statements."""
        return self.parts.statements.public_key

    def configure_issuer(self, setting: DerivedCredentialSetting) -> None:
        """Set the issuer; ValueError when another issuer is configured already (one per tenant)."""
        self.parts.setting.configure(setting)
        self.parts.audit.accept(ADMINISTRATOR, "configure-issuer", setting.issuer_address, setting.display_name)
        for account in self.parts.register.accounts():
            self.parts.notifier.consider(account)

    def setting(self) -> DerivedCredentialSetting | None:
        """The current setting."""
        return self.parts.setting.current()

    def delete_issuer(self) -> None:
        """Delete the setting: phones drop what they got by it at their next check-in. LookupError without one."""
        deleted = self.parts.setting.delete()
        self.parts.audit.accept(ADMINISTRATOR, "delete-issuer", deleted.issuer_address, deleted.display_name)

    def target(self, person: Person) -> None:
        """Assign a policy that needs a derived credential; notifies people whose phone is enrolled."""
        self.parts.targeting.assign(person.account)
        self.parts.audit.accept(ADMINISTRATOR, "target", person.account)
        self.parts.notifier.consider(person.account)

    def deploy(self, profile: Profile, person: Person) -> None:
        """Assign a profile, or edit the one of that name; people are told where it uses a derived credential."""
        if not self.parts.profiles.assign(person.account, profile, self.parts.setting.generation):
            return
        self.parts.audit.accept(ADMINISTRATOR, "deploy", person.account, f"{profile.purpose}: {profile.name}")
        if profile.usages:
            self.parts.announcements.profile_changed(profile, person.account)

    def offer_app(self, app: ManagedApp, person: Person) -> None:
        """Have Company Portal offer an app to a person."""
        self.parts.apps.offer(person.account, app)
        self.parts.audit.accept(ADMINISTRATOR, "offer-app", person.account, app.name)

    def devices_of(self, person: Person) -> tuple[Device, ...]:
        """The person's phones, oldest first, retired ones included."""
        return tuple(managed.device for managed in self.parts.register.of(person.account))

    def allow_camera(self, allowed: bool) -> None:
        """Set the device policy on the camera."""
        self.parts.camera.allowed = allowed
        self.parts.audit.accept(ADMINISTRATOR, "camera-policy", "camera", "allowed" if allowed else "blocked")

    def require_screen_lock(self) -> None:
        """Set the device policy on the screen lock."""
        self.parts.screen_lock.required = True
        self.parts.audit.accept(ADMINISTRATOR, "screen-lock-policy", "screen lock", "required")

    def enrolment_token(self) -> str:
        """The token with which phones with Android Enterprise are enrolled."""
        return self.parts.enrolment.token

    def find_compliant(self, person: Person, compliant: bool) -> None:
        """The phones of the person comply with the organisation's policy from now on, or do not."""
        self.parts.register.find_compliant(person.account, compliant)
        self.parts.audit.accept(ADMINISTRATOR, "compliance", person.account, "compliant" if compliant else "not so")

    def audit(self) -> tuple[AuditRecord, ...]:
        """Enrolments, notifications and statements so far, oldest first."""
        return self.parts.audit.records()

    def issue_device(self, device_id: str, person: Person) -> None:
        """The inventory says from now on that the phone was issued to that person. LookupError for an unknown one."""
        managed = self.parts.register.find(device_id)
        if managed is None:
            raise LookupError(f"there is no phone {device_id}")
        self.parts.assets.issue(managed.module, person.account)
        self.parts.audit.accept(ADMINISTRATOR, "issue-device", device_id, person.account)

    def asset_of(self, device_id: str) -> AssetRecord | None:
        """What the inventory says about a phone; None when it is not there."""
        managed = self.parts.register.find(device_id)
        found = self.parts.assets.find(managed.module) if managed else None
        return AssetRecord(device_id, managed.module, *found) if managed and found else None

    def register_device(self, person: Person, model: str, key: dict[str, Any], module: str = "") -> Device:
        """Enrol a phone on the organisation's side, without its user's sign-in; `key` is its public key (JWK).

        ValueError when the key speaks for a phone of another person.
        """
        managed = self.parts.register.add(person.account, person.mail, model, key, module)
        self.parts.audit.accept(ADMINISTRATOR, "enrol", managed.device.device_id, model)
        self.parts.notifier.consider(person.account)
        return managed.device

    def retire(self, device_id: str) -> None:
        """End the management of a phone: it gets no more answers. LookupError when there is none with that id."""
        self.parts.register.retire(device_id)
        self.parts.audit.accept(ADMINISTRATOR, "retire", device_id)
