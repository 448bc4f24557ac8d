"""Seeded defects of a phone that is not managed any more: what of the organisation stays on it."""

from dpc_conformance.faults.flows.activation import with_key_store
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.check_in import CheckIn
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.keystore import KeyStore
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.reference.scene import Scene


class Leaves(CheckIn):
    """A check-in, as a defect changes what happens when the management ends."""

    def __init__(self, parts: PhoneParts) -> None:
        super().__init__(parts.management, parts.sign_in, parts.profiles, parts.apps)


def _leaves(scene: Scene, kind: type[Leaves]) -> None:
    def change(parts: PhoneParts) -> None:
        parts.managed = kind(parts)

    scene.on_phone.append(change)


class WithEverything(Leaves):
    """Keeps what the phone has."""

    def leave(self, stores: CredentialStores, waiting: WaitingKey) -> None:  # noqa: ARG002
        """See CheckIn."""
        self._sign_in.forget()


@fault("phone that is not managed any more keeps its credentials", {"LIFE-12", "DPC-LC-DESTROY-01"})
def with_everything(scene: Scene) -> None:
    _leaves(scene, WithEverything)


class WithProfiles(Leaves):
    """Gives up the credentials, and keeps the profiles."""

    def leave(self, stores: CredentialStores, waiting: WaitingKey) -> None:
        """See CheckIn."""
        self.withdraw(stores, waiting)
        self._sign_in.forget()


@fault("phone that is not managed any more keeps its profiles", {"LIFE-12"})
def with_profiles(scene: Scene) -> None:
    _leaves(scene, WithProfiles)


class Hoarding(KeyStore):
    """Forgets the certificate that it is told to remove, and keeps its private key."""

    REMOVED = "removed"

    def remove(self, usage: str) -> None:
        """See KeyStore."""
        super().remove(usage)
        self._flash.write(self.REMOVED, (self._flash.read(self.REMOVED) or 0) + 1)

    def private_keys(self) -> int:
        """See KeyStore."""
        return super().private_keys() + (self._flash.read(self.REMOVED) or 0)


@fault("phone removes certificates and keeps their private keys", {"DPC-LC-DESTROY-01"})
def hoarding(scene: Scene) -> None:
    with_key_store(scene, Hoarding)
