"""Things under what they have in common, as reports list them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Some = TypeVar("Some")
Key = TypeVar("Key", bound=Hashable)


def grouped(things: Iterable[Some], key: Callable[[Some], Key]) -> dict[Key, list[Some]]:
    """The things by their key, also those that do not follow each other; keys in the order in which they come first."""
    found: dict[Key, list[Some]] = defaultdict(list)
    for each in things:
        found[key(each)].append(each)
    return found
