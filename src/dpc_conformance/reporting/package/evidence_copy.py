"""The evidence of a run as a package holds it: as it is, or with pseudonyms in place of what is about persons."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.objects import extension_of
from dpc_conformance.formats import containers
from dpc_conformance.reporting.package.descriptions import description_of
from dpc_conformance.reporting.package.object_kinds import NEVER_HELD, OTHER, KnownObject, recognise
from dpc_conformance.reporting.package.personal_data import PersonalData
from dpc_conformance.reporting.package.pseudonyms import Pseudonyms

WITHHELD = "it holds personal data"
DATA_OBJECTS = frozenset({containers.GET_DATA, containers.GET_RESPONSE, containers.PUT_DATA})
"""Instructions that carry data objects of a card, whole or in parts that nobody can recognise."""
AS_THEY_ARE = frozenset({"record", "scenario", "sha256", "file", "aid", "tag"})
"""Members of a line that say nothing about anybody."""


@dataclass
class EvidenceCopy:
    """Reads the evidence in the order of the run; `withheld` counts the objects that are only described."""

    folder: EvidenceFolder
    scenarios: tuple[str, ...]
    withheld: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._recognise = cache(self._recognised)

    def collect(self, data: PersonalData) -> None:
        """Note everything about persons in lines and objects."""
        for file in self._files():
            for line in _lines(file):
                data.line(str(line.get("record")), line)
                for reference in _references(line):
                    known = self._recognise(str(reference["file"]))
                    if known:
                        data.object(known)

    def as_it_is(self) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the entries, nothing changed."""
        for file in self._files():
            yield f"evidence/scenarios/{file.name}", file.read_bytes()
        for file in sorted(self.folder.objects.glob("*.*")):
            if not file.name.startswith("."):
                yield f"evidence/objects/{file.name}", file.read_bytes()

    def with_pseudonyms(self, pseudonyms: Pseudonyms) -> Iterator[tuple[str, bytes]]:
        """The same with pseudonyms; an object that holds a value, or that nobody can read, is described instead."""
        kept: dict[str, bytes] = {}

        def place(reference: dict[str, Any], picture: bool) -> dict[str, Any]:
            name, digest = str(reference["file"]), str(reference["sha256"])
            content = self._content(name)
            if content is None:
                return {"sha256": digest, "bytes": reference.get("bytes"), "withheld": "it is missing"}
            known = self._recognise(name) or KnownObject(OTHER)
            if picture or (known.kind not in NEVER_HELD and not pseudonyms.holds(content)):
                kept[name] = content
                return reference
            self.withheld[digest] = len(content)
            kept[f"{digest}.json"] = description_of(digest, content, known, pseudonyms)
            return {"sha256": digest, "bytes": len(content), "withheld": WITHHELD, "described": f"{digest}.json"}

        for file in self._files():
            copied = (_copy(line, pseudonyms, place) for line in _lines(file))
            text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in copied)
            yield f"evidence/scenarios/{file.name}", text.encode(errors=AS_JSON)
        for name in sorted(kept):
            yield f"evidence/objects/{name}", kept[name]

    def _files(self) -> Iterable[Path]:
        named = dict.fromkeys(self.folder.file_of(each) for each in self.scenarios)
        return [file for file in named if file.is_file()]

    def _content(self, name: str) -> bytes | None:
        file = self.folder.objects / name
        return file.read_bytes() if file.parent == self.folder.objects and file.is_file() else None

    def _recognised(self, name: str) -> KnownObject | None:
        content = self._content(name)
        if content is None or extension_of(content) not in ("der", "eml", "bin"):
            return None
        return recognise(content)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """The lines that can be read; a damaged one tells nobody anything and is left out."""
    for text in file.read_text("utf-8", errors="replace").split("\n"):
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield line


def _references(value: Any) -> Iterator[dict[str, Any]]:
    """Every object that a line names."""
    if isinstance(value, dict):
        if _is_reference(value):
            yield value
        for held in value.values():
            yield from _references(held)
    elif isinstance(value, list):
        for held in value:
            yield from _references(held)


def _is_reference(value: dict[str, Any]) -> bool:
    return {"sha256", "file"} <= value.keys() and value.keys() <= {"sha256", "file", "bytes"}


def _copy(line: dict[str, Any], pseudonyms: Pseudonyms, place: Any) -> dict[str, Any]:
    record = line.get("record")
    if record == "apdu-exchange":
        line = _without_data_objects(line)

    def copied(name: str, value: Any) -> Any:
        if name in AS_THEY_ARE and isinstance(value, str):
            return value
        match value:
            case str():
                return pseudonyms.text(value)
            case list():
                return [copied("", held) for held in value]
            case {"hex": str(digits), **more} if not more:
                return {"hex": ""} if pseudonyms.holds(bytes.fromhex(digits)) else value
            case dict() if _is_reference(value):
                return place(value, record == "qr-code-shown")
            case dict():
                return {key: copied(key, held) for key, held in value.items()}
        return value

    return {name: copied(name, value) for name, value in line.items()}


def _without_data_objects(line: dict[str, Any]) -> dict[str, Any]:
    """An exchange without the data objects of the card: in parts, nothing in them can be recognised."""
    command, response = str(line.get("command", "")), str(line.get("response", ""))
    try:
        instruction = int(command[2:4], 16)
    except ValueError:
        return line
    if instruction not in DATA_OBJECTS:
        return line
    data, _, status = response.rpartition(" ")
    shown = f"({len(data) // 2} bytes) {status}" if data and not data.startswith("(") else response
    sent = f"{command[:10]} ({(len(command) - 10) // 2} bytes)" if instruction == containers.PUT_DATA else command
    return {**line, "command": sent, "response": shown}
