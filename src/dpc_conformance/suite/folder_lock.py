"""A folder for one process alone, where the system has such locks."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two runs into one folder are the user's own care there
    fcntl = None  # type: ignore[assignment]


class FolderInUse(Exception):
    """Another run writes into the folder; two would mix their results."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder, for as long as the block runs. Raises FolderInUse, OSError.

    On a system or file system without locks the block just runs.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderInUse from None
    except OSError:  # a file system without locks: go on without
        return
