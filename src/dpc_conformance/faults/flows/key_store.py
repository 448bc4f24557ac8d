"""Seeded defects of the phone's key store: how long a key stays active, and at which interface."""

from dpc_conformance.faults.flows.activation import AlwaysActive, with_key_store
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.keystore import ActivatedKey, KeyStore
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.reference.scene import Scene


class Patient(WaitingKey):
    """Waits for the use of a key for as long as it takes."""

    def _alive(self) -> bool:
        return self._key is not None


@fault("activated key waits for its use for ever", {"DPC-ACT-DEACT-01"})
def patient(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.waiting = Patient(parts.clock)

    scene.on_phone.append(change)


class StaysLoggedIn(WaitingKey):
    """Takes no notice of a phone that is locked."""

    def take(self) -> ActivatedKey | None:
        """See WaitingKey."""
        key = super().take()
        self._key = self._until = None
        return key

    def log_out(self) -> None:
        """See WaitingKey."""


@fault("locking the phone leaves the key activated", {"DPC-ACT-DEACT-01"})
def stays_logged_in(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.waiting = StaysLoggedIn(parts.clock)

    scene.on_phone.append(change)


class Reusable(WaitingKey):
    """Leaves a key activated until it was idle for long enough."""

    def take(self) -> ActivatedKey | None:
        """See WaitingKey."""
        return self._key if self._alive() else None


@fault("key activated ahead serves many uses", {"DPC-ACT-EACH-01"})
def reusable(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.waiting = Reusable(parts.clock)

    scene.on_phone.append(change)


class FreeSignatures(AlwaysActive):
    """Protects the key that signs in, and not the one that signs documents."""

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        return super().activate(usage, secret) if usage == "signature" else KeyStore.activate(self, usage, secret)


@fault("signature key is installed without activation", {"DPC-ISS-ACTSET-01"})
def free_signatures(scene: Scene) -> None:
    with_key_store(scene, FreeSignatures)


class EarlyLock(KeyStore):
    """Disables the key one attempt before the number that is documented."""

    def attempts_left(self) -> int:
        """See KeyStore."""
        return max(0, super().attempts_left() - 1)


@fault("key is disabled one attempt early", {"DPC-ACT-RETRY-03"})
def early_lock(scene: Scene) -> None:
    with_key_store(scene, EarlyLock)
