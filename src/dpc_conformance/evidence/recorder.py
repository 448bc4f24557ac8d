"""The recorder of a scenario: keeps the records in order, and keeps secrets out of them."""

import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

from dpc_conformance.evidence.hiding import without_secrets
from dpc_conformance.evidence.records import Record

REDACTED = "(redacted)"
ACTIVATION_SECRET_WAS_HERE = "(redacted activation secret)"
"""What stands in place of an activation secret, so that the judge can see where one went."""
Some = TypeVar("Some")


class NotSeen(LookupError):
    """Somebody asks for records that nobody could make; the message says why. Neither a pass nor a fail."""


class Recorder:
    """Thread-safe timeline of one scenario. Listeners see each record as it falls (the report attaches it)."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._secrets: list[str] = []
        self._markers: dict[str, str] = {}
        self._listeners: list[Callable[[Record], None]] = []
        self._lock = threading.Lock()
        self.seen: frozenset[type] | None = None
        """The kinds of records that can be made at all, None for every kind; `unseen_because` says why."""
        self.unseen_because = ""

    def see_only(self, kinds: Iterable[type], why: str) -> None:
        """Records of other kinds will not be made, because of `why`: that there are none says nothing."""
        self.seen, self.unseen_because = frozenset(kinds), why

    def listen(self, listener: Callable[[Record], None]) -> None:
        """Call `listener` with every record from now on, in the thread that made it."""
        self._listeners.append(listener)

    def record(self, record: Record) -> None:
        """Append; the record must already be free of secrets, see `redact`. What is known by now is taken out again."""
        with self._lock:
            record = without_secrets(record, self._redact)
            self._records.append(record)
        for listener in self._listeners:
            listener(record)

    def keep_secret(self, secret: str, marker: str = REDACTED) -> None:
        """From now on `redact` replaces `secret` by `marker`: a PIN, a binding secret, a token, an activation secret.

        It is taken out of earlier records too: a product may show it in a place where nobody looks for one.
        """
        with self._lock:
            if secret and secret not in self._secrets:
                self._markers[secret] = marker
                self._secrets = sorted({*self._secrets, secret}, key=len, reverse=True)
                self._records = [without_secrets(record, self._redact) for record in self._records]

    def redact(self, text: str) -> str:
        """`text` with every known secret replaced; longest first, so that no remainder stays."""
        with self._lock:
            return self._redact(text)

    def has_secret(self, text: str) -> bool:
        """Whether a known secret stands in `text`."""
        with self._lock:
            return any(secret in text for secret in self._secrets)

    def timeline(self) -> tuple[Record, ...]:
        """Everything recorded so far, in order."""
        with self._lock:
            return tuple(self._records)

    def of(self, kind: type[Some]) -> tuple[Some, ...]:
        """The records of one kind, in order. Raises NotSeen for a kind that nobody can make."""
        if self.seen is not None and kind not in self.seen:
            raise NotSeen(self.unseen_because)
        return tuple(record for record in self.timeline() if isinstance(record, kind))

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, self._markers[secret])
        return text
