"""The apps that the organisation offers in Company Portal."""

import threading

from dpc_conformance.roles.device_manager import ManagedApp


class AppCatalogue:
    """Who is offered what; thread-safe."""

    def __init__(self) -> None:
        self._offered: dict[str, dict[str, ManagedApp]] = {}
        self._lock = threading.Lock()

    def offer(self, account: str, app: ManagedApp) -> None:
        """One of the same name takes its place."""
        with self._lock:
            self._offered.setdefault(account, {})[app.name] = app

    def offered_to(self, account: str) -> tuple[ManagedApp, ...]:
        """The apps for an account, in the order in which they were first offered."""
        with self._lock:
            return tuple(self._offered.get(account, {}).values())
