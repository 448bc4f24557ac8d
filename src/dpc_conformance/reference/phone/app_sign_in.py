"""Apps on the phone that sign in with the derived credential."""

from collections.abc import Callable, Mapping
from typing import Protocol

from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.app_access import Access
from dpc_conformance.reference.phone.client_tls import client_certificate
from dpc_conformance.reference.phone.keystore import ActivationNeeded
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.web_page import page
from dpc_conformance.roles.screens import Screen

AUTHENTICATION = "authentication"
NOT_ENOUGH = "Unlocking the device is not enough."


class Display(Protocol):
    """What an app needs of the phone's screen."""

    def show_page(self, screen: Screen) -> Screen:
        """Show the page of another app."""

    def ask(self, title: str, text: str, answers: Mapping[str, Callable[[], Screen]]) -> Screen:
        """Ask something that can be answered once."""


def sign_in_at(parts: PhoneParts, address: str, secret: str | None) -> Screen:
    """The page at that address, opened with the credential; one activation for one sign-in.

    Without a secret nothing is sent, and the screen asks for one. Raises WrongActivationSecret, RefusedAtTls,
    ServerNotTrusted, Unreachable; LookupError without a credential.
    """
    waiting = parts.waiting.take() if secret is None else None
    try:
        activated = waiting or parts.stores.activate(AUTHENTICATION, secret)
    except ActivationNeeded:
        return Screen(captions.ACTIVATE, NOT_ENOUGH)
    if secret is not None:
        parts.finger_sensor.count(0)
    with parts.open_http(client_certificate(activated)) as http:
        return page(http.get(address))


def open_app(parts: PhoneParts, display: Display, name: str, secret: str | None) -> Screen:
    """Open a managed app. LookupError when it is not on the phone, and what `sign_in_at` raises."""
    app = parts.apps.find(name)
    if app is None:
        raise LookupError(f"the app {name} is not on this phone")
    access = parts.app_access.of(name, parts.stores)
    if isinstance(access, Screen):
        return display.show_page(access)

    def sign_in() -> Screen:
        return display.show_page(sign_in_at(parts, app.address, secret))

    def answered(allowed: bool) -> Screen:
        if parts.app_access.gets_it(name, allowed):
            return sign_in()
        return display.show_page(Screen(captions.NOT_ALLOWED, f"You did not allow {name} to use it."))

    if access is Access.GRANTED:
        return sign_in()
    answers = {captions.DO_NOT_ALLOW: lambda: answered(False), captions.ALLOW: lambda: answered(True)}
    return display.ask(captions.wants_access(name), "It wants to sign you in.", answers)
