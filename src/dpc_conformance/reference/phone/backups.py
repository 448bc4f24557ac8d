"""What leaves the phone when it is backed up: certificates. Private keys stay, in whatever form (CP §6.2.4)."""

import json

from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.keystore import CREDENTIALS
from dpc_conformance.roles.phone import KeyNotExportable


class Backups:
    """Reads and writes the phone's permanent memory."""

    def __init__(self, flash: Flash) -> None:
        self._flash = flash

    def back_up(self) -> bytes:
        """The credentials without the sealed copies of their keys."""
        kept = self._flash.read(CREDENTIALS) or {}
        return json.dumps({usage: {**record, **self.copies(record)} for usage, record in kept.items()}).encode()

    def copies(self, record: dict[str, object]) -> dict[str, object]:  # noqa: ARG002  another phone may look at them
        """What a backup says about the copies of a key that a record holds: that there are none."""
        return {"sealed": None, "for_reset": None}

    def restore(self, backup: bytes) -> None:
        """Put the credentials of a backup in place of those on the phone. ValueError when it is none."""
        self._flash.write(CREDENTIALS, json.loads(backup))

    def export(self, usage: str) -> bytes:
        """A private key in the clear or wrapped: there is no such function here. Raises KeyNotExportable."""
        raise KeyNotExportable(usage)
