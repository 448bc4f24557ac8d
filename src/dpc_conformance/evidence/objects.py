"""Objects of a run by their SHA-256: certificates, requests, CRLs, OCSP responses, mail and pictures, as seen."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
DER_SEQUENCE = 0x30
MAIL = b"From: "


def extension_of(content: bytes) -> str:
    """What the file of an object is called behind its hash: png, jpg, eml, der or bin."""
    if content.startswith(PNG):
        return "png"
    if content.startswith(JPEG):
        return "jpg"
    if content.startswith(MAIL):
        return "eml"
    return "der" if _is_der(content) else "bin"


def _is_der(content: bytes) -> bool:
    """Whether it is one SEQUENCE from its first to its last byte."""
    if len(content) < 2 or content[0] != DER_SEQUENCE:
        return False
    size, start = content[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(content[2:start], "big")
    return start + size == len(content)


class ObjectStore:
    """A folder of objects; several processes may keep objects in one folder."""

    def __init__(self, folder: Path) -> None:
        """The folder has to be there."""
        self._folder = folder
        self._known: set[str] = set()

    def keep(self, content: bytes) -> Mapping[str, Any]:
        """Write the object unless it is there; returns its hash, size and file name. Raises OSError."""
        digest = sha256(content).hexdigest()
        name = f"{digest}.{extension_of(content)}"
        if digest not in self._known:
            file = self._folder / name
            if not file.exists():
                growing = self._folder / f".{digest}.{os.getpid()}"
                growing.write_bytes(content)
                growing.replace(file)
            self._known.add(digest)
        return {"sha256": digest, "bytes": len(content), "file": name}

    def forget(self, content: bytes) -> None:
        """Take an object away again: it turned out to hold a secret."""
        digest = sha256(content).hexdigest()
        self._known.discard(digest)
        (self._folder / f"{digest}.{extension_of(content)}").unlink(missing_ok=True)


def withheld(content: bytes, why: str) -> Mapping[str, Any]:
    """What stands in place of an object that is not kept."""
    return {"sha256": sha256(content).hexdigest(), "bytes": len(content), "withheld": why}
