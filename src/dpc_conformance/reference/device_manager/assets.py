"""The agency's inventory of devices: to whom each was issued, by the serial number of its hardware module."""

import threading
from datetime import datetime

from dpc_conformance.clock import RunClock


class AssetRegister:
    """Kept by whoever hands devices out, whatever the phones say of themselves. Thread-safe."""

    def __init__(self, clock: RunClock) -> None:
        self._clock = clock
        self._issued: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def issue(self, module: str, account: str) -> None:
        """The device with that module is handed to the holder of that account."""
        with self._lock:
            self._issued[module] = account, self._clock.now()

    def holder_of(self, module: str) -> str:
        """The account of whom the device was issued to; empty when it is not in the inventory."""
        found = self.find(module)
        return found[0] if found else ""

    def find(self, module: str) -> tuple[str, datetime] | None:
        """Account and moment; None when the device is not in the inventory."""
        with self._lock:
            return self._issued.get(module)
