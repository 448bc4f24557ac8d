"""Keys that somebody else made or kept, on their way to a phone and at work there."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class KeyReceived:
    """A private key arrived at the phone. `way` is issuance or recovery, `address` where it was asked for.

    `envelope` is the CMS EnvelopedData around it (DER), which nobody but this phone can open; empty when the key came
    without one. `certificate` is the one that came with it (DER).
    """

    at: datetime
    way: str
    address: str
    certificate: bytes
    envelope: bytes


@dataclass(frozen=True)
class EncryptedMailRead:
    """An e-mail was encrypted to that certificate (DER); `opened` when the phone showed what had been written."""

    at: datetime
    certificate: bytes
    opened: bool


ReceivedKeyRecord = KeyReceived | EncryptedMailRead
