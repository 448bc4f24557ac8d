"""Seeded defects of managed apps: which there are, and how they get the derived credential."""

from dpc_conformance.faults.flows.activation import with_key_store
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.device_manager.app_catalogue import AppCatalogue
from dpc_conformance.reference.phone.app_access import Access, AppAccess
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.installed_apps import InstalledApps
from dpc_conformance.reference.phone.keystore import ActivatedKey, KeyStore
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.device_manager import ManagedApp
from dpc_conformance.roles.screens import Screen


class ForEverybody(AppCatalogue):
    """Does not ask whom an app was offered to."""

    def offered_to(self, account: str) -> tuple[ManagedApp, ...]:  # noqa: ARG002
        """See AppCatalogue."""
        return tuple(app for offered in self._offered.values() for app in offered.values())


@fault("Company Portal shows apps that were offered to other people", {"NEXT-01"})
def for_everybody(scene: Scene) -> None:
    scene.device_manager.apps = ForEverybody()


class ForGood(InstalledApps):
    """Leaves an app on the phone that was to be removed."""

    def remove(self, name: str) -> None:
        """See InstalledApps."""


@fault("app that was removed stays on the phone", {"NEXT-02"})
def for_good(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.apps = ForGood(parts.flash)

    scene.on_phone.append(change)


def _access(scene: Scene, kind: type[AppAccess]) -> None:
    def change(parts: PhoneParts) -> None:
        parts.app_access = kind(parts.profiles)

    scene.on_phone.append(change)


class WithoutProfile(AppAccess):
    """Lets every app ask for the credential, whatever the organisation provides for."""

    def of(self, app: str, stores: CredentialStores) -> Access | Screen:
        """See AppAccess."""
        access = super().of(app, stores)
        return Access.ASK if isinstance(access, Screen) else access


@fault("app gets the credential without a profile for apps", {"NEXT-03"})
def without_profile(scene: Scene) -> None:
    _access(scene, WithoutProfile)


class Unasked(AppAccess):
    """Asks the user nothing."""

    def of(self, app: str, stores: CredentialStores) -> Access | Screen:
        """See AppAccess."""
        access = super().of(app, stores)
        return access if isinstance(access, Screen) else Access.GRANTED


@fault(
    "app gets the credential without a question although no profile lists it",
    {"NEXT-03"},
    breaks={"The organisation's apps are installed while the phone is set up": "there is no credential to give yet"},
)
def unasked(scene: Scene) -> None:
    _access(scene, Unasked)


class AlwaysAsked(AppAccess):
    """Takes no notice of the apps that a profile lists."""

    def of(self, app: str, stores: CredentialStores) -> Access | Screen:
        """See AppAccess."""
        access = super().of(app, stores)
        return access if isinstance(access, Screen) else Access.ASK


@fault("phone asks about an app that gets the credential silently", {"NEXT-03"})
def always_asked(scene: Scene) -> None:
    _access(scene, AlwaysAsked)


class TakesNoForYes(AppAccess):
    """Asks, and goes on whatever the answer is."""

    def gets_it(self, app: str, allowed: bool) -> bool:  # noqa: ARG002
        """See AppAccess."""
        return True


@fault("app gets the credential although the cardholder did not allow it", {"NEXT-03"})
def takes_no_for_yes(scene: Scene) -> None:
    _access(scene, TakesNoForYes)


class Remembering(KeyStore):
    """Remembers the activation secret that was typed last, for whoever asks for it."""

    SECRET = "typed-last"

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        activated = super().activate(usage, secret)
        self._flash.write(self.SECRET, secret)
        return activated


class ActivatesSilently(AppAccess):
    """Takes a silent grant for an activation, once somebody has typed the secret."""

    def __init__(self, parts: PhoneParts) -> None:
        super().__init__(parts.profiles)
        self._parts = parts

    def of(self, app: str, stores: CredentialStores) -> Access | Screen:
        """See AppAccess."""
        access, typed = super().of(app, stores), self._parts.flash.read(Remembering.SECRET)
        if access is Access.GRANTED and typed:
            self._parts.waiting.put(stores.activate("authentication", typed))
        return access


@fault("silent grant needs no activation", {"DPC-ACT-EACH-01"})
def activates_silently(scene: Scene) -> None:
    with_key_store(scene, Remembering)

    def change(parts: PhoneParts) -> None:
        parts.app_access = ActivatesSilently(parts)

    scene.on_phone.append(change)
