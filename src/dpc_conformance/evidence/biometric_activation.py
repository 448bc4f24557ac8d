"""Tries to activate the derived key by a biometric characteristic."""

from dataclasses import dataclass
from datetime import datetime

ACCEPTED, MISMATCH, NOT_COMPARED = "accepted", "mismatch", "not-compared"


@dataclass(frozen=True)
class SensorStated:
    """What the product documents about its sensor: whether it detects presentation attacks."""

    at: datetime
    detects_presentation_attacks: bool


@dataclass(frozen=True)
class BiometricAttempted:
    """A try with a biometric sample, the cardholder's own or not. `outcome` is accepted, mismatch or not-compared."""

    at: datetime
    own: bool
    outcome: str


BiometricRecord = SensorStated | BiometricAttempted
