"""Seeded defects of the finger sensor: how often it looks, how long it waits, and whose finger counts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.finger_sensor import FINGERS, MOST_MISSES, FingerSensor
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene

LOOKED = "finger-looked-at"


def _with_sensor(scene: Scene, kind: type[FingerSensor]) -> None:
    def change(parts: PhoneParts) -> None:
        honest = parts.finger_sensor
        parts.finger_sensor = kind(honest._flash, honest._sealing, honest._clock)

    scene.on_phone.append(change)


class Tireless(FingerSensor):
    """Looks at as many fingers as come."""

    def compares(self) -> bool:
        """See FingerSensor."""
        return True


@fault("phone tries fingers without end", {"DPC-ACT-BIO-02"})
def tireless(scene: Scene) -> None:
    _with_sensor(scene, Tireless)


class Waiting(FingerSensor):
    """Looks again when a while has passed."""

    wait: Callable[[int], timedelta] = staticmethod(lambda _beyond: timedelta(seconds=30))

    def compares(self) -> bool:
        """See FingerSensor."""
        last = self._flash.read(LOOKED)
        wait = self.wait(self.misses() - MOST_MISSES)
        ready = self.misses() < MOST_MISSES or self._clock.now() - datetime.fromisoformat(last) >= wait
        if ready:
            self._flash.write(LOOKED, self._clock.now().isoformat())
        return ready


class WaitingLonger(Waiting):
    """Waits twice as long each time, half an hour at the most."""

    wait = staticmethod(lambda beyond: timedelta(seconds=30) * 2 ** min(beyond, 6))


@fault("wait after a wrong finger does not grow", {"DPC-ACT-BIO-02"})
def waits(scene: Scene) -> None:
    _with_sensor(scene, Waiting)


@fault("waits between wrong fingers grow but never end", {"DPC-ACT-BIO-02"})
def waits_longer(scene: Scene) -> None:
    _with_sensor(scene, WaitingLonger)


class FollowsTheDevice(FingerSensor):
    """Takes every finger that unlocks the phone."""

    SECRET = "finger-secret"

    def enrol(self, finger: str, secret: str) -> None:
        """See FingerSensor."""
        super().enrol(finger, secret)
        self._flash.write(self.SECRET, secret)

    def add_to_device(self, finger: str) -> None:
        """See FingerSensor."""
        if self._flash.read(FINGERS):
            super().enrol(finger, self._flash.read(self.SECRET))


@fault("phone lets a finger that is added to it activate the key", {"DPC-ACT-CHANGE-01"})
def follows_the_device(scene: Scene) -> None:
    _with_sensor(scene, FollowsTheDevice)
