"""The recorder of a scenario: keeps the records in order, and keeps secrets out of them."""

import re
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from dpc_conformance.evidence.hiding import without_secrets
from dpc_conformance.evidence.records import Record

REDACTED = "(redacted)"
ACTIVATION_SECRET_WAS_HERE = "(redacted activation secret)"
"""What stands in place of an activation secret, so that the judge can see where one went."""
SHORT = 9
"""Up to so many characters a secret may stand in a longer number by chance, so in bytes it counts only by itself."""
Some = TypeVar("Some")


class NotSeen(LookupError):
    """Somebody asks for records that nobody could make; the message says why. Neither a pass nor a fail."""


class Listener(Protocol):
    """Whoever writes down what a recorder hears; called under the recorder's lock, one call after the other."""

    def recorded(self, record: Any) -> None:
        """A record or line, free of every secret that is known by now."""

    def secret_known(self, hide: Callable[[str], str]) -> None:
        """A secret became known that may stand in what was heard before; `hide` takes it out of a text."""


class Recorder:
    """Thread-safe timeline of one scenario. A listener hears each record as it falls."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._secrets: list[str] = []
        self._markers: dict[str, str] = {}
        self._listeners: list[Listener] = []
        self._lock = threading.RLock()
        self.seen: frozenset[type] | None = None
        """The kinds of records that can be made at all, None for every kind; `unseen_because` says why."""
        self.unseen_because = ""

    def see_only(self, kinds: Iterable[type], why: str) -> None:
        """Records of other kinds will not be made, because of `why`: that there are none says nothing.

        Where several say so, what is left is what all of them leave.
        """
        seen = frozenset(kinds)
        self.seen, self.unseen_because = (seen if self.seen is None else self.seen & seen), why

    def listen(self, listener: Listener) -> None:
        """Let `listener` hear everything from now on, in the thread that it comes from."""
        self._listeners.append(listener)

    def record(self, record: Record) -> None:
        """Append; the record must already be free of secrets, see `redact`. What is known by now is taken out again."""
        with self._lock:
            record = without_secrets(record, self._redact)
            self._records.append(record)
            self._tell(record)

    def note(self, line: Any) -> None:
        """Let the listeners hear what is no part of the timeline: a step, what a server has on record, a judged object.

        `line` is a dataclass; what is known for a secret is taken out of it.
        """
        with self._lock:
            if self._listeners:
                self._tell(without_secrets(line, self._redact))

    def keep_secret(self, secret: str, marker: str = REDACTED) -> None:
        """From now on `redact` replaces `secret` by `marker`: a PIN, a binding secret, a token, an activation secret.

        It is taken out of earlier records too: a product may show it in a place where nobody looks for one.
        """
        with self._lock:
            if not secret or secret in self._secrets:
                return
            self._markers[secret] = marker
            self._secrets = sorted({*self._secrets, secret}, key=len, reverse=True)

            def hide(text: str) -> str:
                return text.replace(secret, marker)

            self._records = [without_secrets(record, hide) for record in self._records]
            for listener in self._listeners:
                listener.secret_known(hide)

    def redact(self, text: str) -> str:
        """`text` with every known secret replaced; longest first, so that no remainder stays."""
        with self._lock:
            return self._redact(text)

    def has_secret(self, text: str) -> bool:
        """Whether a known secret stands in `text`."""
        with self._lock:
            return any(secret in text for secret in self._secrets)

    def holds_secret(self, content: bytes) -> bool:
        """Whether a known secret stands in these bytes."""
        with self._lock:
            return any(_stands_in(secret, content) for secret in self._secrets)

    def timeline(self) -> tuple[Record, ...]:
        """Everything recorded so far, in order."""
        with self._lock:
            return tuple(self._records)

    def of(self, kind: type[Some]) -> tuple[Some, ...]:
        """The records of one kind, in order. Raises NotSeen for a kind that nobody can make."""
        if self.seen is not None and kind not in self.seen:
            raise NotSeen(self.unseen_because)
        return tuple(record for record in self.timeline() if isinstance(record, kind))

    def _tell(self, record: Any) -> None:
        for listener in self._listeners:
            listener.recorded(record)

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, self._markers[secret])
        return text


def _stands_in(secret: str, content: bytes) -> bool:
    needle = secret.encode()
    if needle not in content or len(secret) > SHORT:
        return needle in content
    return bool(re.search(rb"(?<![0-9A-Za-z])" + re.escape(needle) + rb"(?![0-9A-Za-z])", content))
