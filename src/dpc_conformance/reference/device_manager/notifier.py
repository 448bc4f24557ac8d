"""Tells people what their phone needs: in the app, by e-mail, or both, as the administrator decided."""

import threading
from dataclasses import dataclass

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.device_manager.register import ENROLLED, DeviceRegister, ManagedDevice
from dpc_conformance.reference.device_manager.tenant import IssuerSetting, Targeting
from dpc_conformance.reference.mail import SendMail

SETUP_PATH, PORTAL_PATH = "/smart-card", "/company-portal"


@dataclass(frozen=True)
class Message:
    """What a person is told; `opens` is the path of what a tap, or the link in the e-mail, opens on the phone."""

    opens: str
    title: str
    text: str


SETUP = Message(
    SETUP_PATH,
    "Set up mobile smart card access",
    "Your organization requires a smart card credential on this device.",
)
RENEWAL = Message(
    SETUP_PATH,
    "Renew mobile smart card access",
    "Your mobile smart card will expire. Set up a new one, and have your smart card at hand.",
)
POLICY = Message(
    PORTAL_PATH,
    "Open Company Portal to update this device",
    "Your organization has new settings for this device that use your mobile smart card.",
)


@dataclass(frozen=True)
class Pushed:
    """An app notification that a phone may fetch; `number` counts from 1 for each phone, `epoch` is seconds."""

    number: int
    epoch: int
    opens: str
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
        self._address = service_address
        self._pushed: dict[str, list[Pushed]] = {}
        self._asked: set[tuple[str, int]] = set()
        self._lock = threading.Lock()

    def consider(self, account: str) -> None:
        """Ask for the setup on phones of the account where nobody was asked yet, if the moment has come for it.

        Another issuer, and the same one added again, ask anew.
        """
        if self._setting.current() is None or not self._targeting.is_targeted(account):
            return
        for managed in self._register.of(account):
            if managed.device.state == ENROLLED and self.first_time(managed, self._setting.generation):
                self.tell(managed, SETUP)

    def tell(self, managed: ManagedDevice, message: Message) -> None:
        """Notify a phone that is still managed, in the ways that are configured."""
        setting, current = self._setting.current(), self._register.find(managed.device.device_id)
        if setting is None or current is None or current.device.state != ENROLLED:
            return
        if "app" in setting.notification_types:
            self._push(managed, message)
        if "e-mail" in setting.notification_types:
            self._mail(managed, message)

    def pushed(self, device_id: str) -> tuple[Pushed, ...]:
        """The app notifications for a phone, oldest first."""
        with self._lock:
            return tuple(self._pushed.get(device_id, ()))

    def first_time(self, managed: ManagedDevice, generation: int) -> bool:
        """Whether nobody was asked on that phone since the tenant has this issuer; from now on somebody was."""
        with self._lock:
            first = (managed.device.device_id, generation) not in self._asked
            self._asked.add((managed.device.device_id, generation))
            return first

    def _push(self, managed: ManagedDevice, message: Message) -> None:
        text = f"{message.text} Tap to get started."
        with self._lock:
            waiting = self._pushed.setdefault(managed.device.device_id, [])
            waiting.append(Pushed(len(waiting) + 1, self._clock.epoch(), message.opens, message.title, text))
        self._audit.accept(managed.device.account, "notify", managed.device.device_id, "app")

    def _mail(self, managed: ManagedDevice, message: Message) -> None:
        link = self._address + message.opens
        body = f"{message.text}\n\nOpen this link on your phone to get started:\n{link}"
        self._send_mail(managed.mail, message.title, body)
        self._audit.accept(managed.device.account, "notify", managed.device.device_id, "e-mail")
