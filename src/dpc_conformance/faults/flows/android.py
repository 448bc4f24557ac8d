"""Seeded defects of what only a phone with Android Enterprise has: its set-up, and the screens of its own."""

from collections.abc import Callable
from dataclasses import replace

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.device_manager.register import DeviceRegister, ManagedDevice
from dpc_conformance.reference.device_manager.tenant import EnrolmentTokens, IssuerSetting, ScreenLockPolicy
from dpc_conformance.reference.identity_provider.codes import Codes
from dpc_conformance.reference.phone.camera import NOT_ASKED, Camera, CodeNotRead, CodePolicy
from dpc_conformance.reference.phone.installed_apps import InstalledApps
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.android import AndroidDevice
from dpc_conformance.roles.captions import ANDROID, IOS
from dpc_conformance.roles.device_manager import DerivedCredentialSetting, ManagedApp

Change = Callable[[PhoneParts], None]


def on_android(scene: Scene, change: Change) -> None:
    """Have the defect on phones with Android, and on no others."""
    scene.on_phone.append(lambda parts: change(parts) if parts.captions is ANDROID else None)


@fault(
    "phone with Android titles the screens of the smart card setup as no document does",
    {f"AND-INT-{step}" for step in ("01", "02b", "03", "04", "05", "06", "08", "09", "10")},
)
def other_titles(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        wrong = {"set_up": IOS.set_up, "installing": IOS.installing, "finished": IOS.finished}
        parts.captions = replace(parts.captions, get_qr_code="Fetch the code", **wrong)

    on_android(scene, change)


class Forgetful(Camera):
    """Keeps no answer to the question whether it may be used."""

    @property
    def permission(self) -> str:
        """See Camera."""
        return NOT_ASKED

    @permission.setter
    def permission(self, answer: str) -> None:
        """See Camera."""


@fault("phone with Android asks for the camera each time", {"AND-INT-07"})
def asks_again(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.camera = Forgetful()

    on_android(scene, change)


class OnlyOne(CodePolicy):
    """Accepts one QR code in the life of a phone."""

    def __init__(self) -> None:
        self._accepted = False

    def accept(self, text: str, issuer_address: str) -> QrPayload:
        """See CodePolicy."""
        if self._accepted:
            raise CodeNotRead("This phone has scanned a QR code already.")
        self._accepted = True
        return super().accept(text, issuer_address)


@fault("phone with Android takes no other QR code after an app that was closed", {"AND-INT-09"})
def only_one_code(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.code_policy = OnlyOne()

    on_android(scene, change)


class WithoutInstructions(IssuerSetting):
    """Keeps everything but the address of the instructions."""

    def configure(self, setting: DerivedCredentialSetting) -> None:
        """See IssuerSetting."""
        super().configure(replace(setting, help_url=None))


@fault("device manager forgets the organisation's instructions", {"AND-INT-02a", "IOS-INT-08a", "ADM-03"})
def no_instructions(scene: Scene) -> None:
    forgets = WithoutInstructions()
    forgets.__dict__ = scene.device_manager.setting.__dict__  # the notifier keeps the honest one
    scene.device_manager.setting = forgets


class AnyVersion(AndroidDevice):
    """Is enrolled with a token on each version of Android."""

    @property
    def takes_token(self) -> bool:
        """See AndroidDevice."""
        return True


@fault("phone with Android 11 and a work profile is enrolled with a token", {"AND-03"})
def any_version(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.android = AnyVersion(parts.android.version, parts.android.work_profile)

    on_android(scene, change)


class AnyToken(EnrolmentTokens):
    """Whoever types something is welcome."""

    def accepts(self, token: str) -> bool:  # noqa: ARG002
        """See EnrolmentTokens."""
        return True


@fault("device manager takes any enrolment token", {"AND-03"})
def any_token(scene: Scene) -> None:
    scene.device_manager.enrolment = AnyToken(scene.entropy.branch("any token"))


class OnlyAddresses(Camera):
    """Reads no QR code but those with an address."""

    def read(self, picture: bytes) -> str:
        """See Camera."""
        text = super().read(picture)
        if "://" not in text:
            raise CodeNotRead("No QR code was found.")
        return text


@fault("phone with Android does not read the organisation's QR code", {"AND-02"})
def only_addresses(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.camera = OnlyAddresses()

    on_android(scene, change)


class ShortCodes(Codes):
    """Makes codes of six characters."""

    def user_code(self) -> str:
        """See Codes."""
        return super().user_code()[:-2]


@fault("identity provider shows codes of six characters", {"IOS-INT-02", "AND-06", "AND-07"})
def short_codes(scene: Scene) -> None:
    scene.identity_provider.codes = ShortCodes(scene.entropy.branch("short codes"))


class Twice(DeviceRegister):
    """Lists each phone with Android twice."""

    def of(self, account: str) -> tuple[ManagedDevice, ...]:
        """See DeviceRegister."""
        found = super().of(account)
        return (*found, *(each for each in found if each.device.system.startswith("Android")))


@fault("device manager lists a phone with Android twice", {"AND-03", "AND-08", "AND-09", "AND-10", "AND-11"})
def listed_twice(scene: Scene) -> None:
    twice = Twice(scene.entropy.branch("twice"))
    twice.__dict__ = scene.device_manager.register.__dict__  # phones talk to the honest one
    scene.device_manager.register = twice


class NoApps(InstalledApps):
    """Installs nothing."""

    def install(self, app: ManagedApp) -> None:
        """See InstalledApps."""


@fault("phone with Android takes over nothing that the organisation wants on it", {"AND-12", "AND-13"})
def takes_nothing_over(scene: Scene) -> None:
    class Never(ScreenLockPolicy):
        required = property(lambda _: False, lambda _self, _asked: None)

    scene.device_manager.screen_lock = Never()

    def change(parts: PhoneParts) -> None:
        parts.apps = NoApps(parts.flash)

    on_android(scene, change)


@fault("phone runs Android 7", {"AND-01", "AND-14", "AND-15", "AND-16"})
def old_android(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.sign_in.system = "Android 7"

    on_android(scene, change)
