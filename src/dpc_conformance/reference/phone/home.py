"""Company Portal on a managed phone: its first screen, the apps that the organisation offers, and the way out."""

from collections.abc import Callable, Mapping
from contextlib import suppress

import httpx

from dpc_conformance.protocols.device_management import ManagementRefused
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles.device_manager import ManagedApp
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable
from dpc_conformance.roles.screens import Screen

Action = Callable[[], Screen]
Show = Callable[[str, str, Mapping[str, Action]], Screen]
NETWORK = (Unreachable, ServerNotTrusted, RefusedAtTls, httpx.HTTPError)
NO_CONNECTION = "There is no secure connection to the service at the moment."
AVAILABLE, INSTALLED = "Available", "Installed"


class Home:
    """`show` puts a screen with its controls on display, `start` starts Company Portal anew."""

    def __init__(self, parts: PhoneParts, show: Show, start: Action) -> None:
        self._parts, self._show, self._start = parts, show, start
        self._words = parts.captions

    def check_in(self) -> None:
        """What cannot be had now comes with the next check-in."""
        with suppress(ManagementRefused, *NETWORK):
            self._parts.managed.run(self._parts.stores, self._parts.waiting)

    def first_screen(self) -> Screen:
        """What a managed phone shows."""
        actions: dict[str, Action] = {captions.APPS: self.apps, captions.REMOVE_DEVICE: self.remove_device}
        return self._show(self._words.enrolled, "You will be notified when there is something to set up.", actions)

    def apps(self) -> Screen:
        """Every app that is offered; each is a control."""
        try:
            offered = self._parts.management.apps()
        except (ManagementRefused, *NETWORK):
            return self._show(captions.APPS, NO_CONNECTION, {self._words.try_again: self.apps})
        pages: dict[str, Action] = {app.name: self._page_of(app) for app in offered}
        text = "\n".join(f"{app.name}: {self._state(app)}" for app in offered)
        return self._show(captions.APPS, text or "Your organization offers no apps.", pages)

    def remove_device(self) -> Screen:
        """End the management of this phone; what it got by being managed goes with it."""
        try:
            self._parts.management.unenrol()
        except (ManagementRefused, *NETWORK):
            return self._show(captions.REMOVE_DEVICE, NO_CONNECTION, {self._words.try_again: self.remove_device})
        self._parts.managed.leave(self._parts.stores, self._parts.waiting)
        return self._start()

    def _page_of(self, app: ManagedApp) -> Action:
        return lambda: self._page(app)

    def _page(self, app: ManagedApp) -> Screen:
        def install() -> Screen:
            self._parts.apps.install(app)
            return self._page(app)

        def remove() -> Screen:
            self._parts.apps.remove(app.name)
            return self._page(app)

        action: dict[str, Action] = {captions.REMOVE: remove} if self._has(app) else {captions.INSTALL: install}
        return self._show(app.name, self._state(app), action)

    def _has(self, app: ManagedApp) -> bool:
        return self._parts.apps.find(app.name) is not None

    def _state(self, app: ManagedApp) -> str:
        return INSTALLED if self._has(app) else AVAILABLE
