"""What a population is cut into: slices that any process can read by itself, each the work of one job."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class SourceError(ValueError):
    """The source is not what an audit can read; the text is a sentence for the user."""


class Entry(NamedTuple):
    """One certificate: where it stands in the source, and its octets, None when they cannot be got out of there."""

    where: str
    der: bytes | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of the source. `start` and `stop` mean what the source says; `weight` is its share of the work."""

    number: int
    start: int
    stop: int
    weight: int


class Source(Protocol):
    """A population. It travels to other processes, so it holds names and numbers and no open file."""

    def slices(self) -> Iterator[Slice]:
        """The slices in order, the same at every call."""
        ...

    def read(self, piece: Slice) -> Iterator[Entry]:
        """The certificates of a slice in order."""
        ...

    def fingerprint(self) -> str:
        """Changes when the source does, as far as names, sizes and times tell."""
        ...


def cut(total: int, size: int, weight: int = 1) -> Iterator[Slice]:
    """`total` things cut into slices of at most `size`."""
    for number, start in enumerate(range(0, total, size)):
        stop = min(start + size, total)
        yield Slice(number, start, stop, (stop - start) * weight)
