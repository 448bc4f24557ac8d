"""The phone's permanent memory: what is kept there survives a restart of the app and of the phone."""

import json
from typing import Any


class Flash:
    """Named JSON records; a reader gets a copy, so that only `write` changes what is kept."""

    def __init__(self) -> None:
        self._records: dict[str, str] = {}

    def read(self, name: str) -> Any:
        """The record of that name, None when there is none."""
        text = self._records.get(name)
        return None if text is None else json.loads(text)

    def names(self) -> tuple[str, ...]:
        """Of every record."""
        return tuple(self._records)

    def write(self, name: str, record: Any) -> None:
        """Keep a record in place of the one before; TypeError for what JSON cannot hold."""
        self._records[name] = json.dumps(record)
