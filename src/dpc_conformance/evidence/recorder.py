"""The recorder of a scenario: keeps the records in order, and keeps secrets out of them."""

import threading
from collections.abc import Callable
from typing import TypeVar

from dpc_conformance.evidence.records import Record

REDACTED = "(redacted)"
Some = TypeVar("Some")


class Recorder:
    """Thread-safe timeline of one scenario. Listeners see each record as it falls (the report attaches it)."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._secrets: set[str] = set()
        self._listeners: list[Callable[[Record], None]] = []
        self._lock = threading.Lock()

    def listen(self, listener: Callable[[Record], None]) -> None:
        """Call `listener` with every record from now on, in the thread that made it."""
        self._listeners.append(listener)

    def record(self, record: Record) -> None:
        """Append; the record must already be free of secrets, see `redact`."""
        with self._lock:
            self._records.append(record)
        for listener in self._listeners:
            listener(record)

    def keep_secret(self, secret: str) -> None:
        """From now on `redact` replaces `secret`: a PIN, a binding secret, a token, an activation secret."""
        if secret:
            self._secrets.add(secret)

    def redact(self, text: str) -> str:
        """`text` with every known secret replaced; longest first, so that no remainder stays."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, REDACTED)
        return text

    def has_secret(self, text: str) -> bool:
        """Whether a known secret stands in `text`."""
        return any(secret in text for secret in self._secrets)

    def timeline(self) -> tuple[Record, ...]:
        """Everything recorded so far, in order."""
        with self._lock:
            return tuple(self._records)

    def of(self, kind: type[Some]) -> tuple[Some, ...]:
        """The records of one kind, in order."""
        return tuple(record for record in self.timeline() if isinstance(record, kind))
