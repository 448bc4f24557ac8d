"""Seeded defects of the phone's key store: which secrets it takes, and when a key may be used."""

from collections.abc import Iterable

from cryptography import x509

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.activation import SecretNotAllowed, SecretRules
from dpc_conformance.reference.phone.keystore import ATTEMPTS, ActivatedKey, KeyStore, PrivateKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene


@fault("phone takes an activation secret of four characters", {"DPC-ACT-LEN-01", "DPC-ACT-LEN-02"})
def short(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.secret_rules = SecretRules(least=4)

    scene.on_phone.append(change)


class LengthOnly(SecretRules):
    """Looks at the length of a secret and at nothing else."""

    def check(self, secret: str, passcode: str, names: Iterable[str]) -> None:  # noqa: ARG002
        """See SecretRules."""
        if len(secret) < self.least:
            raise SecretNotAllowed(f"Use at least {self.least} characters.")


@fault("phone takes an activation secret that is easily guessed", {"DPC-ACT-GUESS-01"})
def guessable(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.secret_rules = LengthOnly()

    scene.on_phone.append(change)


def with_key_store(scene: Scene, kind: type[KeyStore]) -> None:
    """Each phone of the scene gets a key store of that kind."""

    def change(parts: PhoneParts) -> None:
        honest = parts.keystore
        parts.keystore = kind(honest._flash, honest._sealing, honest._recorder)

    scene.on_phone.append(change)


class AlwaysActive(KeyStore):
    """Keeps the secret with which keys were installed, so that the unlocked phone activates them by itself."""

    SECRET = "kept-secret"

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        return super().activate(usage, secret if secret is not None else self._flash.read(self.SECRET))

    def install(
        self, usage: str, key: PrivateKey, chain: tuple[x509.Certificate, ...], generated_here: bool, secret: str
    ) -> None:
        """See KeyStore."""
        self._flash.write(self.SECRET, secret)
        super().install(usage, key, chain, generated_here, secret)


class OnceForAll(KeyStore):
    """Asks for the secret once and remembers it."""

    SECRET = "typed-secret"

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        activated = super().activate(usage, secret if secret is not None else self._flash.read(self.SECRET))
        if secret is not None:
            self._flash.write(self.SECRET, secret)
        return activated


@fault("one activation is good for every later use", {"DPC-ACT-EACH-01", "DPC-ACT-DEACT-01"})
def once_for_all(scene: Scene) -> None:
    with_key_store(scene, OnceForAll)


class UnlockedOnce(AlwaysActive):
    """Activates by itself until the secret was typed for the first time."""

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        activated = super().activate(usage, secret)
        if secret is not None:
            self._flash.write(self.SECRET, None)
        return activated


@fault("unlocking the phone activates the key", {"DPC-ACT-UNLOCK-01", "DPC-ISS-ACTSET-01"})
def unlocking(scene: Scene) -> None:
    with_key_store(scene, UnlockedOnce)


ALWAYS = {"DPC-ACT-UNLOCK-01", "DPC-ACT-EACH-01", "DPC-ACT-DEACT-01", "DPC-ISS-ACTSET-01"}


@fault("key needs no activation at all", ALWAYS)
def always_active(scene: Scene) -> None:
    with_key_store(scene, AlwaysActive)


class Patient(KeyStore):
    """Allows a hundred wrong attempts."""

    def attempts_left(self) -> int:
        """See KeyStore."""
        self.most_attempts = 100
        return super().attempts_left()


@fault("phone allows a hundred wrong attempts", {"DPC-ACT-RETRY-01", "DPC-ACT-RETRY-02"})
def no_limit(scene: Scene) -> None:
    with_key_store(scene, Patient)


class ForgetsAtRestart(KeyStore):
    """Counts wrong attempts in memory."""

    def after_restart(self) -> KeyStore:
        """See KeyStore."""
        self._flash.write(ATTEMPTS, 0)
        return super().after_restart()


@fault("restart gives back the wrong attempts", {"DPC-ACT-RETRY-02"})
def restart_resets(scene: Scene) -> None:
    with_key_store(scene, ForgetsAtRestart)


class Unforgiving(KeyStore):
    """Counts wrong attempts over the life of the key."""

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        wrong = self._flash.read(ATTEMPTS)
        key = super().activate(usage, secret)
        self._flash.write(ATTEMPTS, wrong)
        return key


@fault("right secret does not restore the attempts", {"DPC-ACT-RETRY-03"})
def never_restored(scene: Scene) -> None:
    with_key_store(scene, Unforgiving)
