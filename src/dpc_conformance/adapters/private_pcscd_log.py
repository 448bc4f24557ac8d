"""What a private pcscd says about itself: that it is ready, and whether there is a card in its reader."""

import threading
from collections.abc import Callable
from typing import IO

READY = "daemon ready"
PORT_TAKEN = "Could not initialize connection to virtual ICC"
POWERED_UP = "Card ATR: "
"""It says so of every card; "Card inserted" only of one that comes after its first look."""
REMOVED = "Card Removed From "


class PcscdLog:
    """Reads the daemon's log to its end in a thread, so that somebody can wait for what happens in it."""

    def __init__(self, lines: IO[str]) -> None:
        """`lines` is the daemon's output; it is closed at its end."""
        self.ready = self.port_taken = self.occupied = self.ended = False
        self.last = ""
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, args=(lines,), name="log of pcscd", daemon=True)
        self._thread.start()

    def wait_for(self, state: Callable[["PcscdLog"], bool], seconds: float | None) -> bool:
        """Whether that state came within so many seconds (None: however long it takes), before the daemon ended."""
        with self._changed:
            self._changed.wait_for(lambda: self.ended or state(self), seconds)
            return state(self)

    def join(self) -> None:
        """Wait for the end of the log, after the daemon's."""
        self._thread.join()

    def _read(self, lines: IO[str]) -> None:
        with lines:
            for line in lines:
                with self._changed:
                    self._understand(line.rstrip())
                    self._changed.notify_all()
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def _understand(self, line: str) -> None:
        self.last = line or self.last
        self.ready |= READY in line
        self.port_taken |= PORT_TAKEN in line
        self.occupied = (self.occupied or POWERED_UP in line) and REMOVED not in line
