"""The scenarios of a run in shares, one for each worker: whole feature files, so that every worker finds the same."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest


def in_share(items: Sequence[pytest.Item], share: str) -> list[pytest.Item]:
    """Of the scenarios those in the share "2/3", the second of three; all where `share` is empty."""
    if not share:
        return list(items)
    number, _, shares = share.partition("/")
    files = Counter(item.path for item in items)
    mine = shares_of(files, int(shares))[int(number) - 1]
    return [item for item in items if item.path in mine]


def shares_of(files: Mapping[Path, int], shares: int) -> list[set[Path]]:
    """The files in so many shares, alike in scenarios of each folder: a scenario takes as long as its neighbours do."""
    made: list[set[Path]] = [set() for _ in range(shares)]
    loads = [0] * shares
    by_folder: dict[Path, list[Path]] = defaultdict(list)
    for file in sorted(files):
        by_folder[file.parent].append(file)
    for folder in by_folder.values():
        in_folder = [0] * shares
        for file in sorted(folder, key=lambda each: -files[each]):
            least = min(range(shares), key=lambda number: (in_folder[number], loads[number], number))
            made[least].add(file)
            in_folder[least] += files[file]
            loads[least] += files[file]
    return made
