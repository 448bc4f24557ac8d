"""The manifest of a package: every entry with its size and hashes, in the one form that it can have."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from dpc_conformance.reporting.package.zip_reader import ReadPackage
from dpc_conformance.reporting.package.zip_writer import Packed

FORMAT = "dpc-package-1"
"""Names the shape of the package; a change that breaks readers changes it."""
MANIFEST, SIGNATURE = "manifest.json", "signature.p7s"
BESIDE = (MANIFEST, SIGNATURE)
"""What the manifest does not list: itself, and the signature over it."""


class NoManifest(ValueError):
    """The bytes are no manifest of a package; one sentence says why."""


def manifest_of(entries: Iterable[Packed]) -> bytes:
    """The manifest, with the entries in the order of their names.

    `sha256` is the hash of what an entry holds, `packed_sha256` that of the bytes it takes in the file: a compressed
    entry has bits that no content depends on.
    """
    return _text(
        [
            {
                "name": each.name,
                "size": each.size,
                "sha256": each.digest,
                "packed_sha256": sha256(each.data).hexdigest(),
            }
            for each in sorted(entries, key=lambda each: each.name)
        ]
    )


def against_manifest(read: ReadPackage) -> Iterator[str]:
    """A sentence for each entry that is changed, missing, added or out of place. Raises NoManifest."""
    manifest = read.content.get(MANIFEST)
    if manifest is None:
        raise NoManifest(f"there is no {MANIFEST} that can be read, so nothing can be compared")
    listed = _entries(manifest)
    names = [each["name"] for each in listed]
    held = [name for name in read.packed if name not in BESIDE]
    for name in held:
        if name not in names:
            yield f"the entry {name} is not in the manifest: it was added or renamed"
    for each in listed:
        yield from _compared(each, read)
    order = [*(name for name in BESIDE if name in read.packed), *names]
    if list(read.packed) != order and set(read.packed) == set(order):
        yield "the entries do not stand in the order of the manifest"


def _compared(listed: dict[str, Any], read: ReadPackage) -> Iterator[str]:
    name = listed["name"]
    if name not in read.packed:
        yield f"the entry {name} of the manifest is missing: it was taken out or renamed"
        return
    content = read.content.get(name)
    if content is None:
        return  # whoever read the file has said so
    if sha256(content).hexdigest() != listed["sha256"] or len(content) != listed["size"]:
        yield f"the entry {name} was changed: it does not hold what the manifest says"
    elif sha256(read.packed[name]).hexdigest() != listed["packed_sha256"]:
        yield f"the entry {name} was packed again: its bytes in the file are not those of the manifest"


def _entries(manifest: bytes) -> list[dict[str, Any]]:
    try:
        values = json.loads(manifest)
    except (ValueError, RecursionError):
        raise NoManifest(f"{MANIFEST} is no JSON: it was changed") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise NoManifest(f"{MANIFEST} is not of the format {FORMAT}")
    entries = values.get("entries")
    shape = {"name": str, "size": int, "sha256": str, "packed_sha256": str}
    if not isinstance(entries, list) or any(_shape(each) != shape for each in entries) or _text(entries) != manifest:
        raise NoManifest(f"{MANIFEST} is not written as a package writes it: it was changed")
    names = [each["name"] for each in entries]
    if names != sorted(set(names)):
        raise NoManifest(f"{MANIFEST} lists an entry twice, or not in order")
    return entries


def _shape(entry: Any) -> dict[str, type] | None:
    return {key: type(value) for key, value in entry.items()} if isinstance(entry, dict) else None


def _text(entries: list[dict[str, Any]]) -> bytes:
    return json.dumps({"format": FORMAT, "entries": entries}, indent=1).encode() + b"\n"
