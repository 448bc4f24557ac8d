"""Which derived certificates lie on which phone, and under which issuer of the tenant they were obtained."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dpc_conformance.protocols.device_profiles import held_as_json, held_from_json


class HeldCredentials:
    """What phones report at their check-ins. A generation is an issuer from its configuration to its deletion."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, bytes]] = {}
        self._obtained: dict[str, int] = {}
        self._authorised: dict[str, int] = {}
        self._lock = threading.Lock()
        self.on_change: Callable[[], None] = lambda: None
        """Called after each change."""

    def snapshot(self) -> dict[str, Any]:
        """Everything as JSON."""
        with self._lock:
            held = {device_id: held_as_json(each) for device_id, each in self._held.items()}
            return {"held": held, "obtained": dict(self._obtained), "authorised": dict(self._authorised)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Know this, and nothing else. KeyError or ValueError for what is no snapshot."""
        held = {device_id: held_from_json(each) for device_id, each in snapshot["held"].items()}
        with self._lock:
            self._held, self._obtained = held, dict(snapshot["obtained"])
            self._authorised = dict(snapshot["authorised"])

    def authorise(self, device_id: str, generation: int) -> None:
        """What the phone obtains from now on comes from the issuer of that generation."""
        with self._lock:
            self._authorised[device_id] = generation
        self.on_change()

    def report(self, device_id: str, held: Mapping[str, bytes]) -> frozenset[str]:
        """A phone holds these certificates (DER, by usage) and no others; the usages of those it had not before."""
        with self._lock:
            before = self._held.get(device_id, {})
            new = frozenset(usage for usage, certificate in held.items() if before.get(usage) != certificate)
            self._held[device_id] = dict(held)
            if new:
                self._obtained[device_id] = self._authorised.get(device_id, 0)
        self.on_change()
        return new

    def holds(self, device_id: str, certificate: bytes) -> bool:
        """Whether the phone reported that certificate at its last check-in."""
        with self._lock:
            return certificate in self._held.get(device_id, {}).values()

    def stands(self, device_id: str, generation: int) -> bool:
        """Whether what the phone holds was obtained from the issuer of that generation; also when it holds nothing."""
        with self._lock:
            return not self._held.get(device_id) or self._obtained[device_id] == generation

    def covers(self, device_id: str, generation: int, usages: Iterable[str]) -> bool:
        """Whether the phone holds all of these from the issuer of that generation."""
        with self._lock:
            complete = self._held.get(device_id, {}).keys() >= set(usages)
            return complete and self._obtained.get(device_id) == generation
