"""Writes the evidence of one scenario as it happens: JSON Lines, each complete before the scenario goes on."""

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.hiding import without_secrets
from dpc_conformance.evidence.line_kinds import name_of
from dpc_conformance.evidence.lines import StepBegan
from dpc_conformance.evidence.objects import ObjectStore, withheld
from dpc_conformance.evidence.plain import plain

CLOSED = -1
APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
HOLDS_A_SECRET = "it holds a secret"  # noqa: S105  the reason, not one


class ScenarioFile:
    """A listener of the scenario's recorder, which calls it under its lock, so that lines never mix.

    What becomes known as a secret is taken out of the lines that are written already, too: the file is then replaced
    as a whole.
    """

    def __init__(
        self, folder: EvidenceFolder, scenario: str, objects: ObjectStore, holds_secret: Callable[[bytes], bool]
    ) -> None:
        """A file that an earlier attempt left behind is begun anew. Raises OSError."""
        self._path = folder.file_of(scenario)
        self._file = os.open(self._path, APPEND | os.O_TRUNC, 0o644)
        self._objects, self._holds_secret = objects, holds_secret
        self._lines: list[tuple[int, Any]] = []
        self._kept: set[bytes] = set()
        self._step = 0

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def recorded(self, record: Any) -> None:
        """Append a record, or another line, that is free of secrets. Raises OSError."""
        if self._file == CLOSED:
            return  # a server's thread that comes after the end of the scenario
        self._step += isinstance(record, StepBegan)
        self._lines.append((self._step, record))
        self._write(self._encoded(self._step, record))

    def secret_known(self, hide: Callable[[str], str]) -> None:
        """Write everything again where a line or an object holds what is a secret from now on."""
        if self._file == CLOSED:
            return
        lines = [(step, without_secrets(record, hide)) for step, record in self._lines]
        as_before = all(new is old for (_, new), (_, old) in zip(lines, self._lines, strict=True))
        if as_before and not any(map(self._holds_secret, self._kept)):
            return
        self._lines = lines
        growing = self._path.with_name(f".{self._path.name}")
        growing.write_bytes(b"".join(self._encoded(step, record) for step, record in lines))
        os.close(self._file)
        growing.replace(self._path)
        self._file = os.open(self._path, APPEND)

    def close(self) -> None:
        """Nothing more is written."""
        if self._file != CLOSED:
            os.close(self._file)
            self._file = CLOSED

    def _encoded(self, step: int, record: Any) -> bytes:
        values = {"record": name_of(type(record)), "step": step, **plain(record, self._keep)}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(errors=AS_JSON) + b"\n"

    def _keep(self, content: bytes) -> Mapping[str, Any]:
        if self._holds_secret(content):
            self._kept.discard(content)
            self._objects.forget(content)
            return withheld(content, HOLDS_A_SECRET)
        self._kept.add(content)
        return self._objects.keep(content)

    def _write(self, content: bytes) -> None:
        if os.write(self._file, content) != len(content):
            raise OSError("the evidence did not take a whole line")
