"""Company Portal: one screen at a time, each with the controls that lead on from it."""

from collections.abc import Mapping
from dataclasses import replace

import httpx
from cryptography import x509

from dpc_conformance.evidence.recorder import ACTIVATION_SECRET_WAS_HERE
from dpc_conformance.evidence.records import Screenshot, ScreenShown
from dpc_conformance.protocols.device_grant import DeviceGrantFailed
from dpc_conformance.protocols.device_management import DeviceConfiguration, ManagementRefused
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.key_envelope import EnvelopeRefused
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.activation import SecretNotAllowed
from dpc_conformance.reference.phone.camera_pages import CameraPages
from dpc_conformance.reference.phone.code_pages import PASSWORD, PICTURE, CodePages
from dpc_conformance.reference.phone.device_setup import ORGANISATIONS_CODE, TEXT, DeviceSetup
from dpc_conformance.reference.phone.enrolment import Enrolment
from dpc_conformance.reference.phone.home import NETWORK, NO_CONNECTION, Action, Home
from dpc_conformance.reference.phone.installation import NotInstallable
from dpc_conformance.reference.phone.keystore import ResetNotPossible
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.secure_element import OrderRefused
from dpc_conformance.reference.phone.sign_in import SignInFailed
from dpc_conformance.reference.phone.web_page import page
from dpc_conformance.roles.captions import ANDROID
from dpc_conformance.roles.screens import Screen

SECRET, PATIENCE = "secret", "patience"
"""What a screen without controls waits for, besides those of the codes."""
DRAWN = "as the suite draws it"
"""Goes with every picture of a screen, so that nobody takes it for a photograph of an app."""


class Portal:
    """The state machine. A screen's controls are its actions; whatever else a person does on it is a LookupError."""

    def __init__(self, parts: PhoneParts, device: str) -> None:
        """`device` names the phone in the records."""
        self._parts, self._device = parts, device
        self._words = parts.captions
        self._screen = Screen("", "The app is closed.")
        self._actions: Mapping[str, Action] = {}
        self._expects = ""
        self._issuer = ""
        self._enrolment: Enrolment | None = None
        self._secret: str | None = None
        self._home = Home(parts, self._show, self.start)
        self._codes = CodePages(parts, self._show, self._redeemed)
        self._camera = CameraPages(parts, self._show, self._codes.scanner)
        self._device_setup = DeviceSetup(parts, self._show, self._sign_in, self.start)
        self._signed_in: Action = self._home.first_screen

    def start(self) -> Screen:
        """Start the app anew; a managed phone checks in."""
        self._enrolment, self._secret = None, None
        self._signed_in = self._home.first_screen
        self._home.check_in()
        if self._parts.sign_in.enrolled:
            return self._home.first_screen()
        text = "Sign in with your work account to manage this device."
        return self._show(self._words.app, text, {self._words.sign_in: self._sign_in})

    def switch_on(self) -> Screen:
        """Switch the phone on: one with Android Enterprise that nobody manages yet begins its set-up."""
        if self._parts.sign_in.enrolled or self._words.platform != ANDROID.platform:
            return self.start()
        self._signed_in = self._device_setup.policies
        return self._device_setup.welcome()

    def type_text(self, text: str) -> Screen:
        """Type on the screen. LookupError when it has no field."""
        if self._expects != TEXT:
            raise LookupError(f'there is nothing to type on the screen "{self._screen.title}"')
        return self._device_setup.typed(text)

    def choose(self, caption: str) -> Screen:
        """Tap a control. LookupError when the current screen has none with that caption."""
        action = self._actions.get(caption)
        if action is None:
            raise LookupError(f'the screen "{self._screen.title}" has no "{caption}", only {list(self._actions)}')
        return action()

    def after_sign_in(self) -> Screen:
        """Come back to the app when the code was entered elsewhere."""
        try:
            self._parts.sign_in.wait()
        except (SignInFailed, DeviceGrantFailed, ManagementRefused) as error:
            text = str(error) if isinstance(error, SignInFailed) else "Your sign-in was not accepted. Try again."
            return self._show(self._words.sign_in_failed, text, {self._words.try_again: self._sign_in})
        return self._signed_in()

    def set_up(self) -> Screen:
        """What the notification and the e-mail's link open."""
        configuration = self._parts.management.configuration()
        if configuration.issuer_address is None:
            return self._show(self._words.not_available, "Your organization does not ask for a smart card here.", {})
        self._issuer = configuration.issuer_address
        text = "Your organization requires a smart card credential on this device. Have your smart card at hand."
        actions: dict[str, Action] = {self._words.instructions: self._instructions, self._words.begin: self._begin}
        return self._show(self._words.set_up, text, actions)

    def scan(self, picture: bytes) -> Screen:
        """Hold the camera at a picture. LookupError when the scanner is not open."""
        if self._expects == ORGANISATIONS_CODE:
            return self._device_setup.scan(picture)
        if self._expects != PICTURE:
            raise LookupError("the scanner is not open")
        return self._codes.scan(picture, self._issuer)

    def type_password(self, password: str) -> Screen:
        """Type the password under the code. LookupError when the screen does not ask for one."""
        if self._expects != PASSWORD:
            raise LookupError(f'the screen "{self._screen.title}" does not ask for a password')
        return self._codes.type_password(password)

    def set_secret(self, secret: str) -> Screen:
        """Choose the activation secret. LookupError when the screen does not ask for one."""
        if self._expects != SECRET:
            raise LookupError(f'the screen "{self._screen.title}" does not ask for an activation secret')
        self._parts.recorder.keep_secret(secret, ACTIVATION_SECRET_WAS_HERE)
        try:
            self._parts.secret_rules.check(secret, self._parts.passcode, self._parts.sign_in.names)
        except SecretNotAllowed as error:
            return self._choose_secret(str(error))
        self._secret = secret
        return self._installing()

    def finish(self) -> Screen:
        """Wait for the installation; the current screen when none is going on."""
        if self._expects != PATIENCE or self._enrolment is None or self._secret is None:
            return self._screen
        again: dict[str, Action] = {self._words.try_again: self._retry}
        over: dict[str, Action] = {self._words.start_over: self.set_up}
        try:
            self._enrolment.fetch(_certificates(self._parts.management.configuration()))
            self._enrolment.install(self._secret)
        except NETWORK:
            return self._show(self._words.failed, NO_CONNECTION, again)
        except (EnrolmentRefused, ManagementRefused) as error:
            later = error.status == httpx.codes.SERVICE_UNAVAILABLE
            return self._show(self._words.failed, error.message, again if later else over)
        except (NotInstallable, ResetNotPossible, OrderRefused) as error:
            return self._show(self._words.failed, str(error), over)
        except EnvelopeRefused:
            return self._show(self._words.failed, "The key from the issuer arrived unprotected or damaged.", over)
        done = captions.SECRET_CHANGED if self._enrolment.is_reset else self._words.finished
        self._enrolment, self._secret = None, None
        self._home.check_in()
        return self._show(done, "You can use it in your apps now.", {})

    def show_page(self, screen: Screen) -> Screen:
        """Record a web page that another app shows; Company Portal stays behind it as it is."""
        recorder, now = self._parts.recorder, self._parts.clock.now()
        said = replace(screen, title=recorder.redact(screen.title), text=recorder.redact(screen.text))
        recorder.record(ScreenShown(now, self._device, said.title, said.text, said.choices))
        if picture := self._parts.picture_of(said):
            recorder.record(Screenshot(now, f"{self._device}, {DRAWN}", picture))
        return screen

    def ask(self, title: str, text: str, answers: Mapping[str, Action]) -> Screen:
        """A question of the phone in front of Company Portal, to be answered once."""

        def once(action: Action) -> Action:
            def answered() -> Screen:
                self._actions = {}
                return action()

            return answered

        return self._show(title, text, {caption: once(action) for caption, action in answers.items()})

    def _sign_in(self) -> Screen:
        try:
            code = self._parts.sign_in.start()
        except (DeviceGrantFailed, *NETWORK):
            return self._show(self._words.sign_in_failed, NO_CONNECTION, {self._words.try_again: self._sign_in})
        text = f"On your smart card computer, open {code.verification_uri} and enter the code {code.user_code}"
        return self._show(self._words.sign_in, text, {})

    def _instructions(self) -> Screen:
        address = self._parts.management.configuration().help_url
        try:
            with self._parts.open_http(None) as http:
                return self.show_page(page(http.get(address)))
        except NETWORK:
            return self.show_page(Screen("The page cannot be opened", NO_CONNECTION, address=address))

    def _begin(self) -> Screen:
        text = "At your computer or kiosk, request an ID that is activated with a mobile credential: a QR code appears."
        return self._show(self._words.get_qr_code, text, {self._words.go_on: self._camera.first})

    def _redeemed(self, enrolment: Enrolment) -> Screen:
        self._enrolment = enrolment
        return self._choose_secret("You will enter it each time you use your mobile smart card.")

    def _choose_secret(self, text: str) -> Screen:
        reset = self._enrolment is not None and self._enrolment.is_reset
        return self._show(captions.CHOOSE_NEW_SECRET if reset else self._words.choose_secret, text, {}, SECRET)

    def _installing(self) -> Screen:
        return self._show(self._words.installing, "Do not close the app.", {}, PATIENCE)

    def _retry(self) -> Screen:
        self._installing()
        return self.finish()

    def _show(self, title: str, text: str, actions: Mapping[str, Action], expects: str = "") -> Screen:
        self._screen, self._actions, self._expects = Screen(title, text, tuple(actions)), actions, expects
        return self.show_page(self._screen)


def _certificates(configuration: DeviceConfiguration) -> list[x509.Certificate]:
    return [x509.load_pem_x509_certificate(pem.encode()) for pem in configuration.trusted_roots]
