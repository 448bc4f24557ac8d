"""The managed phones and what they hold, in a file that is written anew with every change."""

import json
import threading
from pathlib import Path

from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.register import DeviceRegister
from dpc_conformance.reference.kept_file import keep


class KeptDevices:
    """Has register and held credentials outlast the device manager."""

    def __init__(self, file: Path, register: DeviceRegister, held: HeldCredentials) -> None:
        """What `file` has is known again. OSError; ValueError when it holds something else."""
        self._file, self._register, self._held = file, register, held
        self._lock = threading.Lock()
        if file.exists():
            try:
                content = json.loads(file.read_text("utf-8"))
                register.restore(content["devices"])
                held.restore(content["held"])
            except (AttributeError, TypeError, KeyError, ValueError) as error:
                raise ValueError(f"{file}: expected the list of phones that an earlier start left there") from error
        register.on_change = held.on_change = self._keep

    def _keep(self) -> None:
        with self._lock:
            keep(self._file, {"devices": self._register.snapshot(), "held": self._held.snapshot()})
