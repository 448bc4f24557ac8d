"""Texts with named fields: nothing but names in braces, filled with what a verb was given."""

import base64
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from ssl import DER_cert_to_PEM_cert
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

FIELD = re.compile(r"\{([^{}]*)\}")
PEM = "pem"


class NoWord(Exception):
    """The product has no word for a value; the message names field and value."""


class Values:
    """What a verb was given, by the names that templates use: `person.account`, `certificate`, `certificate.pem`."""

    def __init__(self, given: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> None:
        """`words` gives the product's words by name and by ours."""
        self._given, self._words = given, words

    def of(self, name: str) -> Any:
        """The value of that name, in the product's words. Raises NoWord."""
        first, *others = name.split(".")
        value = self._given[first]
        for part in others:
            value = _pem(value) if part == PEM and isinstance(value, bytes) else getattr(value, part, None)
        if name not in self._words:
            return value
        if str(value) not in self._words[name]:
            raise NoWord(f"{name} = {value}")
        return self._words[name][str(value)]

    def text(self, template: str, encode: Callable[[str], str] = str) -> str:
        """The template with every field filled in; `encode` makes each value fit where it goes. Raises NoWord."""
        return FIELD.sub(lambda found: encode(_text(self.of(found[1]))), template)

    def filled(self, content: Any) -> Any:
        """JSON content with every text in it filled in; a text that is one field becomes its value. Raises NoWord."""
        if isinstance(content, Mapping):
            return {key: self.filled(value) for key, value in content.items()}
        if isinstance(content, list | tuple):
            return [self.filled(each) for each in content]
        if not isinstance(content, str):
            return content
        only = FIELD.fullmatch(content)
        return _json(self.of(only[1])) if only else self.text(content)


def names_in(content: Any) -> Set[str]:
    """The fields that the texts in a content name."""
    if isinstance(content, Mapping):
        return {name for value in content.values() for name in names_in(value)}
    if isinstance(content, list | tuple):
        return {name for each in content for name in names_in(each)}
    return set(FIELD.findall(content)) if isinstance(content, str) else set()


def names_of(name: str, hint: Any) -> Set[str]:
    """The names under which templates reach a value of that type."""
    if get_origin(hint) in (Union, UnionType):
        return {each for member in get_args(hint) if member is not NoneType for each in names_of(name, member)}
    if hint is bytes:
        return {name, f"{name}.{PEM}"}
    if not is_dataclass(hint) or not isinstance(hint, type):
        return {name}
    hints = get_type_hints(hint)
    found = {each for field in fields(hint) for each in names_of(f"{name}.{field.name}", hints[field.name])}
    more = [key for key, value in vars(hint).items() if isinstance(value, property)]
    return found | {f"{name}.{each}" for each in more} | ({f"{name}.purpose"} if hasattr(hint, "purpose") else set())


def _text(value: Any) -> str:
    value = _json(value)
    if isinstance(value, list):
        return ",".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _pem(der: bytes) -> str:
    return DER_cert_to_PEM_cert(der) if der else ""
