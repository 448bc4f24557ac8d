"""Seeded defects of the activation secret: who may change it, and where it goes."""

from collections.abc import Callable, Iterable

from dpc_conformance.evidence.records import Note
from dpc_conformance.faults.flows.activation import AlwaysActive, with_key_store
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.activation import SecretRules
from dpc_conformance.reference.phone.enrolment import Enrolment
from dpc_conformance.reference.phone.keystore import ActivatedKey, KeyStore
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene


@fault("phone takes an activation secret of three characters", {"DPC-ACT-LEN-01", "DPC-ACT-LEN-02"})
def three_characters(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.secret_rules = SecretRules(least=3)

    scene.on_phone.append(change)


class ChangesFreely(AlwaysActive):
    """Changes the secret for whoever holds the unlocked phone."""

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        return KeyStore.activate(self, usage, secret)

    def change_secret(self, usage: str, current: str | None, new: str) -> None:  # noqa: ARG002
        """See KeyStore."""
        super().change_secret(usage, self._flash.read(self.SECRET), new)
        self._flash.write(self.SECRET, new)


@fault("activation secret is changed without the current one", {"DPC-ACT-CHANGE-01"})
def changes_freely(scene: Scene) -> None:
    with_key_store(scene, ChangesFreely)


class KeepsTheFormer(KeyStore):
    """After a change the former secret is good for the key, too."""

    FORMER = "former-secret"

    def change_secret(self, usage: str, current: str | None, new: str) -> None:
        """See KeyStore."""
        super().change_secret(usage, current, new)
        self._flash.write(self.FORMER, [current, new])

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """See KeyStore."""
        former, new = self._flash.read(self.FORMER) or (None, None)
        return super().activate(usage, new if secret is not None and secret == former else secret)


@fault("former activation secret stays good after a change", {"DPC-ACT-CHANGE-01"})
def keeps_the_former(scene: Scene) -> None:
    with_key_store(scene, KeepsTheFormer)


class Uncounted(KeyStore):
    """Lets a secret be guessed where it is changed: those attempts do not count."""

    def change_secret(self, usage: str, current: str | None, new: str) -> None:
        """See KeyStore."""
        self.restore_attempts()
        super().change_secret(usage, current, new)


@fault("wrong secrets at the change are not counted", {"DPC-ACT-RETRY-01"})
def uncounted(scene: Scene) -> None:
    with_key_store(scene, Uncounted)


class Reporting(Enrolment):
    """Leaves the activation secret with the issuer, for the day on which the cardholder forgets it."""

    post: Callable[..., object]

    def install(self, secret: str) -> None:
        """See Enrolment."""
        super().install(secret)
        self.post(f"{self._address}/receipts", json={"token": "", "serial": "", "remark": secret})


@fault("phone sends the activation secret to the issuer", {"DPC-ACT-CHANNEL-01", "DPC-ISS-KEY-07"})
def reporting(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        def talkative() -> Enrolment:
            http = parts.open_http(None)
            made = Reporting(
                parts.wire(http), parts.keys, parts.keystore, parts.hardware, parts.check, parts.recorder,
                parts.clock, parts.entropy, parts.trust,
            )  # fmt: skip
            made.post = http.post
            return made

        parts.new_enrolment = talkative  # type: ignore[method-assign]

    scene.on_phone.append(change)


class Chatty(SecretRules):
    """Writes down what it was asked to check."""

    def __init__(self, parts: PhoneParts) -> None:
        super().__init__()
        self._parts = parts

    def check(self, secret: str, passcode: str, names: Iterable[str]) -> None:
        """See SecretRules."""
        self._parts.recorder.record(Note(self._parts.clock.now(), f"activation secret checked: {secret}"))
        super().check(secret, passcode, names)


@fault("phone logs the activation secret", {"DPC-ACT-DISPLAY-01"})
def chatty(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.secret_rules = Chatty(parts)

    scene.on_phone.append(change)
