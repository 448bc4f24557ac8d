"""What leaves the phone when it is backed up: certificates. Private keys stay, in whatever form (CP §6.2.4)."""

import json

from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.hardware_keys import HARDWARE
from dpc_conformance.reference.phone.keystore import CREDENTIALS
from dpc_conformance.roles.phone import KeyNotExportable


class Backups:
    """Reads and writes the phone's permanent memory."""

    def __init__(self, flash: Flash) -> None:
        self._flash = flash

    def back_up(self) -> bytes:
        """The credentials without their keys: what is sealed stays, and what is in hardware cannot be copied."""
        kept = self._flash.read(CREDENTIALS) or {}
        software = {usage: {**record, **self.copies(record)} for usage, record in kept.items()}
        return json.dumps({CREDENTIALS: software, HARDWARE: self._flash.read(HARDWARE) or {}}).encode()

    def copies(self, record: dict[str, object]) -> dict[str, object]:  # noqa: ARG002  another phone may look at them
        """What a backup says about the copies of a key that a record holds: that there are none."""
        return {"sealed": None, "for_reset": None}

    def restore(self, backup: bytes) -> None:
        """Put the credentials of a backup in place of those on the phone. ValueError when it is none."""
        read = json.loads(backup)
        for name in (CREDENTIALS, HARDWARE):
            self._flash.write(name, read[name])

    def export(self, usage: str) -> bytes:
        """A private key in the clear or wrapped: there is no such function here. Raises KeyNotExportable."""
        raise KeyNotExportable(usage)
