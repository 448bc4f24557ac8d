"""The cardholder's phone as its user handles it in a browser: one screen at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from dpc_conformance.reference.phone.captions import CHOOSE_NEW_SECRET
from dpc_conformance.reference.phone.home import NETWORK
from dpc_conformance.roles.captions import IOS
from dpc_conformance.roles.phone import Phone, WrongActivationSecret
from dpc_conformance.roles.screens import Screen

PICTURE, PASSWORD, SECRET, PATIENCE = "picture", "password", "secret", "patience"
ASKS = {IOS.password_required: PASSWORD, IOS.choose_secret: SECRET, CHOOSE_NEW_SECRET: SECRET, IOS.installing: PATIENCE}
NOT_NOW = "The phone is busy, or shows something else by now."


class PhoneInHand:
    """Keeps the screen that is shown. While the phone works by itself, whatever else is asked of it waits for it."""

    def __init__(self, phone: Phone, application: str) -> None:
        """`application` is the address of a web application that the credential signs in to."""
        self._phone, self._application = phone, application
        self._one_at_a_time = threading.Lock()
        self.screen = phone.open_company_portal()
        self.problem = ""

    @property
    def asks(self) -> str:
        """What the screen waits for besides a choice: a picture, a password, a secret, patience; empty for nothing."""
        if self.waiting:
            return PATIENCE
        if self.screen.title == IOS.scanner and not self.screen.choices:
            return PICTURE
        return ASKS.get(self.screen.title, "")

    @property
    def waiting(self) -> bool:
        """Whether the app shows a code, and asks by itself whether it was entered."""
        return self.screen.title == IOS.sign_in

    @property
    def code(self) -> str:
        """The code that the app shows; empty while it shows none."""
        with suppress(LookupError):
            return self._phone.user_code() if self.waiting else ""
        return ""

    def choose(self, caption: str) -> None:
        """Tap a control; an app that shows a code goes on by itself once that was entered."""
        self._do(lambda: self._phone.choose(caption))
        if self.waiting and not self.problem:
            threading.Thread(target=self._wait_for_sign_in, name="phone", daemon=True).start()

    def scan(self, picture: bytes) -> None:
        """Hold the camera at a picture."""
        self._do(lambda: self._phone.scan(picture))

    def type_password(self, password: str) -> None:
        """Type the password under the code that was scanned."""
        self._do(lambda: self._phone.type_password(password))

    def set_secret(self, secret: str) -> None:
        """Choose the activation secret, and wait for the installation where it is accepted."""
        self._do(lambda: self._phone.set_activation_secret(secret))
        if self.screen.title == IOS.installing:
            self._do(self._phone.finish)

    def sign_in(self, secret: str) -> None:
        """Open the web application with the credential."""
        self._do(lambda: self._phone.open_with_credential(self._application, secret))

    def do(self, act: str) -> None:
        """`notification` taps the newest, `mail` follows its link, `open` starts the app anew."""
        acts: dict[str, Callable[[], Screen]] = {
            "notification": self._phone.tap_notification,
            "mail": self._phone.open_mail_link,
            "open": self._phone.open_company_portal,
        }
        if act in acts:
            self._do(acts[act])

    def _wait_for_sign_in(self) -> None:
        with self._one_at_a_time, self._told():
            self.screen = self._phone.continue_enrolment()

    def _do(self, action: Callable[[], Screen]) -> None:
        if not self._one_at_a_time.acquire(blocking=False):
            self.problem = NOT_NOW
            return
        try:
            with self._told():
                self.screen = action()
        finally:
            self._one_at_a_time.release()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong is told, and the screen stays."""
        self.problem = ""
        try:
            yield
        except WrongActivationSecret as error:
            self.problem = f"{str(error)[0].upper()}{str(error)[1:]}."
        except LookupError:
            self.problem = NOT_NOW
        except NETWORK as error:
            self.problem = f"{type(error).__name__}: {error}"
