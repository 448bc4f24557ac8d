"""The folder in which a reference system keeps what has to survive a restart."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO, TypeVar

from dpc_conformance.entropy import Entropy, SeededEntropy, SystemEntropy
from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.kept_devices import KeptDevices
from dpc_conformance.reference.device_manager.register import DeviceRegister
from dpc_conformance.reference.kept_file import keep
from dpc_conformance.reference.phone.hardware_keys import HARDWARE
from dpc_conformance.reference.phone.kept_flash import KeptFlash
from dpc_conformance.reference.pki.kept_revocations import KeptRevocations

Kept = TypeVar("Kept")
FILE, LOCK, REVOCATIONS = "system.json", "in-use", "revocations.json"
PHONE, DEVICES = "phone.json", "devices.json"
SEED_BYTES = 32
AS_BEFORE = ("cards", "issuer ", "audit seal ", "officer ", "verifier ", "unblocking ")
"""The branches of a scene's randomness that are the same after a restart. The issuer itself tells its starts apart."""


class StateError(Exception):
    """The folder cannot be used; the text is one sentence."""


@dataclass
class KeptState:
    """What a system was made of: `seed` decides its keys, `made` is when it began by its own clock.

    `ahead` is how far that clock is ahead of the machine's, None at the first start.
    """

    folder: Path
    made: datetime
    ahead: timedelta | None
    seed: str = field(repr=False)

    @property
    def entropy(self) -> Entropy:
        """The same at each start: PKI and cards come from it."""
        return SeededEntropy(self.seed)

    @property
    def scene_entropy(self) -> Entropy:
        """What roles are made of: the same for those who remember, new for those who do not."""
        return _PartlyKept(self.entropy.branch("scene"))

    def revocations(self) -> KeptRevocations:
        """The revocations so far. StateError."""
        return _read_or_refused(lambda: KeptRevocations(self.folder / REVOCATIONS))

    def flash(self) -> KeptFlash:
        """The memory of the cardholder's phone. StateError.

        Its secure element is a new one, and what the old one held is gone.
        """
        flash = _read_or_refused(lambda: KeptFlash(self.folder / PHONE))
        flash.write(HARDWARE, {})
        return flash

    def keep_devices(self, register: DeviceRegister, held: HeldCredentials) -> None:
        """Have the device manager know its phones again, and keep what changes. StateError."""
        _read_or_refused(lambda: KeptDevices(self.folder / DEVICES, register, held))

    def keep(self, ahead: timedelta) -> None:
        """Write how far the clock is ahead of the machine's."""
        self.ahead = ahead
        content = {"seed": self.seed, "made": self.made.isoformat(), "ahead_seconds": ahead.total_seconds()}
        keep(self.folder / FILE, content)


@contextmanager
def kept_state(folder: Path, now: datetime) -> Iterator[KeptState]:
    """The state in that folder, which is made when missing; nobody else has it as long as the block runs.

    `now` is when a new system begins. Raises StateError.
    """
    lock = _made(folder)
    with lock:
        _lock(lock.fileno(), folder)
        yield _read(folder, now)


def _read_or_refused(read: Callable[[], Kept]) -> Kept:
    try:
        return read()
    except ValueError as error:
        raise StateError(str(error)) from None


def _made(folder: Path) -> TextIO:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        return (folder / LOCK).open("a")
    except OSError as problem:
        raise StateError(f"{folder}: expected a folder that can be written: {problem.strerror}") from None


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StateError(f"{folder}: another system is running with it") from None


def _read(folder: Path, now: datetime) -> KeptState:
    file = folder / FILE
    if not file.exists():
        return KeptState(folder, now, None, SystemEntropy().bytes(SEED_BYTES).hex())
    try:
        content = json.loads(file.read_text("utf-8"))
        ahead = timedelta(seconds=float(content["ahead_seconds"]))
        return KeptState(folder, datetime.fromisoformat(content["made"]), ahead, str(content["seed"]))
    except (TypeError, KeyError, ValueError, OverflowError):
        raise StateError(f"{file}: expected what an earlier start wrote there") from None


@dataclass(frozen=True)
class _PartlyKept:
    """Randomness of which some branches come again."""

    kept: Entropy

    def bytes(self, count: int) -> bytes:
        return SystemEntropy().bytes(count)

    def below(self, limit: int) -> int:
        return SystemEntropy().below(limit)

    def branch(self, label: str) -> Entropy:
        return self.kept.branch(label) if label.startswith(AS_BEFORE) else SystemEntropy()
