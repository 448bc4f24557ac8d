"""Reports are written whole or not at all: half a page must not pass for a report."""

import contextlib
from pathlib import Path

from dpc_conformance.evidence.as_json import AS_JSON


def write_whole(path: Path, text: str) -> None:
    """Write UTF-8 text; a disk that fills up leaves nothing behind. Raises OSError."""
    growing = path.with_name(f".{path.name}.part")
    try:
        growing.write_text(text, encoding="utf-8", errors=AS_JSON)
        growing.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            growing.unlink(missing_ok=True)
        raise
