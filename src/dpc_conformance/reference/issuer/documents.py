"""The register of process documents: Markdown in this repository, each with a head that a machine can read."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from dpc_conformance import HOME
from dpc_conformance.evidence.documents import MaintenancePractice, ProcessDocument

FOLDER = Path("docs/practice")
APPROVED = "approved.toml"
FENCE = "+++\n"


class DocumentRegister:
    """Reads the documents when it is asked for them; `approved.toml` holds the digest of each as it was approved."""

    def __init__(self, home: Path = HOME) -> None:
        self._home = home

    def documents(self) -> tuple[ProcessDocument, ...]:
        """Everything in the folder, in the order of the names."""
        approved = tomllib.loads((self._home / FOLDER / APPROVED).read_text(encoding="utf-8"))
        return tuple(
            read_document(FOLDER / path.name, path.read_bytes(), str(approved.get(path.name, "")))
            for path in sorted((self._home / FOLDER).glob("*.md"))
        )


def read_document(location: Path, content: bytes, approved_digest: str) -> ProcessDocument:
    """The entry of one document. ValueError when it has no head."""
    before, _, rest = content.decode().partition(FENCE)
    head, fence, _ = rest.partition(FENCE)
    if before or not fence:
        raise ValueError(f"{location}: expected a head between two lines of +++")
    said: dict[str, Any] = tomllib.loads(head)
    practice = said.get("practice")
    return ProcessDocument(
        location=location.as_posix(),
        title=said.get("title", ""),
        version=said.get("version", ""),
        dated=said.get("dated"),
        approved_by=said.get("approved_by", ""),
        approved_on=said.get("approved_on"),
        approved_digest=approved_digest,
        digest=hashlib.sha256(content).hexdigest(),
        processes=tuple(said.get("processes", ())),
        device_models=tuple(said.get("device_models", ())),
        practice=MaintenancePractice(**{**practice, "policies": tuple(practice["policies"])}) if practice else None,
    )
