"""What of a scenario nobody could see: a check that looks there cannot tell, and never passes for want of evidence."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any, NoReturn, SupportsIndex, TypeVar

from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.hardware import HardwareFacts
from dpc_conformance.evidence.recorder import NotSeen
from dpc_conformance.evidence.records import Record

Some = TypeVar("Some")


class Unseen(tuple[Any, ...]):
    """In place of records that exist and that nobody saw: whoever looks at them gets NotSeen."""

    why = ""

    @classmethod
    def because(cls, why: str) -> "Unseen":
        """Nobody saw them, for that reason."""
        made = cls()
        made.why = why
        return made

    def __iter__(self) -> Iterator[Any]:
        self._refuse()

    def __len__(self) -> int:
        self._refuse()

    def __bool__(self) -> bool:
        self._refuse()

    def __contains__(self, _: object) -> bool:
        self._refuse()

    def __getitem__(self, _: SupportsIndex | slice) -> Any:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise NotSeen(self.why)


def of_nothing(why: str) -> dict[str, Any]:
    """The fields of ScenarioFacts that a server's record or the whole timeline fills, where nobody saw them."""
    unseen = Unseen.because(why)
    hidden = dict.fromkeys(("timeline", "audit", "credentials", "published", "links", "escrow"), unseen)
    return {**hidden, "hardware": HardwareFacts(**{each.name: unseen for each in fields(HardwareFacts)})}


@dataclass(frozen=True)
class PartlySeen(ScenarioFacts):
    """Facts of a scenario in which only records of some kinds were made; the servers' records are not among them."""

    records: tuple[Record, ...] = ()
    seen: Collection[type] = ()
    why: str = ""

    def of(self, kind: type[Some]) -> tuple[Some, ...]:
        """The records of one kind, in order. Raises NotSeen for a kind that nobody could make."""
        if kind not in self.seen:
            raise NotSeen(self.why)
        return tuple(record for record in self.records if isinstance(record, kind))
