"""In which scenarios a defect was seen first, where others come before them in their features: `make seen-in`.

A defect meets these before the others, which saves every second scenario where it is run only until it is caught. An
entry that is out of date costs time and changes no result.
"""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("seen_in.toml")


def seen_in(defect: str) -> tuple[str, ...]:
    """The names of the scenarios that turned red with it, in their order; empty where it is seen at once."""
    return _entries().get(defect, ())


@cache
def _entries() -> dict[str, tuple[str, ...]]:
    return {name: tuple(scenarios) for name, scenarios in tomllib.loads(FILE.read_text("utf-8")).items()}
