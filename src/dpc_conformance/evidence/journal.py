"""The journal of a run: append-only JSON Lines, written as things happen, readable after a crash."""

import contextlib
import dataclasses
import json
import os
import re
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.evidence.events import (
    Announced,
    CatalogueUsed,
    ControlMade,
    EvaluationMade,
    Event,
    Outcome,
    ReviewDecided,
    RunEnded,
    RunStarted,
    ScenarioEnded,
    ScenarioLeftOut,
    ScenariosChosen,
    ScenarioStarted,
    StepStarted,
)

Some = TypeVar("Some")


def _name(kind: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


KINDS: dict[str, type[Event]] = {
    _name(kind): kind
    for kind in (
        RunStarted,
        CatalogueUsed,
        Announced,
        ScenarioLeftOut,
        ScenariosChosen,
        ScenarioStarted,
        StepStarted,
        EvaluationMade,
        ControlMade,
        ScenarioEnded,
        RunEnded,
        ReviewDecided,
    )
}
"""Event names as they stand in the file: run-started, scenario-started, evaluation-made and so on."""


class JournalWriter:
    """Appends events; several threads, and several processes with their own writer, may share one file.

    A line goes out in a single appending write, so that lines of different writers do not mix (POSIX write, O_APPEND).
    """

    def __init__(self, path: Path) -> None:
        """Opens or creates the file; a half line that a crash left behind is closed first. Raises OSError."""
        self.path = path
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        size = os.lseek(self._file, 0, os.SEEK_END)
        if size:
            os.lseek(self._file, size - 1, os.SEEK_SET)
            if os.read(self._file, 1) != b"\n":
                os.write(self._file, b"\n")

    def write(self, event: Event) -> None:
        """Append one event; the end of a scenario or of the run also waits until the disk has it. Raises OSError."""
        line = encode(event).encode(errors=AS_JSON) + b"\n"
        with self._lock:
            if os.write(self._file, line) != len(line):
                raise OSError(f"{self.path} did not take a whole line")
            if isinstance(event, ScenarioEnded | RunEnded | ReviewDecided):
                os.fsync(self._file)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        with self._lock:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclasses.dataclass(frozen=True)
class Journal:
    """What a journal file holds. `damaged` lists the numbers of lines that could not be read, the first line is 1."""

    events: tuple[Event, ...]
    damaged: tuple[int, ...] = ()

    def of(self, kind: type[Some]) -> Iterator[Some]:
        """The events of one kind, in the order in which they were written."""
        return (event for event in self.events if isinstance(event, kind))


def read_journal(path: Path) -> Journal:
    """Read all events. A last line without its end is what a crash leaves and is not damage. Raises OSError."""
    *lines, rest = path.read_bytes().split(b"\n")
    events: list[Event] = []
    damaged: list[int] = []
    for number, line in enumerate(lines, start=1):
        try:
            events.append(decode(line.decode()))
        except ValueError:
            damaged.append(number)
    with contextlib.suppress(ValueError):  # the writer died in the middle of this line
        events.append(decode(rest.decode()))
    return Journal(tuple(events), tuple(damaged))


def encode(event: Event) -> str:
    """One line of JSON, without its line end."""
    values = {"event": _name(type(event)), **{name: _plain(value) for name, value in vars(event).items()}}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def decode(line: str) -> Event:
    """The event of one line; unknown fields of a newer suite are left out. ValueError when it is none."""
    try:
        values = json.loads(line)
    except RecursionError:
        raise ValueError("this line is nested without end") from None
    kind = KINDS.get(str(values.get("event"))) if isinstance(values, dict) else None
    if kind is None:
        raise ValueError("this line is not an event of the journal")
    known = {field.name: values[field.name] for field in dataclasses.fields(kind) if field.name in values}
    try:
        return kind(**{name: _typed(name, value) for name, value in known.items()})
    except TypeError as error:
        raise ValueError(f"this line lacks a field of {values['event']}: {error}") from None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _typed(name: str, value: Any) -> Any:
    match name:
        case "machine_clock" if value is None:
            return None
        case "at" | "clock" | "machine_clock":
            return datetime.fromisoformat(value)
        case "tags":
            return tuple(value)
        case "outcome":
            return Outcome(value)
        case _:
            return value
