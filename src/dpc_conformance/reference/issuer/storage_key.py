"""A key under which a database keeps what nobody else may read; in earnest it would be in a hardware module."""

import os
from pathlib import Path

from dpc_conformance.entropy import Entropy


def storage_key(path: Path, entropy: Entropy) -> bytes:
    """The 32 bytes in `path`; made at the first start, for the owner of the file only."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(entropy.bytes(32))
    return path.read_bytes()
