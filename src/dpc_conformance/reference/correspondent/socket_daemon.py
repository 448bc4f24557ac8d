"""A daemon of GnuPG as a child of this process: its socket is there before it is, and it ends with us, guarded."""

import os
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.roles.errors import MachineLacks

LONGEST_SOCKET_PATH = 107
BACKLOG = 16
PATIENCE = 10.0
"""Seconds of the machine's time that a daemon gets to end."""
# It takes its listening socket as systemd hands one over: as descriptor 3, named by a process id.
START = 'exec 3<&0 0</dev/null; LISTEN_PID=$$ exec "$0" "$@"'


@dataclass
class SocketDaemon:
    """`gpg-agent` or `dirmngr`; `home` is the GNUPGHOME in which clients look for its socket.

    `guard` ends it where we cannot.
    """

    program: Command
    home: Path
    guard: Guard
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def log(self) -> str:
        """What it has said since it was started, and before."""
        file = self._log_file
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def start(self, *options: str) -> None:
        """Start it; clients may connect at once. Raises MachineLacks."""
        address = self.home / f"S.{self.program.name}"
        if len(os.fsencode(address)) > LONGEST_SOCKET_PATH:
            raise MachineLacks(f"{address} is too long for the path of a socket: set TMPDIR to a shorter folder")
        command = (
            *("/bin/sh", "-c", START, self.program.find(), "--homedir", str(self.home), "--supervised"),
            *options,
        )
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listening, self._log_file.open("ab") as log:
            listening.bind(str(address))
            listening.listen(BACKLOG)
            self._process = subprocess.Popen(
                command,
                stdin=listening.fileno(),
                stdout=log,
                stderr=log,
                env={**self.program.settings(), "LISTEN_FDS": "1"},
                process_group=0,
            )
        self.guard.runs(self._process.pid)

    def stop(self) -> None:
        """End it and wait until it is gone; nothing happens where it does not run."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.guard.ended(self._process.pid)
        self._process = None

    @property
    def _log_file(self) -> Path:
        return self.home / f"{self.program.name}.log"
