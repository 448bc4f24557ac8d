"""Values of records as JSON can hold them: how evidence is written down."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

SHORT = 64
"""Bytes up to this many, such as digests and small signatures, stand in the line; longer ones are objects."""

Keep = Callable[[bytes], Mapping[str, Any]]
"""Keeps an object and returns what stands in its place: `sha256`, `bytes`, and `withheld` where it was not kept."""


def plain(value: Any, keep: Keep) -> Any:
    """The value in JSON's types: moments in ISO 8601, durations in seconds, bytes as `hex` or as `keep` says.

    What JSON has nothing for is named by its type.
    """
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return plain(value.value, keep)
        case str():
            return str(value)
        case bytes():
            return {"hex": value.hex()} if len(value) <= SHORT else dict(keep(value))
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return {_key(name): plain(held, keep) for name, held in value.items()}
        case list() | tuple():
            return [plain(held, keep) for held in value]
        case set() | frozenset():
            return sorted(plain(held, keep) for held in value)
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name), keep) for each in fields(value)}
    return {"type": type(value).__name__}


def _key(name: Any) -> str:
    return name.hex() if isinstance(name, bytes) else str(name)
