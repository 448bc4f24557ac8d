"""Seeded defects of the renewal on a managed phone: when its holder is asked, how, and who begins it."""

from datetime import timedelta

from dpc_conformance.faults.flows.activation import AlwaysActive, with_key_store
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.device_manager.notifier import RENEWAL
from dpc_conformance.reference.device_manager.register import ManagedDevice
from dpc_conformance.reference.device_manager.renewal_watch import DUE_AFTER, RenewalWatch
from dpc_conformance.reference.phone.check_in import CheckIn
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.keystore import ActivatedKey, KeyStore
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.rekey import rekey
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.reference.scene import Scene

STORY = {"LIFE-02", "ADM-04"}
"""What the scenario on the moment and the way of the notice mirrors."""


def _watch(scene: Scene, kind: type[RenewalWatch], due_after: float = DUE_AFTER) -> None:
    parts = scene.device_manager
    parts.check_ins.renewal = kind(parts.held, parts.notifier, scene.clock, due_after)


class Silent(RenewalWatch):
    """Asks nobody."""

    def remind(self, managed: ManagedDevice, certificate: bytes) -> None:
        """See RenewalWatch."""


@fault("device manager does not say that a credential is about to expire", {*STORY, "DPC-LC-REKEY-07"})
def silent(scene: Scene) -> None:
    _watch(scene, Silent)


@fault("device manager asks for a renewal at 90 percent of the lifetime", {*STORY, "DPC-LC-REKEY-07"})
def late(scene: Scene) -> None:
    _watch(scene, RenewalWatch, 0.9)


@fault("device manager asks for a renewal at 75 percent of the lifetime", {*STORY, "DPC-LC-REKEY-07"})
def early(scene: Scene) -> None:
    _watch(scene, RenewalWatch, 0.75)


class Insistent(RenewalWatch):
    """Asks every day from then on."""

    def remind(self, managed: ManagedDevice, certificate: bytes) -> None:
        """See RenewalWatch."""
        if self._held.holds(managed.device.device_id, certificate):
            self._notifier.tell(managed, RENEWAL)
            self._clock.at(self._clock.now() + timedelta(days=1), lambda: self.remind(managed, certificate))


@fault("device manager asks for a renewal every day", STORY)
def insistent(scene: Scene) -> None:
    _watch(scene, Insistent)


class InTheAppOnly(RenewalWatch):
    """Never sends e-mail about a renewal."""

    def remind(self, managed: ManagedDevice, certificate: bytes) -> None:
        """See RenewalWatch."""
        if self._held.holds(managed.device.device_id, certificate):
            self._notifier._push(managed, RENEWAL)


@fault("device manager asks for a renewal in the app, whatever was configured", STORY)
def in_the_app_only(scene: Scene) -> None:
    _watch(scene, InTheAppOnly)


class RenewsByItself(CheckIn):
    """Replaces the credential at the next check-in when it is old, with the secret that the key store kept."""

    def __init__(self, parts: PhoneParts) -> None:
        super().__init__(parts.management, parts.sign_in, parts.profiles, parts.apps)
        self._parts = parts

    def run(self, stores: CredentialStores, waiting: WaitingKey) -> None:
        """See CheckIn."""
        super().run(stores, waiting)
        notifications, kept = self._parts.inbox.notifications(), self._parts.flash.read(AlwaysActive.SECRET)
        if kept and notifications and notifications[-1].title == RENEWAL.title:
            rekey(self._parts, kept)


class KeepsTheSecret(AlwaysActive):
    """Remembers the activation secret, and uses it for nothing but a renewal."""

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        return KeyStore.activate(self, usage, secret)


@fault("phone renews its credential by itself", {"DPC-LC-REKEY-07"})
def by_itself(scene: Scene) -> None:
    with_key_store(scene, KeepsTheSecret)

    def change(parts: PhoneParts) -> None:
        parts.managed = RenewsByItself(parts)

    scene.on_phone.append(change)
