"""The two languages of the pages: what is written in the templates is English, `dutch.toml` has the Dutch for it."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import has_request_context, request

FILE = Path(__file__).parent / "dutch.toml"
ENGLISH, DUTCH = "en", "nl"
Say = Callable[..., str]


@cache
def dutch() -> dict[str, str]:
    """The Dutch texts by the English ones."""
    return {each["en"]: each["nl"] for each in tomllib.loads(FILE.read_text("utf-8"))["text"]}


def language() -> str:
    """What the visitor's browser would rather have (RFC 9110 §12.5.4); English for those that do not say."""
    wanted = request.accept_languages if has_request_context() else None
    return (wanted and wanted.best_match([ENGLISH, DUTCH])) or ENGLISH


def words_of(spoken: str) -> Say:
    """Says an English text in that language, with values where it has `%(name)s`; what has no Dutch stays as it is."""

    def say(text: str, **values: object) -> str:
        said = dutch().get(text, text) if spoken == DUTCH else text
        return said % values if values else said

    return say
