"""Which certificates of the test PKI are revoked or on hold, since when and why."""

import threading
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from dpc_conformance.reference.pki.authority import Authority

HOLD = x509.ReasonFlags.certificate_hold


@dataclass(frozen=True)
class Revocation:
    """One revoked certificate."""

    serial_number: int
    since: datetime
    reason: x509.ReasonFlags


class RevocationList:
    """Thread-safe; `revision` grows with every change, so that a CRL is signed anew when it must be."""

    def __init__(self) -> None:
        self._entries: dict[tuple[bytes, int], Revocation] = {}
        self._lock = threading.Lock()
        self.revision = 0

    def add(self, authority: Authority, revocation: Revocation) -> None:
        """Revoke, or replace an earlier entry: a hold may become final."""
        with self._lock:
            self._entries[authority.key_identifier, revocation.serial_number] = revocation
            self.revision += 1

    def remove(self, authority: Authority, serial_number: int) -> None:
        """Take an entry off the list. LookupError when there is none."""
        with self._lock:
            del self._entries[authority.key_identifier, serial_number]
            self.revision += 1

    def find(self, authority: Authority, serial_number: int) -> Revocation | None:
        """The entry of that certificate, None while it is good."""
        with self._lock:
            return self._entries.get((authority.key_identifier, serial_number))

    def of(self, authority: Authority) -> tuple[Revocation, ...]:
        """All entries of an authority, oldest first."""
        with self._lock:
            return tuple(entry for (issuer, _), entry in self._entries.items() if issuer == authority.key_identifier)


def reason_of(name: str) -> x509.ReasonFlags:
    """The reason by its name in RFC 5280 §5.3.1, such as `keyCompromise`. ValueError for a name it does not have."""
    return x509.ReasonFlags(name)
