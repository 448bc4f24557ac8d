"""Reads a TOML file into a model, and says in one sentence what is wrong with it."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
WANTED = {
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "a list"),
    "too_short": "at least one value",
    "string_too_short": "a text that is not empty",
}
"""What is expected, in words of a TOML file, by the type of pydantic's error."""


def read_model(file: Path, shape: type[Model], error: type[ValueError]) -> Model:
    """The file's content. Raises `error` with a sentence: the file, the key, and what was expected."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise error(f"{file}: expected a file that can be read: {problem.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise error(f"{file}: expected TOML: {problem}") from None
    return fit(content, shape, f"{file}: ", error)


def fit(content: Mapping[str, Any], shape: type[Model], where: str, error: type[ValueError]) -> Model:
    """A table as a model. Raises `error` with a sentence that begins with `where`; fields without repr stay hidden."""
    try:
        return shape.model_validate(content)
    except ValidationError as problem:
        raise error(f"{where}{_sentence(problem, shape)}") from None


def nearest(word: str, known: Iterable[str]) -> str:
    """What a misspelled word probably means, or all there is to choose from; to append to a sentence."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1)
    there_are = f" ({', '.join(names)})" if names else ", there is none here"
    return f"; did you mean {close[0]}?" if close else there_are


def _sentence(problem: ValidationError, shape: type[BaseModel]) -> str:
    errors = problem.errors(include_url=False)
    # A misspelled key is missing as well, but the misspelling is what a person has to see.
    first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    place = first["loc"]
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)
    if first["type"] == "extra_forbidden":
        return f"{key}: expected a known key{nearest(str(place[-1]), _keys_beside(shape, place))}"
    if first["type"] == "missing":
        return f"{key}: expected this key, which is missing"
    field, _ = _reached(shape, place)
    described = field.description if field and first["type"] == "string_pattern_mismatch" else None
    wanted = described or WANTED.get(first["type"]) or first["msg"].removeprefix("Input should be ")
    if field is not None and not field.repr:
        return f"{key}: expected {wanted}"
    return f"{key}: expected {wanted}, not {first['input']!r}{_meant(first)}"


def _meant(error: ErrorDetails) -> str:
    """What a misspelled word among a few probably means; empty where nothing is near."""
    if error["type"] != "literal_error":
        return ""
    words = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    close = difflib.get_close_matches(str(error["input"]), words, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _keys_beside(shape: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    """The keys of the table in which the wrong key stands."""
    return list(_reached(shape, place[:-1])[1])


def _reached(shape: type[BaseModel], place: tuple[int | str, ...]) -> tuple[FieldInfo | None, Mapping[str, FieldInfo]]:
    """The last field on the way to a place, and the fields of the table that it holds.

    Tables in lists, and those that may be left out, are found through their field.
    """
    field, fields = None, shape.model_fields
    for part in place:
        if isinstance(part, str) and part in fields:
            field = fields[part]
            held = getattr(field.annotation, "__args__", (field.annotation,))
            tables = (each for each in held if isinstance(each, type) and issubclass(each, BaseModel))
            fields = next((table.model_fields for table in tables), {})
    return field, fields
