"""Where the login module asks for the PIN: it is told once, and only while the cardholder is about to sign in."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOKED, NEEDED = b"l", b"n"
BLIND_SECONDS = 1.1
"""After a look at the reader, NSS believes what it saw for a second (nss/lib/dev, token delay), and a bit for us."""
PATIENCE_SECONDS = 10.0


class LoginDesk:
    """Answers on a socket that only its owner can connect to."""

    def __init__(self, path: Path) -> None:
        """`path` is where the socket is made, in a folder of its owner's."""
        self._pin = b""
        self._looked = time.monotonic()
        self._changed = threading.Condition()
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        path.chmod(0o600)
        self._listening.listen()
        self._thread = threading.Thread(target=self._serve, name="login desk", daemon=True)
        self._thread.start()

    @contextmanager
    def typing(self, pin: str | None) -> Iterator[None]:
        """As long as the block runs the cardholder stands ready to type the PIN, once; None: does not type it.

        It begins when the browser would see a card that was put in just now.
        """
        self.wait_until_seen()
        self._type(b"" if pin is None else pin.encode(errors="replace"))
        try:
            yield
        finally:
            self._type(b"")

    def wait_until_seen(self) -> None:
        """Until the browser would see that a card was just put in, or taken out."""
        with self._changed:
            end = time.monotonic() + PATIENCE_SECONDS
            # The machine's clock on purpose: this waits for a real browser, not for something of the run.
            while (left := min(self._looked + BLIND_SECONDS, end) - time.monotonic()) > 0:
                self._changed.wait(left)

    def close(self) -> None:
        """Answer nobody any more."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _type(self, pin: bytes) -> None:
        with self._changed:
            self._pin = pin

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError):
                line.settimeout(PATIENCE_SECONDS)
                self._answer(line, line.recv(1))

    def _answer(self, line: socket.socket, what: bytes) -> None:
        with self._changed:
            if what == LOOKED:
                self._looked = time.monotonic()
                self._changed.notify_all()
            elif what == NEEDED:
                line.sendall(self._pin)
                self._pin = b""
