"""The managed apps on the phone."""

from dataclasses import asdict

from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.roles.device_manager import ManagedApp

APPS = "apps"


class InstalledApps:
    """Kept in `flash`."""

    def __init__(self, flash: Flash) -> None:
        self._flash = flash

    def install(self, app: ManagedApp) -> None:
        """Put an app on the phone."""
        self._flash.write(APPS, {**(self._flash.read(APPS) or {}), app.name: asdict(app)})

    def remove(self, name: str) -> None:
        """Take an app off the phone; nothing happens when it is not there."""
        kept = self._flash.read(APPS) or {}
        self._flash.write(APPS, {other: app for other, app in kept.items() if other != name})

    def clear(self) -> None:
        """No managed app stays on a phone that nobody manages."""
        self._flash.write(APPS, {})

    def find(self, name: str) -> ManagedApp | None:
        """The app of that name, None when it is not on the phone."""
        app = (self._flash.read(APPS) or {}).get(name)
        return None if app is None else ManagedApp(**app)
