"""A finger in place of the activation secret, for a limited number of tries (SP 800-63B-4 §3.2.3)."""

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.sealing import SealedKey, Sealing
from dpc_conformance.roles.biometric_activation import BiometricMismatch, BiometricNotAccepted

FINGERS, MISSES = "fingers", "finger-misses"
MOST_MISSES = 5
"""Consecutive fingers that were not recognised, after which the secret is needed; ten would need attack detection."""


class FingerSensor:
    """Releases the activation secret to an enrolled finger. No finger is stored: the secret lies sealed under each.

    The counter of misses lies in `flash` and so survives a restart. Whoever verifies the secret, key store or secure
    element, is not told where it came from; the sensor is no part of the secure element.
    """

    detects_presentation_attacks = False

    def __init__(self, flash: Flash, sealing: Sealing, clock: RunClock) -> None:
        self._flash, self._sealing, self._clock = flash, sealing, clock

    def enrol(self, finger: str, secret: str) -> None:
        """From now on that finger releases that secret."""
        self._flash.write(FINGERS, [*self._sealed(), self._sealing.seal(secret.encode(), finger)])

    def add_to_device(self, finger: str) -> None:
        """A finger that unlocks the phone; it has nothing to do with the key (SP 800-157r1 §3.1.4)."""

    def release(self, finger: str) -> str:
        """The secret. Raises BiometricMismatch, and BiometricNotAccepted where the finger is not even looked at."""
        if not self._sealed() or not self.compares():
            raise BiometricNotAccepted
        # Counted before it is tried: cutting the power in the middle must not give a try back.
        self.count(self.misses() + 1)
        for sealed in self._sealed():
            secret = self._sealing.open(sealed, finger)
            if secret is not None:
                self.count(0)
                return secret.decode()
        raise BiometricMismatch

    def compares(self) -> bool:
        """Whether another finger is looked at."""
        return self.misses() < MOST_MISSES

    def misses(self) -> int:
        """Fingers in a row that were not recognised."""
        return int(self._flash.read(MISSES) or 0)

    def count(self, misses: int) -> None:
        """So many, from now on; none after the secret was entered."""
        self._flash.write(MISSES, misses)

    def forget(self) -> None:
        """The secret has changed: no finger releases anything any more."""
        self._flash.write(FINGERS, None)

    def _sealed(self) -> list[SealedKey]:
        return self._flash.read(FINGERS) or []
