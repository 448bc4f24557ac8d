"""The managed phones of the tenant and the keys that speak for them."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from dpc_conformance.entropy import Entropy, random_uuid
from dpc_conformance.roles.device_manager import Device

ENROLLED, RETIRED = "enrolled", "retired"


@dataclass(frozen=True)
class ManagedDevice:
    """A phone as the device manager knows it. `key` is its public key as a JWK, `mail` where its user gets e-mail.

    `module` is the serial number of its hardware module as the phone says it; whoever needs the module has it attest.
    """

    device: Device
    mail: str
    key: dict[str, Any] = field(repr=False)
    module: str = ""
    compliant: bool = True
    """Whether it does what the organisation's policy asks of phones."""


class DeviceRegister:
    """Thread-safe register of phones; ids come from the run's entropy."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy
        self._devices: dict[str, ManagedDevice] = {}
        self._lock = threading.Lock()
        self.on_change: Callable[[], None] = lambda: None
        """Called after each change."""

    def snapshot(self) -> list[dict[str, Any]]:
        """Every phone as JSON, oldest first."""
        with self._lock:
            return [asdict(managed) for managed in self._devices.values()]

    def restore(self, snapshot: Iterable[Mapping[str, Any]]) -> None:
        """Know these phones, and no others. TypeError or KeyError for what is no snapshot."""
        known = [ManagedDevice(**{**each, "device": Device(**each["device"])}) for each in snapshot]
        with self._lock:
            self._devices = {managed.device.device_id: managed for managed in known}

    def add(
        self, account: str, mail: str, model: str, key: dict[str, Any], module: str = "", system: str = ""
    ) -> ManagedDevice:
        """Register a phone for an account; the same key again is the same phone only for the same account.

        ValueError when the key speaks for a phone of another account.
        """
        with self._lock:
            for known in self._devices.values():
                if known.key == key and known.device.state == ENROLLED:
                    if known.device.account != account:
                        raise ValueError("this phone is enrolled for another person")
                    return known
            device = Device(str(random_uuid(self._entropy)), account, model, ENROLLED, system)
            managed = ManagedDevice(device, mail, key, module)
            self._devices[device.device_id] = managed
        self.on_change()
        return managed

    def find(self, device_id: str) -> ManagedDevice | None:
        """The phone with that id, also when it is retired."""
        with self._lock:
            return self._devices.get(device_id)

    def of(self, account: str) -> tuple[ManagedDevice, ...]:
        """The phones of an account, oldest first."""
        with self._lock:
            return tuple(managed for managed in self._devices.values() if managed.device.account == account)

    def accounts(self) -> tuple[str, ...]:
        """Every account that has a phone."""
        with self._lock:
            return tuple(dict.fromkeys(managed.device.account for managed in self._devices.values()))

    def find_compliant(self, account: str, compliant: bool) -> None:
        """From now on the phones of the account comply with the policy, or do not."""
        with self._lock:
            for device_id, managed in self._devices.items():
                if managed.device.account == account:
                    self._devices[device_id] = replace(managed, compliant=compliant)
        self.on_change()

    def retire(self, device_id: str) -> None:
        """End the management of a phone. LookupError when there is none with that id."""
        with self._lock:
            managed = self._devices.get(device_id)
            if managed is None:
                raise LookupError(f"there is no phone {device_id}")
            self._devices[device_id] = replace(managed, device=replace(managed.device, state=RETIRED))
        self.on_change()
