"""What a program says, line by line, as it says it: one pipe for its output and for the logs it opens by name."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

MARK = "-- caught up --"
PATIENCE_SECONDS = 10.0


class ProgramLog:
    """Reads a named pipe to its end in a thread. Secrets are taken out of a line before anybody sees it."""

    def __init__(self, path: Path, redact: Callable[[str], str]) -> None:
        """`path` is where the pipe is made. `writer` is its other end, for the program; `let_go` closes ours."""
        os.mkfifo(path, 0o600)
        self.path, self._redact = path, redact
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.writer = os.open(path, os.O_WRONLY)
        os.set_blocking(reader, True)
        self._lines: list[str] = []
        self._taken = self._marks = self._marks_seen = 0
        self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, args=(reader,), name=f"log {path}", daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """Close our copy of the writing end, so that the log ends with the program and its children."""
        os.close(self.writer)

    def lines(self) -> tuple[str, ...]:
        """Everything so far."""
        with self._changed:
            return tuple(self._lines)

    def take(self) -> tuple[str, ...]:
        """What came since the last call."""
        with self._changed:
            new, self._taken = tuple(self._lines[self._taken :]), len(self._lines)
            return new

    def wait_for(self, told: Callable[[str], bool], seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether a line of which `told` is true came within so many seconds, before the program ended.

        `told` sees each line once, in order.
        """
        seen, found = 0, False

        def over() -> bool:
            nonlocal seen, found
            found = any(map(told, self._lines[seen:]))
            seen = len(self._lines)
            return found or self._ended

        with self._changed:
            self._changed.wait_for(over, seconds)
            return found

    def catch_up(self) -> None:
        """Wait until everything that was written before this call has been read. Raises TimeoutError."""
        try:
            end = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads any more: the program has ended, and all of it is here
            self.join()
            return
        with self._changed:
            self._marks += 1
            wanted = self._marks
        os.set_blocking(end, True)
        with os.fdopen(end, "w") as pipe:
            pipe.write(f"\n{MARK}\n")
        with self._changed:
            if not self._changed.wait_for(lambda: self._ended or self._marks_seen >= wanted, PATIENCE_SECONDS):
                raise TimeoutError(f"the log of {self.path.parent.name} is not read to its end")

    def join(self) -> None:
        """Wait for the end of the log, after the program's."""
        self._thread.join(PATIENCE_SECONDS)

    def _read(self, reader: int) -> None:
        with os.fdopen(reader, errors="replace") as pipe:
            for line in pipe:
                with self._changed:
                    self._keep(line.rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _keep(self, line: str) -> None:
        if line == MARK:
            self._marks_seen += 1
        elif line.strip():
            self._lines.append(self._redact(line))
