"""Reads what `plain` wrote back into the records that it was written from."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Load = Callable[[Mapping[str, Any]], bytes]
"""The object that a line names; empty bytes for one that was not kept."""

_hints = cache(get_type_hints)


def from_plain(kind: type, values: Mapping[str, Any], load: Load) -> Any:
    """The dataclass of that kind. Fields it does not know are left out. ValueError when a value does not fit."""
    hints = _hints(kind)
    try:
        known = {
            each.name: _value(hints[each.name], values[each.name], load) for each in fields(kind) if each.name in values
        }
        return kind(**known)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"this is no {kind.__name__}: {error}") from None


def _value(hint: Any, value: Any, load: Load) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        arm = next(each for each in inner if each is not type(None))
        return None if value is None else _value(arm, value, load)
    if origin is tuple:
        of_all = inner[0] if len(inner) == 2 and inner[1] is Ellipsis else None
        return tuple(_value(of_all or inner[at], each, load) for at, each in enumerate(value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {name: _value(inner[1], held, load) for name, held in value.items()}
    return _single(hint, value, load)


def _single(hint: Any, value: Any, load: Load) -> Any:
    if hint is bytes:
        return bytes.fromhex(value["hex"]) if "hex" in value else load(value)
    if hint is timedelta:
        return timedelta(seconds=value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value, load)
    if hint in (str, bool, int) and not isinstance(value, hint):
        raise TypeError(f"{value!r} is no {hint.__name__}")
    return value
