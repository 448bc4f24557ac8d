"""A moment of which only the year is known: it compares with moments of other years, and refuses everything else."""

from datetime import UTC, datetime


class Outside(Exception):  # noqa: N818  no error: it says where common knowledge ends
    """A rule reached for something that differs from certificate to certificate."""


def year_of(moment: datetime | None) -> int | None:
    """The year of a moment in UTC; None when there is no moment."""
    return None if moment is None else moment.year


class Year:
    """Stands for every moment of one year in UTC. What depends on the day raises `Outside`, noted in `reached`."""

    __slots__ = ("_reached", "year")

    def __init__(self, year: int, reached: list[str]) -> None:
        self.year = year
        self._reached = reached

    def _refuse(self, what: str) -> Outside:
        self._reached.append(what)
        return Outside(what)

    def _after(self, other: object) -> bool:
        if not isinstance(other, Year) and (not isinstance(other, datetime) or other.tzinfo is not UTC):
            raise self._refuse("comparison with something else than a moment in UTC")
        if self.year == other.year:
            raise self._refuse("the day within the year")
        return self.year > other.year

    __gt__ = __ge__ = _after

    def __lt__(self, other: object) -> bool:
        return not self._after(other)

    __le__ = __lt__

    def __eq__(self, other: object) -> bool:
        return other is not None and self._after(other) and False

    def __hash__(self) -> int:
        raise self._refuse("hash")

    def __getattr__(self, name: str) -> object:
        raise self._refuse(name)

    def __sub__(self, other: object) -> object:
        raise self._refuse("difference")

    def __str__(self) -> str:
        raise self._refuse("text")

    def __format__(self, specification: str) -> str:
        raise self._refuse("text")

    def __repr__(self) -> str:
        raise self._refuse("text")

    def __bool__(self) -> bool:
        return True

    __add__ = __radd__ = __rsub__ = __sub__
