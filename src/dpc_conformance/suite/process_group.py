"""A child process with everything it starts: the one place of a run that knows what operating systems do not share."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

POSIX = os.name == "posix"


class ProcessGroup:
    """A running program. Where the system has process groups, `kill` ends its children too.

    It is on a leash, a pipe whose other end this process holds: its end tells the child that nobody waits any more.
    Windows hands no pipe to a child in that way, so there is no leash there.
    """

    def __init__(
        self, command: Sequence[str], leash_option: str, folder: Path, environment: Mapping[str, str], log: BinaryIO
    ) -> None:
        """Starts it in `folder`; `log` gets what it prints. `leash_option` is given the number of the pipe's end."""
        self._leash: int | None = None
        if POSIX:
            held, self._leash = os.pipe()
            with os.fdopen(held, "rb") as end:  # closed here, open in the child
                number = end.fileno()
                leashed = [*command, f"{leash_option}={number}"]
                self.process = subprocess.Popen(
                    leashed,
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    pass_fds=(number,),
                )
        else:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )

    def interrupt(self) -> None:
        """Ask the program to stop, as ^C does."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGINT if POSIX else getattr(signal, "CTRL_BREAK_EVENT"))  # noqa: B009

    def abort(self) -> None:
        """End the program by a signal at which Python writes where its threads are; Windows has none."""
        if POSIX:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGABRT)

    def kill(self) -> None:
        """End the program and, in its group, whatever it started; a program that is gone already leaves no children."""
        with contextlib.suppress(ProcessLookupError):
            if POSIX:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()

    def let_go(self) -> None:
        """Let the leash slip, as the end of this process does: a program that still runs stops by itself."""
        if self._leash is not None:
            os.close(self._leash)
            self._leash = None


def stop_signals() -> tuple[int, ...]:
    """The signals besides ^C by which a user or the system ends a run."""
    return tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
