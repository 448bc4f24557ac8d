"""Tells people that they need a derived credential: in the app, by e-mail, or both, once for each phone."""

import threading
from dataclasses import dataclass

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.device_manager.register import ENROLLED, DeviceRegister, ManagedDevice
from dpc_conformance.reference.device_manager.tenant import IssuerSetting, Targeting
from dpc_conformance.reference.mail import SendMail

TITLE = "Set up mobile smart card access"
TEXT = "Your organization requires a smart card credential on this device. Tap to get started."
SETUP_PATH = "/smart-card"


@dataclass(frozen=True)
class Pushed:
    """An app notification that a phone may fetch; `number` counts from 1 for each phone, `epoch` is seconds."""

    number: int
    epoch: int
    title: str
    text: str


class Notifier:
    """Notifies only people who are both targeted by a policy and have an enrolled phone."""

    def __init__(
        self,
        setting: IssuerSetting,
        targeting: Targeting,
        register: DeviceRegister,
        audit: MemoryAuditLog,
        clock: RunClock,
        send_mail: SendMail,
        service_address: str,
    ) -> None:
        self._setting, self._targeting, self._register = setting, targeting, register
        self._audit, self._clock, self._send_mail = audit, clock, send_mail
        self._link = service_address + SETUP_PATH
        self._pushed: dict[str, list[Pushed]] = {}
        self._notified: set[str] = set()
        self._lock = threading.Lock()

    def consider(self, account: str) -> None:
        """Notify the phones of the account that have not been, if the moment has come for it."""
        setting = self._setting.current()
        if setting is None or not self._targeting.is_targeted(account):
            return
        for managed in self._register.of(account):
            if managed.device.state == ENROLLED and self._first_time(managed):
                if "app" in setting.notification_types:
                    self._push(managed)
                if "e-mail" in setting.notification_types:
                    self._mail(managed)

    def pushed(self, device_id: str) -> tuple[Pushed, ...]:
        """The app notifications for a phone, oldest first."""
        with self._lock:
            return tuple(self._pushed.get(device_id, ()))

    def _first_time(self, managed: ManagedDevice) -> bool:
        with self._lock:
            first = managed.device.device_id not in self._notified
            self._notified.add(managed.device.device_id)
            return first

    def _push(self, managed: ManagedDevice) -> None:
        with self._lock:
            waiting = self._pushed.setdefault(managed.device.device_id, [])
            waiting.append(Pushed(len(waiting) + 1, self._clock.epoch(), TITLE, TEXT))
        self._audit.accept(managed.device.account, "notify", managed.device.device_id, "app")

    def _mail(self, managed: ManagedDevice) -> None:
        body = (
            f"{TEXT.replace(' Tap to get started.', '')}\n\nOpen this link on your phone to get started:\n{self._link}"
        )
        self._send_mail(managed.mail, TITLE, body)
        self._audit.accept(managed.device.account, "notify", managed.device.device_id, "e-mail")
