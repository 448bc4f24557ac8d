"""What is known when a flow is judged, as lines of evidence: of what a server has on record, each thing once."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from typing import Any

from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lines import CardholderKnown, Published


class NotedFacts:
    """Remembers what of one scenario's facts stands in its evidence; the clients' timeline stands there already."""

    def __init__(self) -> None:
        self._noted: set[Any] = set()
        self._last: dict[type, tuple[Any, ...]] = {}

    def new_in(self, facts: ScenarioFacts) -> Iterator[Any]:
        """The lines that are not there yet, in the order in which a reader wants them."""
        hardware = (getattr(facts.hardware, each.name) for each in fields(facts.hardware))
        for record in chain(facts.audit, facts.credentials, facts.links, facts.escrow, *hardware):
            if record not in self._noted:
                self._noted.add(record)
                yield record
        holder = (facts.account, facts.mail, facts.name, facts.card_certificate)
        if self._changed(CardholderKnown, holder):
            yield CardholderKnown(facts.now, *holder)
        if self._changed(Published, facts.published):
            yield Published(facts.now, facts.published)

    def _changed(self, kind: type, value: tuple[Any, ...]) -> bool:
        before, self._last[kind] = self._last.get(kind, ()), value
        return before != value
