"""What can happen with the activation secret and the keys behind it, as data; no record holds a secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class SecretChosen:
    """Somebody chose an activation secret of so many characters.

    `occasion` is enrolment, change or reset; `authority` says what it was chosen with: `code` (a fresh code of the
    kiosk), `spent-code`, `right-secret`, `wrong-secret` or `none`.
    """

    at: datetime
    occasion: str
    authority: str
    characters: int
    accepted: bool


@dataclass(frozen=True)
class KeyActivated:
    """A key was activated and waits for its use; `idle_time` is how long, as the product states."""

    at: datetime
    idle_time: timedelta


@dataclass(frozen=True)
class DeviceLocked:
    """The cardholder locked the device, which logs out of its key store."""

    at: datetime


@dataclass(frozen=True)
class KeyUseAttempted:
    """A use of a private key was asked for at one of the device's interfaces: `web sign-in`, `document signature`."""

    at: datetime
    interface: str
    secret_given: bool
    used: bool


@dataclass(frozen=True)
class KeyCopyAttempted:
    """Somebody tried to get a private key out of the device. `way` is export or backup."""

    at: datetime
    way: str
    usable: bool


@dataclass(frozen=True)
class LockoutStated:
    """After how many wrong activation secrets in a row the product says that it locks."""

    at: datetime
    attempts: int


KeyStoreRecord = SecretChosen | KeyActivated | DeviceLocked | KeyUseAttempted | KeyCopyAttempted | LockoutStated
