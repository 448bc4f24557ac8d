"""What stands under a QR code besides, as data; no record holds a secret."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PasswordShown:
    """A password under a QR code, which is worth something only with it.

    `bits` is the most that it can hold; `repeated`: the same stood under an earlier code of the scenario; `in_code`: it
    stands in the QR code, too.
    """

    at: datetime
    device: str
    bits: int
    repeated: bool
    in_code: bool


BindingRecord = PasswordShown
