"""Reads a verb's result out of a product's answer: JSON pointers, certificates, times, words."""

import base64
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from dpc_conformance.adapters.over_http.settings import Source
from dpc_conformance.adapters.over_http.template import Values
from dpc_conformance.adapters.over_http.vocabulary import UNKNOWN, WORDS
from dpc_conformance.formats.pem import certificates_in_pem, is_pem

MISSING = object()


class UnexpectedAnswer(Exception):
    """The product answered otherwise than its target describes; the message says where, and shows no content.

    `status` and `text` are the answer's, where its status is what nobody expected.
    """

    def __init__(self, sentence: str, status: int = 0, text: str = "") -> None:
        super().__init__(sentence)
        self.status, self.text = status, text


def pointed(document: Any, pointer: str) -> Any:
    """What stands at a JSON pointer (RFC 6901); MISSING where nothing does."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(document, Mapping):
            document = document.get(key, MISSING)
        elif isinstance(document, list) and key.isdecimal() and int(key) < len(document):
            document = document[int(key)]
        else:
            return MISSING
    return document


def record(shape: type, sources: Mapping[str, Source], document: Any, values: Values) -> Any:
    """An object of ours (a dataclass) out of a document. Raises UnexpectedAnswer."""
    hints, found = get_type_hints(shape), {}
    for field in fields(shape):
        if field.name not in sources:
            continue
        raw = _raw(sources[field.name], document, values)
        if raw is not MISSING:
            found[field.name] = converted(raw, sources[field.name], hints[field.name], (shape, field.name))
    return validated(shape, found, shape.__name__)


def single(source: Source, hint: Any, document: Any, values: Values) -> Any:
    """A value of that type out of a document. Raises UnexpectedAnswer."""
    raw = _raw(source, document, values)
    if raw is MISSING:
        raise UnexpectedAnswer(f"the answer has nothing at {source.at!r}")
    return validated(hint, converted(raw, source, hint, None), f"the value at {source.at!r}")


def validated(hint: Any, value: Any, subject: str) -> Any:
    """The value as that type; times need a zone. Raises UnexpectedAnswer."""
    try:
        made = TypeAdapter(hint).validate_python(value)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UnexpectedAnswer(f"{subject}{f', {place}' if place else ''}: {first['msg']}") from None
    return made


def converted(raw: Any, source: Source, hint: Any, place: tuple[type, str] | None) -> Any:
    """The raw value, ready to be validated. Raises UnexpectedAnswer."""
    if place is not None and place in WORDS:
        return _word(raw, source, place)
    if source.words:
        return source.words.get(_said(raw), raw)
    if _wants(bytes, hint):
        return [_der(each) for each in raw] if isinstance(raw, list) else _der(raw)
    if _wants(datetime, hint) and raw is not None:
        return _time(raw)
    if source.unit is not None:
        return _duration(raw, source.unit)
    return raw


def _word(raw: Any, source: Source, place: tuple[type, str]) -> str:
    """Ours for the product's word. Without a table, a word of ours stands for itself."""
    said = _said(raw)
    known = source.words or {each: each for each in WORDS[place]}
    if said in known:
        return known[said]
    if said == "" and "" in WORDS[place]:
        return ""
    if place not in UNKNOWN:
        raise UnexpectedAnswer(f"{place[0].__name__}.{place[1]}: the product's word {said!r} is not mapped")
    return UNKNOWN[place]


def _raw(source: Source, document: Any, values: Values) -> Any:
    return values.text(source.text) if source.text is not None else pointed(document, source.at or "")


def _wants(kind: type, hint: Any) -> bool:
    return hint is kind or kind in getattr(hint, "__args__", ())


def _der(raw: Any) -> bytes:
    """A certificate or other object in PEM, or base64 of DER."""
    text = str(raw or "")
    try:
        if is_pem(text.encode()):
            return certificates_in_pem(text.encode())[0]
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise UnexpectedAnswer("expected a certificate in PEM, or DER in base64") from None


def _time(raw: Any) -> datetime:
    """A time in ISO 8601 with its zone."""
    try:
        moment = datetime.fromisoformat(str(raw))
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise UnexpectedAnswer(f"expected a time in ISO 8601 with its zone, not {str(raw)[:40]!r}")
    return moment


def _duration(raw: Any, unit: str) -> timedelta:
    try:
        return timedelta(**{unit: float(raw)})
    except (ValueError, TypeError, OverflowError):
        raise UnexpectedAnswer(f"expected a number of {unit}, not {str(raw)[:40]!r}") from None


def _said(raw: Any) -> str:
    """A value of JSON as a word."""
    return "" if raw is None else str(raw).lower() if isinstance(raw, bool) else str(raw)
