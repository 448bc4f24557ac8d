"""A list of revocations that outlasts the status services: a file that is written anew with every change."""

import json
from datetime import datetime
from pathlib import Path

from dpc_conformance.reference.kept_file import keep
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.revocation import Revocation, RevocationList, reason_of


class KeptRevocations(RevocationList):
    """What an earlier process revoked is revoked again."""

    def __init__(self, file: Path) -> None:
        """Reads `file` where it exists. OSError; ValueError when it holds something else."""
        super().__init__()
        self._file = file
        if not file.exists():
            return
        try:
            for issuer, serial, since, reason in json.loads(file.read_text("utf-8")):
                entry = Revocation(int(serial, 16), datetime.fromisoformat(since), reason_of(reason))
                self._entries[bytes.fromhex(issuer), entry.serial_number] = entry
        except (TypeError, ValueError) as error:
            raise ValueError(f"{file}: expected the list of revocations that an earlier start left there") from error
        self.revision = len(self._entries)

    def add(self, authority: Authority, revocation: Revocation) -> None:
        """Revoke, or replace an earlier entry."""
        super().add(authority, revocation)
        self._keep()

    def remove(self, authority: Authority, serial_number: int) -> None:
        """Take an entry off the list. LookupError when there is none."""
        super().remove(authority, serial_number)
        self._keep()

    def _keep(self) -> None:
        with self._lock:
            rows = [
                [issuer.hex(), f"{entry.serial_number:x}", entry.since.isoformat(), entry.reason.value]
                for (issuer, _), entry in self._entries.items()
            ]
            keep(self._file, rows)
