"""The run's clock for programs that read the machine's: libfaketime, and a file that says how far they are apart."""

import contextlib
import os
import stat
from datetime import datetime
from pathlib import Path

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.reference.programs.installed import library
from dpc_conformance.roles.errors import MachineLacks

FAKETIME = "*/faketime/libfaketimeMT.so.1"
PACKAGE = "libfaketime"
VARIABLES = ("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC")
"""What a program must leave in its environment, if it clears that."""
READABLE = 0o644
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108


class RunTime:
    """Programs with this `environment` see the run's time, and see it move when the run's clock moves.

    Between movements their time goes on as the machine's does: what they wait for comes.
    """

    def __init__(self, file: Path, clock: RunClock) -> None:
        """`file` holds the difference; it is written now and after every movement. Raises MachineLacks."""
        self._file, self._clock = file, clock
        self.library = library(FAKETIME, PACKAGE)
        self._write()
        clock.watch(self._write)
        self.environment = {
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def _write(self) -> None:
        if not self._file.parent.is_dir():  # the programs are gone, the clock may still move
            return
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{_seconds_between(machine_now(), self._clock.now()):+.6f}\n")
        draft.chmod(READABLE)
        draft.replace(self._file)


def _seconds_between(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds()


def expect_passable(folder: Path, program: str) -> None:
    """A program that gives up root's rights must still see the time. Raises MachineLacks where it cannot."""
    if os.geteuid() == 0 and not all(each.stat().st_mode & stat.S_IXOTH for each in (folder, *folder.parents)):
        raise MachineLacks(
            f"{program} gives up root's rights and cannot pass through {folder.parent} any more: "
            "set TMPDIR to a folder that is open to others"
        )


def forget(process: int) -> None:
    """Remove what libfaketime leaves behind for a process that was ended by a signal."""
    for name in (f"faketime_shm_{process}", f"sem.faketime_sem_{process}"):
        with contextlib.suppress(OSError):
            (SHARED_MEMORY / name).unlink()
