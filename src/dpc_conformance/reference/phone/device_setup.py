"""A new phone with Android Enterprise on its way to be managed, from the word Welcome on.

Power, network, NFC and the terms of Google and Chrome are no part of it: they are on real devices only. Screens for
which the documents print no title have one of ours.
"""

from collections.abc import Callable, Mapping

from dpc_conformance.reference.phone.camera import CodeNotRead
from dpc_conformance.reference.phone.home import Action
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles import android
from dpc_conformance.roles.device_manager import ManagedApp
from dpc_conformance.roles.screens import Screen

Show = Callable[[str, str, Mapping[str, Action], str], Screen]
TEXT, ORGANISATIONS_CODE = "text", "organisation's code"
"""What a screen of the set-up waits for besides a choice."""
ACCOUNT, LOCK, APPS, READY = "Sign in with your work account", "Screen lock", "Work apps", "Device setup"
NOT_HERE = "This phone cannot be enrolled with a token."


class DeviceSetup:
    """`show` puts a screen on display, `sign_in` leads to the code, `start` starts the app."""

    def __init__(self, parts: PhoneParts, show: Show, sign_in: Action, start: Action) -> None:
        self._parts, self._show, self._sign_in, self._start = parts, show, sign_in, start
        self._device = parts.android
        self._taps, self._entering = 0, False

    def welcome(self) -> Screen:
        """The first screen."""
        actions: dict[str, Action] = {android.WELCOME: self._tapped, android.NEXT: self._account}
        return self._show(android.WELCOME, "Choose your language.", actions, "")

    def scan(self, picture: bytes) -> Screen:
        """Hold the camera at the organisation's QR code."""
        try:
            self._parts.sign_in.token = self._parts.camera.read(picture)
        except CodeNotRead as error:
            return self._scanner(str(error))
        return self._account()

    def typed(self, text: str) -> Screen:
        """An e-mail address, or what stands in its place; after that the token."""
        if self._entering:
            self._parts.sign_in.token = text
            actions: dict[str, Action] = {android.ENROLL_NEXT: self._account}
            return self._show(android.SCAN_OR_ENTER, "The code was entered.", actions, "")
        if text != android.IN_PLACE_OF_AN_ADDRESS:
            return self._account("Sign in from another device: this phone has no reader for your smart card.")
        if not self._device.takes_token:
            return self._account(NOT_HERE)
        actions = {android.INSTALL_POLICY_APP: self._enroll}
        return self._show("Android Device Policy", "This app lets your organization manage the phone.", actions, "")

    def policies(self) -> Screen:
        """What comes after the sign-in: the policies, as far as they ask for something."""
        if not self._parts.management.configuration().screen_lock_required:
            return self._apps()
        return self._show(LOCK, "Your organization requires a screen lock.", {android.SET: self._apps}, "")

    def _tapped(self) -> Screen:
        self._taps += 1
        return self.welcome() if self._taps < android.TAPS else self._scanner("Scan your organization's QR code.")

    def _scanner(self, text: str) -> Screen:
        return self._show(self._parts.captions.scanner, text, {}, ORGANISATIONS_CODE)

    def _account(self, text: str = "Enter your e-mail address.") -> Screen:
        self._entering = False
        return self._show(ACCOUNT, text, {android.SIGN_IN_OPTIONS: self._options}, TEXT)

    def _enroll(self) -> Screen:
        return self._show(android.ENROLL, "Your organization owns it.", {android.ENROLL_NEXT: self._ask_for_code}, "")

    def _ask_for_code(self) -> Screen:
        return self._show(android.ENROLL, "Your organization gave you a code.", {android.ENTER_CODE: self._enter}, "")

    def _enter(self) -> Screen:
        self._entering = True
        return self._show(android.SCAN_OR_ENTER, "Enter the code.", {}, TEXT)

    def _options(self) -> Screen:
        return self._show(android.SIGN_IN_OPTIONS, "", {android.FROM_ANOTHER_DEVICE: self._sign_in}, "")

    def _apps(self) -> Screen:
        wanted = self._parts.management.apps()
        names = "\n".join((self._parts.captions.app, *(app.name for app in wanted)))

        def install() -> Screen:
            self._install(wanted)
            return self._show(APPS, names, {android.NEXT: self._ready}, "")

        return self._show(APPS, names, {android.INSTALL: install}, "")

    def _install(self, wanted: tuple[ManagedApp, ...]) -> None:
        for app in wanted:
            self._parts.apps.install(app)

    def _ready(self) -> Screen:
        return self._show(READY, f"Go on in {self._parts.captions.app}.", {android.START: self._start}, "")
