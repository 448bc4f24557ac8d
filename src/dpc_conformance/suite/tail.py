"""Reads a journal while a worker writes it."""

from pathlib import Path

from dpc_conformance.evidence.events import Event
from dpc_conformance.evidence.journal import decode


class JournalTail:
    """Hands out each event once, as soon as its line is complete."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = path.stat().st_size if path.exists() else 0

    def new_events(self) -> list[Event]:
        """The events since the last call; lines that are not events are left out, `read_journal` reports them."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._offset)
            complete, end, _rest = file.read().rpartition(b"\n")
        self._offset += len(complete) + len(end)
        events = []
        for line in complete.split(b"\n") if complete else []:
            try:
                events.append(decode(line.decode()))
            except ValueError:
                continue
        return events
