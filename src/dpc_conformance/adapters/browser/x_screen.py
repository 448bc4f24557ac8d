"""A screen that nobody looks at, for a browser with windows: an X server of one's own, and keys to press."""

import contextlib
import os
import select
import subprocess
from pathlib import Path

from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.installed import program
from dpc_conformance.roles.errors import MachineLacks

SERVER, PACKAGE = "Xvfb", "xvfb"
KEEPER = "setpriv"
KEYS = "xdotool"
SIZE = "1400x1000x24"
START_SECONDS = 20.0
END_SECONDS = 10.0
ANY_HOST = b"\xff\xff\0\0\0\0"
"""Of an entry in an Xauthority file: it counts for every address and display."""
METHOD = b"MIT-MAGIC-COOKIE-1"


class XScreen:
    """Xvfb on a display number that is free, without a network; only who can read its key may use it."""

    def __init__(self, folder: Path) -> None:
        """`folder` is its owner's; the key is put there. Raises MachineLacks."""
        server, keeper = program(SERVER, PACKAGE), program(KEEPER, "util-linux")
        self._key = folder / "screen-key"
        self._key.touch(0o600)
        self._key.write_bytes(ANY_HOST + _field(METHOD) + _field(SystemEntropy().bytes(16)))
        program(KEYS, KEYS)
        told, telling = os.pipe()
        # It ends by itself when we are killed, and takes its lock along.
        words = ("--pdeathsig", "TERM", server, "-displayfd", str(telling), "-screen", "0", SIZE, "-nolisten", "tcp")
        self._process = subprocess.Popen(
            [keeper, *words, "-noreset", "-auth", self._key],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[telling],
            process_group=0,
        )
        os.close(telling)
        with os.fdopen(told, "rb", 0) as numbers:
            ready, _, _ = select.select([numbers], [], [], START_SECONDS)
            self._number = numbers.readline().strip() if ready else b""
        if not self._number:
            self.close()
            raise MachineLacks("Xvfb does not start, so there is no screen for the browser's windows")
        self.xdotool = Command(KEYS, KEYS, self.environment)
        """Presses keys and looks for windows; a text to be typed belongs in its standard input (`type --file -`)."""

    @property
    def environment(self) -> dict[str, str]:
        """What tells a program where its windows belong."""
        return {"DISPLAY": f":{self._number.decode()}", "XAUTHORITY": str(self._key)}

    def close(self) -> None:
        """Switch it off."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        self._process.kill()
        self._process.wait()


def _field(content: bytes) -> bytes:
    return len(content).to_bytes(2, "big") + content
