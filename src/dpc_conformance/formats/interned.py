"""Values read once for the same bytes: what a CA repeats in every certificate need not be read again."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Interned(Generic[Value]):
    """Remembers what `make` returned for up to `limit` different inputs, then forgets them all and begins anew.

    So values that differ in every certificate cannot crowd out for good those that repeat. Values must be immutable,
    since all callers share them. An exception is not remembered. `known` is for looking up, not for changing.
    """

    def __init__(self, make: Callable[[bytes], Value], limit: int = 2048) -> None:
        self._make = make
        self._limit = limit
        self.known: dict[bytes, Value] = {}

    def of(self, data: bytes) -> Value:
        """The value for `data`."""
        known = self.known.get(data)
        if known is None:
            known = self._make(data)
            if len(self.known) >= self._limit:
                self.known.clear()
            self.known[data] = known
        return known
